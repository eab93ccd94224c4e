"""Cells of an export of Retraction Watch, and what notices about one paper come to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.retraction import Standing, date_cell, doi_cell, judged, pmid_cell, reasons_cell
from ketreview.model.partial_date import PartialDate
from ketreview.model.retraction import Nature, Notice

AS_OF = date(2026, 11, 20)
SHORT = {"R": Nature.RETRACTION, "E": Nature.CONCERN, "C": Nature.CORRECTION, "B": Nature.REINSTATEMENT}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("8/16/2023 0:00", "2023-08-16"),
        ("08/16/2023", "2023-08-16"),
        (" 1/2/2020 12:30:00 AM", "2020-01-02"),
        ("16/8/2023 0:00", "2023"),  # an impossible month: the order is not known
        ("2/30/2023 0:00", "2023-02"),
        ("0/0/2023 0:00", "2023"),
        ("2023-08-16 00:00:00", "2023-08-16"),
        ("2023-08", "2023-08"),
        ("1/1/0000 0:00", None),
        ("1/1/20235", None),
        ("", None),
        ("0", None),
        ("unavailable", None),
        ("August 2023", None),
    ],
)
def test_a_date(cell: str, expected: str | None) -> None:
    found = date_cell(cell)
    assert (str(found) if found else None) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("10.1000/INV.1", "10.1000/inv.1"),
        (" https://doi.org/10.1000/inv.1 ", "10.1000/inv.1"),
        ("doi:10.1000/inv.1", "10.1000/inv.1"),
        ("unavailable", ""),
        ("Unavailable", ""),
        ("0", ""),
        ("", ""),
        ("see 10.1000", ""),
    ],
)
def test_a_doi(cell: str, expected: str) -> None:
    assert doi_cell(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12345678", "12345678"),
        (" 222 ", "222"),
        ("222.0", "222"),
        ("0", ""),
        ("0.0", ""),
        ("", ""),
        ("Unavailable", ""),
    ],
)
def test_a_pmid(cell: str, expected: str) -> None:
    assert pmid_cell(cell) == expected


def test_reasons_are_parted_by_semicolons_and_may_have_a_plus() -> None:
    assert reasons_cell("+Error in Data;+Paper Mill;") == ("Error in Data", "Paper Mill")
    assert reasons_cell("Error in Data; Paper Mill") == ("Error in Data", "Paper Mill")
    assert reasons_cell(" ; ;") == ()


def notices(text: str) -> list[Notice]:
    """`R2020 B2021-03`: a retraction of 2020, a reinstatement of March 2021; `R` alone has no date."""
    return [Notice(SHORT[word[0]], when=PartialDate.parse(word[1:])) for word in text.split()]


@pytest.mark.parametrize(
    ("text", "standing", "when", "sure"),
    [
        ("R2020-01-02", Standing.RETRACTED, "2020-01-02", True),
        ("R", Standing.RETRACTED, "None", True),
        ("E2019 R2020", Standing.RETRACTED, "2020", True),
        ("R2020 E2021", Standing.RETRACTED, "2020", True),
        ("R2020 R2021 R", Standing.RETRACTED, "2021", True),
        ("R2020 B2021", Standing.REINSTATED, "2021", True),
        ("B2021 R2020", Standing.REINSTATED, "2021", True),
        ("R2020-01-02 B2020-01-02", Standing.REINSTATED, "2020-01-02", True),
        ("R2020 B2021 R2022", Standing.RETRACTED, "2022", True),
        ("B2019 R2020", Standing.RETRACTED, "2020", True),
        ("R2020 B2020", Standing.RETRACTED, "2020", False),
        ("R2020 B2020-05", Standing.RETRACTED, "2020", False),
        ("R B2020", Standing.RETRACTED, "None", False),
        ("R2020 B", Standing.RETRACTED, "2020", False),
        ("R2020 B2020 R2021", Standing.RETRACTED, "2021", True),
        ("E2019", Standing.CONCERN, "2019", True),
        ("E2019 C2020", Standing.CONCERN, "2019", True),
        ("E2019 R2020 B2021", Standing.REINSTATED, "2021", True),
        ("R2020 B2021 E2022", Standing.CONCERN, "2022", True),
        ("R2020 B2021 E", Standing.CONCERN, "None", False),
        ("C2019", Standing.CORRECTED, "2019", True),
        ("C2019 R2020 B2021", Standing.CORRECTED, "2019", True),
        ("R2026-11-20", Standing.RETRACTED, "2026-11-20", True),
        ("R2026-11", Standing.RETRACTED, "2026-11", True),
        ("C2019 R2026-11-21", Standing.CORRECTED, "2019", True),
    ],
)
def test_how_a_paper_stands(text: str, standing: Standing, when: str, sure: bool) -> None:
    found = judged(notices(text), AS_OF)
    assert found is not None
    assert (found.standing, str(found.notice.when), found.sure) == (standing, when, sure)


def test_nothing_is_known_before_the_first_notice() -> None:
    assert judged([], AS_OF) is None
    assert judged(notices("R2027 E2026-12"), AS_OF) is None


def test_a_paper_that_was_published_anew_is_told_apart() -> None:
    replaced = Notice(Nature.RETRACTION, reasons=("Error in Data", "Retract and Replace"))
    found = judged([replaced], AS_OF)
    assert found is not None
    assert found.standing is Standing.REPLACED
    concern = Notice(Nature.CONCERN, reasons=("Retract and Replace",))
    assert judged([concern], AS_OF) == (Standing.CONCERN, concern, True)


WORDS = st.sampled_from([f"{kind}{when}" for kind in "RECB" for when in ("", "2019", "2020", "2020-03", "2020-03-04")])


@given(st.lists(WORDS, max_size=5))
def test_the_order_of_the_rows_does_not_matter(words: list[str]) -> None:
    one, other = (judged(notices(" ".join(order)), AS_OF) for order in (words, words[::-1]))
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert (one.standing, one.notice.when, one.sure) == (other.standing, other.notice.when, other.sure)


@given(st.lists(WORDS, max_size=5))
def test_a_retraction_after_all_others_stands(words: list[str]) -> None:
    found = judged(notices(" ".join([*(word for word in words if len(word) > 1), "R2021"])), AS_OF)
    assert found is not None
    assert (found.standing, found.sure) == (Standing.RETRACTED, True)


@given(st.text(max_size=40))
def test_no_cell_raises(cell: str) -> None:
    assert doi_cell(cell) == doi_cell(cell).casefold()
    assert isinstance(pmid_cell(cell), str)
    assert isinstance(reasons_cell(cell), tuple)
    assert date_cell(cell) is None or isinstance(date_cell(cell), PartialDate)
