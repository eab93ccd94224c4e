"""Numbers in running text; the forms and traps with a DOI beside them are the tests of maia-sh/ctregistries."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.trial_mentions import numbers_in, trial_mentions
from ketreview.appraisal.trials import number_of
from tests.appraisal.registrations import CANONICAL, canonical


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("NCT01400022", "NCT01400022"),
        ("NCT 00902941", "NCT00902941"),
        ("NCT#00379470", "NCT00379470"),
        ("Nct02529358", "NCT02529358"),
        ("Name: NCT Number: 03849118", "NCT03849118"),
        ("NCT01882777_2", "NCT01882777"),
        ("DRKS-Number: DRKS00003349", "DRKS00003349"),
        ("DRKS No Number: 00013730", "DRKS00013730"),
        ("DRKS ID 00003498", "DRKS00003498"),
        ("EudraCT 2004-002714-11", "2004-002714-11"),
        ("2020-001934-37-ES", "2020-001934-37"),
        ("IRCT2016080318745N10", "IRCT2016080318745N10"),
        ("NederlandTrilaRegister:NTR4269", "NTR4269"),
        ("PACTR 2010020001429343", "PACTR2010020001429343"),
        ("PACTR202406532417953", "PACTR202406532417953"),
        ("PER-106-20", "PER-106-20"),
        ("registration no. UMIN000012045", "UMIN000012045"),
        ("previously (UMIN:000000562,", "UMIN000000562"),
        ("JPRN-UMIN000012345 and CTIS2023-504630-22-00 (version 1)", "UMIN000012345, 2023-504630-22-00"),
        ("EU CT number: 2022-501549-57-00.", "2022-501549-57-00"),
        ("https://clinicaltrials.gov/study/NCT04436250?tab=results", "NCT04436250"),
        ("NCT04436250, then NCT 04436250 again", "NCT04436250"),
        ("ISRCTN 02452400; U1111-1234-5678", "ISRCTN02452400, U1111-1234-5678"),
    ],
)
def test_found(text: str, numbers: str) -> None:
    assert ", ".join(numbers_in(text)) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "NCT12345678",
        "DRKS 12345678",
        "200400600800",  # 10.1007/s00394-015-1084-x
        "201201801201",  # 10.1016/j.jpain.2012.01.003
        "ISCRTN06180958",  # 10.1136/bmjopen-2019-030110
        "CCMOdossiernumber:NL41789.078.13",
        "nl-2012-302759",  # 10.1136/gutjnl-2012-302759
        "NL26560.042.09",  # 10.1378/chest.11-0730
        "nl)277",  # 10.1002/bjs.9387
        "per 100 000",  # 10.1001/jama.2013.5823
        "per 100,00",  # 10.1016/j.jalz.2009.04.1231
        "per842 (82",  # 10.1001/jamainternmed.2016.2514
        "ZINC000052955",  # 10.1016/j.heliyon.2021.e07803
        "10.1136/bmjopen-2012-001234",
        "call 2020 012345 67",
        "RBR-100 mg, RBR-1094",
        "IRCT20181201041815N",
        "KNCT01400022 and NCT014000221",
        "",
    ],
)
def test_not_found(text: str) -> None:
    assert numbers_in(text) == ()


@pytest.mark.parametrize("text", ["PACTR201205000384379", "PACTR 201205000384379", "PACTR-201205000384379."])
def test_a_european_number_is_not_found_inside_an_african_one(text: str) -> None:
    assert [found.number.registry for found in trial_mentions(text)] == ["PACTR"]


@pytest.mark.parametrize("registry", CANONICAL)
def test_every_registry_is_found_in_a_sentence(registry: str) -> None:
    number = CANONICAL[registry][1]
    text = f"It was registered ({number}), before the first patient."
    (found,) = trial_mentions(text)
    assert (found.number.text, text[found.start : found.end]) == (number, number)


@given(canonical(), st.sampled_from(["({})", "see {}.", "{}, {}", "no. {};", "/{}?", "\n{}\n"]))
def test_any_number_is_found_where_it_stands(number: str, around: str) -> None:
    text = around.format(number, number)
    assert numbers_in(text) == (number,)
    for found in trial_mentions(text):
        assert text[found.start : found.end] == number
        assert number_of(number) == found.number


LABELS = st.sampled_from(
    ["NCT", "EU CT", "CTIS", "EudraCT", "EUCTR", "DRKS", "UMIN-CTR", "jRCT", "Japic-CTI", "JMA IIA"]
)
JOINED = st.lists(st.sampled_from([" ", "-", "_", ":", "no", "number", "id", ".", "/"]), max_size=6).map("".join)
DIGITS = st.sampled_from(
    ["04436250", "2022-501549-57-00", "2012 000615 84", "00012345", "000012345", "s031180001", "00123"]
)


@given(LABELS, JOINED, DIGITS)
def test_what_is_found_is_the_number_of_a_registry(label: str, joined: str, digits: str) -> None:
    for found in trial_mentions(label + joined + digits):
        assert found.number.registry
        assert number_of(found.number.text) == found.number


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    for found in trial_mentions(text):
        assert re.sub(r"[\W_]", "", text[found.start : found.end])
        assert number_of(found.number.text) == found.number


@pytest.mark.parametrize("part", ["NCT ", "NCT number ", "-", "2020-", "DRKS_", "20", "CTRI//////", "RBR-1", "EU CT "])
def test_long_texts_take_no_time(part: str) -> None:
    assert numbers_in(part * (100_000 // len(part))) == ()
