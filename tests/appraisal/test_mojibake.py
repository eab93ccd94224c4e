"""Text that was read in a wrong encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.mojibake import damages, repaired


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("FranÃ§ois", "François"),
        ("JosÃ© RenÃ©e", "José Renée"),
        ("MÃ¼ller, MÃœLLER, Ãœber", "Müller, MÜLLER, Über"),
        ("Ã–sterreich", "Österreich"),
        ("GarcÃ\xada", "García"),
        ("voilÃ\xa0, voilÃ ", "voilà, voilà"),
        ("patientâ€™s â€œuseâ€\x9d", "patient’s “use”"),
        ("â€œuseâ€ of", "“use” of"),
        ("1â€“5 â€” â€¦", "1–5 — …"),
        ("patientâ\x80\x99s", "patient’s"),
        ("5Â mg, 5Â\xa0mg", "5\xa0mg, 5\xa0mg"),
        ("37Â°C Â± 1", "37°C ± 1"),
        ("TNF-Î± and IL-1Î²", "TNF-α and IL-1β"),
        ("KovÃ¡Ä\x8d, NovÃ¡kovÃ¡", "Kováč, Nováková"),
        ("DvoÅ™Ã¡k, Å¡koda, PetrÅ¯", "Dvořák, škoda, Petrů"),
        ("cÅ“ur", "cœur"),
        ("StraÃŸe", "Straße"),
        ("FranÃƒÂ§ois", "François"),
        ("ï»¿Title", "\ufeffTitle"),
        ("eï¬ƒcacy".replace("ƒ", "\x81"), "eﬁcacy"),
        ("Jos√© M√ºller M√∂ller", "José Müller Möller"),
        ("patient‚Äôs", "patient’s"),
        ("Jos├⌐", "José"),
        ("patientΓÇÖs", "patient’s"),
        ("patientвЂ™s", "patient’s"),
        ("2 Ã— 3 â‰¥ 5", "2 × 3 ≥ 5"),
    ],
)
def test_what_was_meant(text: str, meant: str) -> None:
    assert repaired(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "São Paulo, SÃO PAULO, JOÃO, GUIMARÃES, IRMÃ",
        "“IRMÔ, MANHÃ – AMANHÃ… AMANHû",
        "A MANHÃ\xa0DE LISBOA, A MANHÃ DE LISBOA",
        "amanhã…”",
        "Ångström: 10 Å–12 Å, 5 Å² and 2 Å³, 3 Å±0.2, 5 Å\xa0thick, 5 Å’s",
        "HYVÄ” TÄTÄ…",
        "ÂNGELA, Ânima, HÂ»",
        "Île de France, PAÎ",
        "La fête, être, âge, 5 â 6",
        "naïve, Ménière, Ørsted, Łódź, Škoda, Ağrı",
        "√2, 2√π, a ≈π, ¬p",
        "Œdipe, œuvre, cœur",
        "в начале, Ђорђе",
        "5 € … “x” – ‘y’",
        "plain",
        "",
    ],
)
def test_what_says_what_it_means(text: str) -> None:
    assert list(damages(text)) == []
    assert repaired(text) == text


def test_what_went_wrong_three_times_is_mended() -> None:
    text = "5\xa0mg"
    for _ in range(3):
        text = text.encode().decode("cp1252")
    assert repaired(text) == "5\xa0mg"


def test_of_two_that_overlap_the_first_counts() -> None:
    assert repaired("aÃ‚Äô") == "aÂÄô"


@given(st.text())
def test_anything_is_repaired_to_something(text: str) -> None:
    assert isinstance(repaired(text), str)


@pytest.mark.parametrize("sign", ["Ã", "Ã©", "â€", "√", "Â "])
def test_endless_text_takes_no_time(sign: str) -> None:
    assert repaired(sign * 50_000)
