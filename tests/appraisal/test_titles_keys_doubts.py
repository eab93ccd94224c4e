from __future__ import annotations

import pytest

from ketreview.appraisal.doubts import doubt_in, may_doubt
from ketreview.appraisal.key_parts import first_word, is_acronym, is_near, names_another, years_in
from ketreview.appraisal.names import names_in
from ketreview.appraisal.title_faults import cut_off, in_capitals
from tests.hanging import no_hang


@pytest.mark.parametrize(
    ("key", "years"),
    [
        ("klein2020", (2020,)),
        ("klein2010and2012", (2010, 2012)),
        ("abs-1907-11692", ()),
        ("10.1001/jama.2015.123", ()),
        ("PMC11758907", ()),
        ("klein20201", ()),
        ("klein_2020_a", (2020,)),
    ],
)
def test_a_key_names_years(key: str, years: tuple[int, ...]) -> None:
    assert years_in(key) == years


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("walitt2021", "walitt"),
        ("SleepTraits2024", "Sleep"),
        ("vanCampen2020", ""),
        ("NICE2020", ""),
        ("PMCid", ""),
        ("study12", ""),
        ("2020klein", ""),
        ("", ""),
        ("Ma2020", ""),
        ("Ørsted1820", "Ørsted"),
    ],
)
def test_a_key_begins_with_a_word(key: str, word: str) -> None:
    assert first_word(key) == word


def test_a_word_is_near_a_name() -> None:
    names = names_in("Müller, Karl Heinz and {de Souza}, Ana")
    assert [is_near(word, names) for word in ("mueller", "heinz", "Souza", "Desouza", "walitt")] == [
        True, True, True, True, False,
    ]  # fmt: skip


def test_a_later_word_of_a_key_is_a_name() -> None:
    assert names_another("trial_smith2019", names_in("Smith, J"))
    assert not names_another("smith2019", names_in("Smith, J"))
    assert not names_another("trial_ma2019", names_in("Ma, J"))


def test_an_acronym_is_of_first_letters() -> None:
    assert is_acronym("aasm", ["American Academy of Sleep Medicine"])
    assert not is_acronym("walitt", ["Ketamine for fibromyalgia", ""])


def test_titles_that_are_whole() -> None:
    assert not cut_off("A title that is long enough to have been cut off by a search engine, and was not")
    assert not cut_off("…")
    assert cut_off("A title that is long enough to have been cut off by a search engine, and was …")
    assert not in_capitals("THE END")


@pytest.mark.parametrize(
    "note",
    [
        "doi " * 25_000,
        "doi wrong" + " " * 100_000,
        "correct doi " * 9_000,
        "entry mismatc " * 8_000,
        "wrong " * 17_000,
        "entry is another " * 6_000,
        ("doi" + " " * 50) * 1_900 + "wrong",
        "." * 100_000 + "wrong",
    ],
)
def test_a_hostile_note_takes_no_time(note: str) -> None:
    with no_hang():
        may_doubt(note)
        doubt_in(note, doi="", pmid="", author="")
        cut_off(note)
        in_capitals(note.upper())
