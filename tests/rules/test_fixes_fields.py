"""What a fix of names, months and pages offers, applied: once, and then never again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.test_fixes import found, mended

NAMES = [
    ("{Kim, J. and et al.}", "{Kim, J. and others}"),
    ('"Kim, J. et al"', '"Kim, J. and others"'),
    ("{Kim, J., et~al.}", "{Kim, J. and others}"),
    ("{Kim, J. and and Lee, K.}", "{Kim, J. and Lee, K.}"),
    ("{Kim, J. and\n  and Lee, K.}", "{Kim, J. and\n  Lee, K.}"),
    ("{World Health Organization}", "{{World Health Organization}}"),
    ("{Kim, J. and Pain  Research Group and others}", "{Kim, J. and {Pain  Research Group} and others}"),
    ("{Kim, J.; Lee, K.;}", "{Kim, J. and Lee, K.}"),
    ("{Kim, J. & Lee, K.}", "{Kim, J. and Lee, K.}"),
    (r"{Kim, J., Lee, K. M., \& Park, S.-H.}", "{Kim, J. and Lee, K. M. and Park, S.-H.}"),
    ("{Kim J, van der Lee KM, Park S}", "{Kim, J and van der Lee, KM and Park, S}"),
    ("{Kim, J., Lee, K., and Park, S.}", "{Kim, J. and Lee, K. and Park, S.}"),
    ("{Dr. John Podell and Kim, J.}", "{John Podell and Kim, J.}"),
    ("{Podell, Prof. Dr. med. Richard}", "{Podell, Richard}"),
    ("{Podell, Richard N., MD, PhD}", "{Podell, Richard N.}"),
    ("{Podell, PhD, Richard}", "{Podell, Richard}"),
    ("{Podell, Richard N. PhD}", "{Podell, Richard N.}"),
    ("{Dr John Podell}", "{John Podell}"),
    ("{Cluxton, Robert J., Jr.}", "{Cluxton, Jr., Robert J.}"),
    ("{Kim,, J.,}", "{Kim, J.}"),
    ("{Kim,}", "{Kim}"),
]
NAMES_NOT_MENDED = [
    "{Kim et al., J.}",
    "{Kim, J. et al. and Lee, K.}",
    "{{Kim et al.}}",
    "{Centers for Disease Control and Prevention}",
    "{Department of Health, Social Services, Public Safety}",
    "{Smith A; Jones B}",
    r"{Johnson \& Johnson}",
    "{{Kim}, A; {Lee}, B}",
    "{John Smith, Jane Roe, Bob Brown}",
    "{Podell, PhD}",
    "{Carlos A. Zarate Jr.}",
    "{Kim, J, K, L}",
    "{Kim, J. and}",
    "{https://a.org}",
]


@pytest.mark.parametrize(("written", "wanted"), NAMES)
def test_a_name_is_written_as_bibtex_reads_it(written: str, wanted: str, tmp_path: Path) -> None:
    store = "% a comment\n@misc{a,\n  author = " + written + ",\n  title = {A}\n}\n"
    (finding,) = found("KR319", tmp_path, {"references.bib": store})
    assert finding.fix is not None
    assert finding.fix.safe
    once = mended(finding)
    assert once == store.replace(written, wanted)
    assert found("KR319", tmp_path, {"references.bib": once}) == []


@pytest.mark.parametrize("written", NAMES_NOT_MENDED)
def test_a_name_is_not_guessed(written: str, tmp_path: Path) -> None:
    (finding,) = found("KR319", tmp_path, {"references.bib": "@misc{a, author = " + written + "}\n"})
    assert finding.fix is None


def test_each_name_has_its_place_and_fix(tmp_path: Path) -> None:
    store = "@misc{a, author = {Dr. Ann Kim and Lee, K. and Pain Group}}\n"
    first, second = found("KR319", tmp_path, {"references.bib": store})
    assert [first.span.text, second.span.text] == ["Dr. Ann Kim", "Pain Group"]
    assert [first.fix is None, second.fix is None] == [False, True]


@pytest.mark.parametrize("written", ['"Kim, J." # { and et al.}', "kim # { and and Lee, K.}"])
def test_a_value_of_several_parts_is_left_alone(written: str, tmp_path: Path) -> None:
    store = "@string{kim = {Kim, J.}}\n@misc{a, author = " + written + "}\n"
    (finding,) = found("KR319", tmp_path, {"references.bib": store})
    assert finding.fix is None
    assert finding.span.text == written


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("{March}", "mar"), ('"Sept."', "sep"), ("{{Oct}}", "oct"), ("{Dezember}", "dec"), ("{ may }", "may")],
)
def test_a_month_becomes_its_abbreviation(written: str, wanted: str, tmp_path: Path) -> None:
    store = "@misc{a,\n  month = " + written + ",\n  title = {A}\n}\n"
    (finding,) = found("KR315", tmp_path, {"references.bib": store})
    assert finding.fix is not None
    assert finding.fix.safe
    once = mended(finding)
    assert once == store.replace(written, wanted)
    assert found("KR315", tmp_path, {"references.bib": once}) == []


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("{166-170}", "{166--170}"),
        ('"585–592"', '"585--592"'),
        ("{12 — 15}", "{12--15}"),
        ("{137-43; discussion 43-4}", "{137--43; discussion 43-4}"),
        ("{12-15,\n  20-22}", "{12--15,\n  20--22}"),
        ("{iii-xv and 1-9}", "{iii--xv and 1--9}"),
    ],
)
def test_a_range_gets_two_hyphens(written: str, wanted: str, tmp_path: Path) -> None:
    store = "@misc{a,\n  pages = " + written + ",\n  title = {A}\n}\n"
    (finding,) = found("KR316", tmp_path, {"references.bib": store})
    assert finding.fix is not None
    assert finding.fix.safe
    once = mended(finding)
    assert once == store.replace(written, wanted)
    assert found("KR316", tmp_path, {"references.bib": once}) == []


@pytest.mark.parametrize(("code", "field"), [("KR315", "month = {13}"), ("KR316", "pages = {pp. 3--4}")])
def test_what_is_wrong_otherwise_is_not_mended(code: str, field: str, tmp_path: Path) -> None:
    (finding,) = found(code, tmp_path, {"references.bib": "@misc{a, " + field + "}\n"})
    assert finding.fix is None


def test_the_words_of_a_doubt_are_shown(tmp_path: Path) -> None:
    store = "@misc{a, note = {Seven studies.\n  Author\n  list is wrong.}}\n"
    (finding,) = found("KR331", tmp_path, {"references.bib": store})
    assert " ".join(finding.span.text.split()) == "Author list is wrong"
    assert "`Author list is wrong`" in finding.message


def test_a_key_is_marked_and_the_year_related(tmp_path: Path) -> None:
    (finding,) = found("KR328", tmp_path, {"references.bib": "@misc{leddy2012, title = {A}, year = {2004}}\n"})
    assert finding.span.text == "leddy2012"
    assert [related.span.text for related in finding.related] == ["{2004}"]
