from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.identifiers import (
    PageRange,
    descending_range,
    expanded,
    is_doi,
    is_short_doi,
    nearest_doi,
    one_registered_work,
    page_range,
    plain_doi,
)

numbers = st.integers(1, 99_999)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1000/x", "10.1000/x"),
        ("http://dx.doi.org/10.1000/x", "10.1000/x"),
        ("doi: 10.1000/x", "10.1000/x"),
        (r"10.1000/a\_b", "10.1000/a_b"),
        ("10.1000/{a}b", "10.1000/ab"),
        (r"10.1002/a:1$<$2::b$>$3", "10.1002/a:1<2::b>3"),
        (r"10.1002/a:1\textless{}2\textgreater 3", "10.1002/a:1<2>3"),
        ("10.1002/a&lt;b&gt;", "10.1002/a<b>"),
    ],
)
def test_plain_doi(text: str, doi: str) -> None:
    assert plain_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("10.1038/s41380-018-0341-9", True),
        ("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2", True),
        ("10.1641/0006-3568(2004)054[0573:CTCL]2.0.CO;2", True),
        ("10.1207/s15327027hc1402&3_7", True),
        ("10.1000.10/123456", True),
        ("10.1000/", False),
        ("10.100/x", False),
        ("10.1000/a b", False),
        ("10.1000", False),
        ("", False),
    ],
)
def test_is_doi(text: str, is_so: bool) -> None:
    assert is_doi(text) is is_so


@pytest.mark.parametrize(
    ("text", "is_so"),
    [("10/cn2h9c", True), ("10/AABBE", True), ("10/a", False), ("10/a/b", False), ("10.1000/x", False), ("", False)],
)
def test_a_short_doi(text: str, is_so: bool) -> None:
    assert is_short_doi(text) is is_so


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("10.1016 /j.x", "10.1016/j.x"),
        ("10.1016/j.x, PMID: 3", "10.1016/j.x"),
        ("10.1016/j–x", "10.1016/j-x"),
        ("see 10.1016/j.x.", "10.1016/j.x"),
        ("10.1016j.x", "10.1016/j.x"),
        (r"10.1016\j.x", "10.1016/j.x"),
        ("10,1016/j.x", "10.1016/j.x"),
        ("0.1016/j.x", "10.1016/j.x"),
        ("l0.1016/j.x", "10.1016/j.x"),
        ("10.10161", ""),
        ("10.1016 and more", ""),
        ("1016/j.x", ""),
    ],
)
def test_nearest_doi(text: str, near: str) -> None:
    assert nearest_doi(text) == near


@given(st.text(max_size=60))
def test_what_is_near_is_a_doi(text: str) -> None:
    near = nearest_doi(plain_doi(text))
    assert not near or is_doi(near)


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [("207", "28", "228"), ("359", "49", "349"), ("998", "1003", "1003"), ("7", "7", "7"), ("1199", "203", "1203")],
)
def test_expanded(first: str, last: str, whole: str) -> None:
    assert expanded(first, last) == whole


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("207-28", PageRange("", 207, 228)),
        (" S436 -- S439 ", PageRange("S", 436, 439)),
        ("e12-e19", PageRange("e", 12, 19)),
        ("S436--39", None),
        ("12-15--12-20", None),
        ("284--284.e1", None),
        ("xii--iv", None),
        ("054101-5", None),
        ("123456--123460", PageRange("", 123456, 123460)),
        ("12--", None),
        ("12", None),
        ("1-2-3", None),
        ("", None),
    ],
)
def test_page_range(text: str, found: PageRange | None) -> None:
    assert page_range(text) == found


@given(numbers, numbers, st.sampled_from(["", "S", "e"]), st.sampled_from(["--", "-", "–", " -- ", "{--}"]))
def test_whole_ranges_descend_when_their_numbers_do(first: int, last: int, prefix: str, dash: str) -> None:
    if len(str(first)) == len(str(last)) and not 1900 <= first < 2100:  # else it may number a report
        found = descending_range(f"{prefix}{first}{dash}{prefix}{last}")
        assert (found is not None) == (last < first)


@given(numbers, numbers)
def test_an_abbreviated_range_is_the_one_it_abbreviates(first: int, length: int) -> None:
    last = str(first + length)
    begin = str(first)
    if len(begin) != len(last):
        return
    shared = next(index for index in range(len(begin)) if begin[index] != last[index])
    assert page_range(f"{begin}-{last[shared:]}") == PageRange("", first, first + length)


@given(st.text(alphabet="0123456789-–eSx.,;& {}\\", max_size=30))
def test_any_text_is_survived(text: str) -> None:
    found = descending_range(text)
    assert found is None or str(found).count("–") == 1


@pytest.mark.parametrize("text", ["10.1000/" + "<" * 100_000, "10.1000." + "10.1000." * 20_000, " " * 200_000 + "-"])
def test_a_hostile_value_takes_no_time(text: str) -> None:
    assert not is_doi(text)
    assert nearest_doi(text) == ""
    assert descending_range(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10.12688/f1000research.1234.1", "10.12688/f1000research.1234.2"),
        ("10.1002/14651858.cd011612", "10.1002/14651858.cd011612.pub2"),
        ("10.21203/rs.3.rs-123/v1", "10.21203/rs.3.rs-123/v2"),
        ("10.26434/chemrxiv.123.v2", "10.26434/chemrxiv.123"),
        ("10.1046/j.1365-2125.2003.01892.x", "10.1111/j.1365-2125.2003.01892.x"),
        ("10.1000/1", "10.1000/1"),
    ],
)
def test_dois_of_one_work(one: str, other: str) -> None:
    assert one_registered_work(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10.1000/1", "10.1000/2"),
        ("10.1000/1", "10.1001/1"),
        ("10.12688/f1000research.1.1", "10.12688/f1000research.2.1"),
    ],
)
def test_dois_of_two_works(one: str, other: str) -> None:
    assert not one_registered_work(one, other)
