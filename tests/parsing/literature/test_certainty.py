"""Levels of certainty as they are written."""

from __future__ import annotations

import pytest

from ketreview.parsing.literature.certainty import ratings
from ketreview.parsing.literature.sections import sections
from ketreview.source import Source
from tests.parsing.literature.folders import read


def rated(text: str) -> list[tuple[str, str]]:
    found = read(README=text).certainty
    assert all(each.span.text == each.value for each in found)
    return [(each.subject, each.value) for each in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**HIGH** - a blinded trial", ("", "HIGH")),
        ("VERY LOW (letters only)", ("", "VERY LOW")),
        ("**Efficacy in mice:** VERY LOW (no trial)", ("Efficacy in mice", "VERY LOW")),
        ("- **Study Quality:** Low-Medium (open)", ("Study Quality", "Low-Medium")),
        ("- Overall Certainty: 0.85 (High)", ("Overall Certainty", "0.85")),
        ("**For rats:** Low - anecdotes", ("For rats", "Low")),
        ("Quality: Medium to Low certainty", ("Quality", "Medium to Low")),
        ("| Sleep | Very Low | few mice |", ("Sleep", "Very Low")),
        ("**Quality:** **High** (blinded)", ("Quality", "High")),
        ("**Overall: Moderate for mice**", ("Overall", "Moderate")),
        ("### Safety: HIGH", ("Safety", "HIGH")),
    ],
)
def test_a_line_of_a_section_on_certainty(line: str, expected: tuple[str, str]) -> None:
    assert rated(f"# T\n\n## Certainty Assessment\n\n{line}\n") == [expected]


@pytest.mark.parametrize(
    "line",
    [
        "- **Sample Size:** n=51 (small)",
        "- **Risk of bias:** Low",
        "- **Conflicts of interest:** None",
        "- **Replication:** High in mice",
        "Low doses were given.",
        "- High heterogeneity",
        "- **Quality:** Medium mechanisms and low evidence",
        "- **Quality:** Mixed",
        "- **p-value:** 0.85",
        "| Component | Quality |",
    ],
)
def test_what_is_no_level(line: str) -> None:
    assert rated(f"# T\n\n## Certainty Assessment\n\n{line}\n") == []


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Evidence Grade: B-", ("Evidence Grade", "B-")),
        ("Certainty: 0.70", ("Certainty", "0.70")),
        ("Certainty: HIGH", ("Certainty", "HIGH")),
    ],
)
def test_a_heading_may_say_it(heading: str, expected: tuple[str, str]) -> None:
    assert rated(f"# T\n\n## {heading}\n\n- Many mice\n") == [expected]


def test_below_the_title_only_labels_of_certainty_count() -> None:
    assert rated("# T\n\n**Certainty:** High (a trial)\n**Priority:** High\n**Dose:** Low\nHIGH - x\n") == [
        ("Certainty", "High")
    ]


def test_elsewhere_nothing_counts() -> None:
    assert rated("# T\n\n## Results\n\n**Certainty:** High\n\n## Priority: HIGH\n") == []


def test_a_projects_own_words_are_levels_behind_a_label_and_nowhere_else() -> None:
    text = "## Certainty\n\n**Efficacy:** B (one trial)\n- Safety: gering\n- Harm: B-\n- Harm: Be quick\nB, or not\n"
    parts = sections(Source("a.md", text))
    assert [(rated.subject, rated.value) for rated in ratings(parts, ("b", "gering", ""))] == [
        ("Efficacy", "B"),
        ("Safety", "gering"),
    ]
    assert list(ratings(parts)) == []
