"""Flows of published reviews, and what does not add up in them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.prisma import Mismatch, mismatches
from ketreview.model.flow import PARTS, Flow, FlowPart
from ketreview.model.places import Where
from ketreview.source import Source


def flow(**figures: Any) -> Flow:
    """A flow with these figures, as if they were written in a file; parts are given as numbers."""
    parts = {
        name: tuple(FlowPart(name=f"reason {number}", count=count) for number, count in enumerate(values))
        for name, values in figures.items()
        if name in PARTS
    }
    return Flow(**figures | parts, where=Where.of(Source("", ""), dict.fromkeys(figures, (0, 0))))


def found(**figures: Any) -> list[Mismatch]:
    return list(mismatches(flow(**figures)))


AEDS = {
    "database_results": 162,
    "duplicates": 23,
    "records_screened": 139,
    "records_excluded": 25,
    "dbr_sought_reports": 114,
    "dbr_notretrieved_reports": 4,
    "dbr_assessed": 110,
    "dbr_excluded": [88],
    "new_reports": 22,
    "new_studies": 22,
}
"""AEDS-09-2025 (nowpublishers.com)."""
HE = {
    "database_results": 678,
    "register_results": 22,
    "duplicates": 167,
    "records_screened": 533,
    "records_excluded": 398,
    "dbr_sought_reports": 135,
    "dbr_notretrieved_reports": 0,
    "dbr_assessed": 135,
    "dbr_excluded": [93],
    "new_reports": 42,
}
"""HE-08-2025-0134 (nowpublishers.com), figure 2; what it calls other sources was screened with the rest."""
JTF = {
    "database_results": 384,
    "duplicates": 68,
    "records_screened": 316,
    "records_excluded": 211,
    "dbr_assessed": 105,
    "dbr_excluded": [64],
    "new_reports": 47,
}
"""JTF-01-2022-0023 (nowpublishers.com), figure 2: 41 eligible studies, and 6 more found during the revision."""
SR_MAP = {
    "database_results": 31_341,
    "register_results": 417,
    "duplicates": 11_884,
    "records_screened": 19_874,
    "records_excluded": 11_363 + 5_094,
    "dbr_sought_reports": 3_417,
    "dbr_notretrieved_reports": 276 + 847,
    "dbr_assessed": 2_294,
    "dbr_excluded": [1_092],
    "new_reports": 1_053,
    "new_studies": 1_072,
}
"""The example of SRflowdiagram 0.0.1 (zenodo.org/records/4134795); two rounds of screening taken together."""


@pytest.mark.parametrize(
    "figures", [AEDS, HE, JTF | {"other_assessed": 6}], ids=["AEDS", "HE", "JTF with its late papers"]
)
def test_published_flows_that_add_up(figures: dict[str, Any]) -> None:
    assert found(**figures) == []


def test_a_published_flow_whose_late_papers_stand_in_no_box() -> None:
    assert found(**JTF) == [
        Mismatch(("new_reports", "dbr_assessed", "dbr_excluded"), 47, "=", 41, "105 assessed less 64 excluded")
    ]


def test_a_published_flow_that_loses_reports_and_has_more_studies_than_reports() -> None:
    lost, more = found(**SR_MAP)
    assert lost[1:5] == (1_053, "=", 1_202, "2294 assessed less 1092 excluded")
    assert more == (
        ("new_studies", "new_reports"),
        1_072,
        "<=",
        1_053,
        "their reports",
        "one report may tell of several studies",
    )


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"database_results": 9, "database_specific_results": [4, 4]}, ("database_results", 9, "=", 8)),
        ({"register_results": 9, "register_specific_results": [10]}, ("register_results", 9, "=", 10)),
        ({"database_results": 9, "register_results": 1, "records_screened": 11}, ("records_screened", 11, "<=", 10)),
        (
            {"database_specific_results": [4, 5], "duplicates": 1, "records_screened": 9},
            ("records_screened", 9, "=", 8),
        ),
        (
            {"register_specific_results": [9], "excluded_other": 1, "records_screened": 9},
            ("records_screened", 9, "=", 8),
        ),
        ({"register_results": 9, "excluded_automatic": 10, "records_screened": 0}, ("records_screened", 0, "=", -1)),
        ({"records_screened": 9, "records_excluded": 10}, ("records_excluded", 10, "<=", 9)),
        ({"records_screened": 9, "records_excluded": 5, "dbr_sought_reports": 3}, ("dbr_sought_reports", 3, "=", 4)),
        ({"citations_results": 3, "other_sought_reports": 4}, ("other_sought_reports", 4, "<=", 3)),
        ({"dbr_sought_reports": 3, "dbr_notretrieved_reports": 1, "dbr_assessed": 3}, ("dbr_assessed", 3, "=", 2)),
        (
            {"other_sought_reports": 3, "other_notretrieved_reports": 1, "other_assessed": 1},
            ("other_assessed", 1, "=", 2),
        ),
        ({"other_sought_reports": 3, "other_assessed": 4}, ("other_assessed", 4, "<=", 3)),
        ({"dbr_assessed": 9, "new_reports": 10}, ("new_reports", 10, "<=", 9)),
        ({"dbr_assessed": 9, "dbr_excluded": [3, 3], "new_studies": 4}, ("new_studies", 4, "<=", 3)),
        (
            {"dbr_assessed": 9, "dbr_excluded": [3], "other_assessed": 2, "other_excluded": [1], "new_reports": 8},
            ("new_reports", 8, "=", 7),
        ),
        ({"new_reports": 3, "new_studies": 4}, ("new_studies", 4, "<=", 3)),
        ({"previous_studies": 3, "new_studies": 4, "total_studies": 8}, ("total_studies", 8, "=", 7)),
        ({"previous_reports": 3, "new_reports": 4, "total_reports": 6}, ("total_reports", 6, "=", 7)),
        ({"new_reports": 4, "total_reports": 3}, ("total_reports", 3, ">=", 4)),
        ({"total_studies": 4, "total_studies_ma": 5}, ("total_studies_ma", 5, "<=", 4)),
        ({"new_reports": 4, "total_reports_ma": 5}, ("total_reports_ma", 5, "<=", 4)),
    ],
)
def test_each_identity(figures: dict[str, Any], expected: tuple[object, ...]) -> None:
    (mismatch,) = found(**figures)
    assert (mismatch.fields[0], *mismatch[1:4]) == expected
    assert {*mismatch.fields} <= {*figures}


@pytest.mark.parametrize(
    "figures",
    [
        {},
        {"database_results": 9, "duplicates": 1},
        {"records_screened": 9, "duplicates": 1},
        {"database_results": 9, "records_screened": 9},
        {"database_specific_results": [1, 2]},
        {"dbr_sought_reports": 3, "dbr_assessed": 2},
        {"dbr_assessed": 9, "dbr_excluded": [3], "citations_results": 5, "new_reports": 9},
        {"dbr_assessed": 9, "dbr_excluded": [3], "other_sought_reports": 5, "new_reports": 9},
        {"dbr_assessed": 9, "dbr_excluded": [3], "other_assessed": 5, "new_reports": 10},
        {"other_excluded": [3], "new_reports": 10},
        {"dbr_assessed": 9, "dbr_excluded": [3], "other_excluded": [3], "new_reports": 10},
        {"other_assessed": 9, "other_excluded": [3], "new_reports": 5},
        {"dbr_assessed": 9, "new_reports": 4},
        {"previous_studies": 3, "total_studies": 2},
        {"previous_studies": 3, "new_studies": 4, "total_studies_ma": 5},
        {"total_studies_ma": 5},
    ],
)
def test_what_is_not_known_is_not_held_against_a_flow(figures: dict[str, Any]) -> None:
    assert found(**figures) == []


def test_a_review_lists_at_least_the_studies_that_its_flow_includes() -> None:
    assert list(mismatches(flow(new_studies=3), listed=3)) == []
    assert [found[:4] for found in mismatches(flow(new_studies=4), listed=3)] == [(("new_studies",), 4, "<=", 3)]
    (mismatch,) = mismatches(flow(new_studies=3, total_studies=5), listed=4)
    assert mismatch[:4] == (("total_studies",), 5, "<=", 4)
    assert list(mismatches(flow(), listed=3)) == []


COUNT = st.integers(0, 5_000)


@st.composite
def whole_flows(draw: st.DrawFn) -> dict[str, Any]:
    """A flow drawn box by box, in which everything follows from what went before."""
    found = draw(st.lists(COUNT, min_size=1, max_size=3)), draw(st.lists(COUNT, min_size=1, max_size=3))
    removed = [draw(st.integers(0, sum(map(sum, found)) // 3)) for _ in range(3)]
    screened = sum(map(sum, found)) - sum(removed)
    excluded = draw(st.integers(0, screened))
    arms: dict[str, Any] = {}
    reports = 0
    leads = [draw(COUNT) for _ in range(3)]
    for arm, sought in (("dbr", screened - excluded), ("other", draw(st.integers(0, sum(leads))))):
        missed = draw(st.integers(0, sought))
        reasons = [draw(st.integers(0, (sought - missed) // 2)) for _ in range(2)]
        reports += sought - missed - sum(reasons)
        arms |= {
            f"{arm}_sought_reports": sought,
            f"{arm}_notretrieved_reports": missed,
            f"{arm}_assessed": sought - missed,
            f"{arm}_excluded": reasons,
        }
    studies = draw(st.integers(0, reports))
    before = draw(COUNT)
    return arms | {
        "previous_studies": before,
        "previous_reports": before + 1,
        "database_results": sum(found[0]),
        "database_specific_results": found[0],
        "register_results": sum(found[1]),
        "register_specific_results": found[1],
        **dict(zip(("website_results", "organisation_results", "citations_results"), leads, strict=True)),
        **dict(zip(("duplicates", "excluded_automatic", "excluded_other"), removed, strict=True)),
        "records_screened": screened,
        "records_excluded": excluded,
        "new_studies": studies,
        "new_reports": reports,
        "total_studies": before + studies,
        "total_reports": before + 1 + reports,
        "total_studies_ma": draw(st.integers(0, before + studies)),
        "total_reports_ma": draw(st.integers(0, before + 1 + reports)),
    }


@given(whole_flows(), st.data())
def test_a_flow_drawn_box_by_box_adds_up_whatever_is_left_out(figures: dict[str, Any], data: st.DataObject) -> None:
    assert found(**figures) == []
    kept = (*("database_", "register_", "duplicates", "excluded_"), *("website_", "organisation_", "citations_"))
    whole_boxes = [name for name in figures if not name.startswith((*kept, "previous_"))]
    left_out = data.draw(st.sets(st.sampled_from(whole_boxes)))
    assert found(**{name: value for name, value in figures.items() if name not in left_out}) == []


@given(
    whole_flows(),
    st.sampled_from(
        ("records_screened", "dbr_assessed", "other_assessed", "new_reports", "total_studies", "duplicates")
    ),
    st.integers(1, 9),
)
def test_one_figure_changed_is_found(figures: dict[str, Any], name: str, by: int) -> None:
    changed = found(**figures | {name: figures[name] + by})
    assert name in {field for mismatch in changed for field in mismatch.fields}
