from __future__ import annotations

import pytest

from ketreview.appraisal.dates import date_parts, is_date, month_number, nearest_date
from ketreview.appraisal.pages import double_hyphened, pages_fault
from ketreview.appraisal.years import year_fault


@pytest.mark.parametrize(
    ("text", "parts"),
    [("2020", (2020, None, None)), ("2020-05-03/..", (2020, 5, 3)), ("-0044-03", (-44, 3, None)), ("199X", None)],
)
def test_a_date_begins_with_a_year(text: str, parts: tuple[int, ...] | None) -> None:
    assert date_parts(text) == parts


@pytest.mark.parametrize(
    "text", ["2020-02-29", "1900-12-31", "0000-02-29", "2001/", "/2001", "../2001?", "2004-41", "Y-12345"]
)
def test_biblatex_reads_it(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    ["", "/", "2019-02-29", "2004-42", "2004-00", "2004-21-03", "1999-13-XX", "2001/02/03", "2001T10:00:00Z", "Y1234"],
)
def test_biblatex_does_not_read_it(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("May 3, 2020", "2020-05-03"),
        ("3 mai 2020", "2020-05-03"),
        ("May 2020", "2020-05"),
        ("2020 May 3", "2020-05-03"),
        ("2020/05/03", "2020-05-03"),
        ("20200503", "2020-05-03"),
        ("2020 Foo", ""),
        ("Foo 2020", ""),
        ("3 Foo 2020", ""),
        ("2020-21", ""),
        ("2020.13.01", ""),
        ("03/04/2020", ""),
        ("May 2020 " * 20, ""),
    ],
)
def test_the_nearest_date_is_certain_or_none(text: str, meant: str) -> None:
    assert nearest_date(text) == meant


def test_months_have_names_in_several_languages() -> None:
    assert [month_number(name) for name in ("Mar", "märz", "Août", "dic.", "May", "maj")] == [3, 3, 8, None, 5, None]


@pytest.mark.parametrize("text", ["1-" * 50_000, "1" * 100_000, "a" * 100_000, " " * 100_000, "1, " * 30_000])
def test_hostile_values_take_no_time(text: str) -> None:
    assert nearest_date(text) == ""
    assert not is_date(text)
    assert double_hyphened(text) == text
    assert pages_fault(text) == ""
    assert year_fault(text) == ("is not a year" if text.strip() else "")
