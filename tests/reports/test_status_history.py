"""Certainty and counts over the history of a repository."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ketreview.reports.sparkline import sparkline
from tests.projects import AS_OF, HEAD, Run, run
from tests.repositories import commit, git, repository

QUESTION = "question:\n  outcomes: [{id: o, name: O, importance: critical}]\n"


def review(studies: int, level: str = "", name: str = "good") -> str:
    rows = "".join(f"- {{id: s{number}, design: unknown, state: found, reference: R}}\n" for number in range(studies))
    rating = f"certainty:\n- {{id: r, outcome: o, scale: grade, level: {level}}}\n" if level else ""
    return HEAD.format(id=name) + QUESTION + (f"studies:\n{rows}" if studies else "") + rating


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = repository(tmp_path / "p", {"reviews/good.yaml": review(1), "reviews/b.yaml": review(1, name="other")})
    commit(root, {"references.bib": "@misc{a, title = {A}}\n"})
    commit(root, {"reviews/good.yaml": review(4, "low")})
    commit(root, {"reviews/good.yaml": review(8, "very_low")})
    return root


def history(root: Path, *arguments: str, columns: str = "") -> Run:
    done = run(root, "status", "--history", *AS_OF, *arguments, COLUMNS=columns)
    assert done.code == 0, done.talk
    return done


def test_points(project: Path) -> None:
    found = history(project, "--format", "json").json
    assert (found["version"], found["commits"]) == (1, 3)
    assert [(one["review"], one["studies"], one["certainty"]) for one in found["points"]] == [
        ("good", 1, None), ("good", 4, "low"), ("good", 8, "very_low"), ("other", 1, None),
    ]  # fmt: skip
    assert found["points"][2]["commit"] == git(project, "rev-parse", "HEAD")


def test_golden(project: Path, golden: Callable[[str, str], None]) -> None:
    def fixed(text: str) -> str:
        return re.sub(
            r"\d{4}-\d\d-\d\d", "2026-01-01", re.sub(r"\b(?=\w*\d)[0-9a-f]{10}([0-9a-f]{30})?\b", "0" * 10, text)
        )

    golden("history-80.txt", fixed(history(project, columns="80").out))
    golden("history-pipe.txt", fixed(history(project).out))
    golden("history.json", fixed(history(project, "--format", "json").out))
    golden("history.md", fixed(history(project, "--format", "markdown").out))


def test_an_outcome_without_evidence_is_not_the_lowest(tmp_path: Path) -> None:
    """As `certainty` and KR509 have it: there is no level to be lowest, unless no critical outcome has one."""
    another = "- {id: r2, outcome: o, timepoint: later, scale: grade, level: no_evidence}\n"
    files = {"reviews/good.yaml": review(1, "low") + another, "reviews/none.yaml": review(1, "no_evidence", "none")}
    root = repository(tmp_path / "p", files)
    assert {one["review"]: one["certainty"] for one in history(root, "--format", "json").json["points"]} == {
        "good": "low",
        "none": "no_evidence",
    }
    rows = run(root, "status", *AS_OF, COLUMNS="100").out.splitlines()
    assert ["⊕⊕○○ low" in row for row in rows if row.startswith("good")] == [True]
    assert ["no evidence" in row for row in rows if row.startswith("none")] == [True]


def test_bars_are_for_the_terminal_alone(project: Path) -> None:
    assert "▁" not in history(project, "--format", "markdown").out
    assert "1 → 8" in history(project).out


def test_fewer_commits_and_named_reviews(project: Path) -> None:
    found = history(project, "good", "--commits", "1", "--format", "json").json
    assert [one["studies"] for one in found["points"]] == [8]
    done = run(project, "status", "--history", "goood")
    assert (done.code, "did you mean `good`" in done.talk) == (2, True)
    done = run(project, "status", "--commits", "1")
    assert (done.code, "--commits is for --history" in done.talk) == (2, True)


def test_removed_unreadable_and_back(project: Path) -> None:
    commit(project, {"reviews/good.yaml": "a: [\n"}, "reviews/b.yaml")
    commit(project, {"reviews/good.yaml": "a: [ [\n"})
    commit(project, {"reviews/good.yaml": review(8, "very_low")})
    found = history(project, "--format", "json").json["points"]
    notes = [(one["review"], one["studies"], one["note"]) for one in found]
    assert notes[3:] == [
        ("good", None, "unreadable"), ("good", 8, None), ("other", 1, None), ("other", None, "removed"),
    ]  # fmt: skip
    assert "unreadable" in history(project).out


def test_reviews_that_moved_with_their_settings(project: Path) -> None:
    settings = {"ketreview.toml": 'reviews = ["r/*.yaml", "reviews/*.yaml"]\n'}
    commit(project, {**settings, "r/good.yaml": review(9, "low")}, "reviews/good.yaml")
    found = history(project, "good", "--format", "json").json["points"]
    assert [one["studies"] for one in found] == [1, 4, 8, 9]


def test_links(project: Path) -> None:
    (project / "reviews/link.yaml").symlink_to("b.yaml")
    (project / "reviews/out.yaml").symlink_to("../../x.yaml")
    commit(project, {})
    assert {one["review"] for one in history(project, "--format", "json").json["points"]} == {"good", "other"}


def test_no_review_and_no_repository(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text("")
    assert run(tmp_path, "status", "--history").code == 2
    root = repository(tmp_path / "p", {"references.bib": ""})
    assert "No commit has a review." in history(root).out
    commit(root, {"ketreview.toml": "reviews = []\n"})
    assert "No commit has a review." in history(root).out


def test_a_shallow_clone_is_said(project: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", project.as_uri(), "shallow")
    assert "shallow" in history(tmp_path / "shallow").talk


def test_a_kept_answer_follows_the_commit(project: Path) -> None:
    first = history(project).out
    assert history(project).out == first
    commit(project, {"reviews/good.yaml": review(9, "low")})
    assert "1 → 9" in history(project).out


def test_sparkline() -> None:
    assert sparkline([0, 1, 2, None, 4]) == "▁▃▅·█"
    assert sparkline([0, 0]) == "▁▁"
    assert sparkline([]) == ""
    assert sparkline([1, 4, 9], 4) == "▃██"
