"""Reviews that share a name are read together, and one that speaks of new things is read with all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.asking import HEAD, QUESTIONS, SIMPLE, lines_of, same, simple

STUDY = "studies:\n- {{id: s, cites: [{0}], registrations: [{1}], design: cohort, state: read, participants: {2}}}\n"
TRIAL = "trials:\n- {{id: t, registrations: [NCT01234567], title: T, status: {0}, retrieved: 2026-09-0{1}}}\n"
CLAIM = (
    "claims:\n- {{id: c, kind: mechanism, statement: It works., supports: [{{cites: one}}],"
    " mechanism: {{target: NMDA receptor, action: antagonist, effect: {0}, on: BDNF}}}}\n"
)
SOURCE = 'sources:\n- id: src\n  title: S\n  date: 2020\n  references: [{{label: "{0}", cites: {1}}}]\n'
SHARED = {
    "a work": ("KR406", STUDY.format("one", "", 10), STUDY.format("one", "", 10), STUDY.format("one", "", 99)),
    "a number": (
        "KR406",
        STUDY.format("", "NCT01234567", 10),
        STUDY.format("", "NCT01234567", 10),
        STUDY.format("", "NCT01234567", 99),
    ),
    "a trial": ("KR607", TRIAL.format("RECRUITING", 2), TRIAL.format("RECRUITING", 1), TRIAL.format("COMPLETED", 1)),
    "a mechanism": ("KR517", CLAIM.format("increases"), CLAIM.format("increases"), CLAIM.format("decreases")),
    "a label": (
        "KR408",
        SOURCE.format("Klein et al. 2012", "one"),
        SOURCE.format("7", "one"),
        SOURCE.format("7", "two"),
    ),
}
AUTHORS = "author = {Klein, A. and Roy, B. and Picard, C.}, year = 2012"


@pytest.mark.parametrize("kind", SHARED)
@pytest.mark.parametrize("changed", ["a", "b"])
def test_reviews_that_share_a_name_are_read_together(tmp_path: Path, used: list[bool], kind: str, changed: str) -> None:
    """What changes in one of them is told at the other."""
    code, other, before, after = SHARED[kind]
    project = simple(tmp_path)
    project.write("references.bib", "".join(f"@misc{{{key}, {AUTHORS}}}\n" for key in ("one", "two", "three")))
    project.write("reviews/c.yaml", SIMPLE.format("c", "three"))
    for name in "ab":
        project.write(f"reviews/{name}.yaml", HEAD.format(name) + (before if name == changed else other))
    assert lines_of(tmp_path, code) == []
    project.write(f"reviews/{changed}.yaml", HEAD.format(changed) + after)
    assert lines_of(tmp_path, code)
    same(tmp_path, *QUESTIONS[0])
    assert used == [True]


def test_a_label_that_no_review_had_is_held_against_all(tmp_path: Path, used: list[bool]) -> None:
    project = simple(tmp_path)
    project.write("references.bib", "".join(f"@misc{{{key}, {AUTHORS}}}\n" for key in ("one", "two", "three")))
    project.write("reviews/a.yaml", HEAD.format("a") + SOURCE.format("7", "one"))
    project.write("reviews/b.yaml", HEAD.format("b") + SOURCE.format("8", "two"))
    assert lines_of(tmp_path, "KR408") == []
    project.write("reviews/b.yaml", HEAD.format("b") + SOURCE.format("Klein et al. 2012", "two"))
    assert lines_of(tmp_path, "KR408")
    assert used == [False]


LISTING = "sources: [{{id: src, title: S, date: 2020, {0}files: [{{path: {1}}}]}}]\n"


def test_a_review_that_lists_other_files_is_read_with_all(tmp_path: Path, used: list[bool]) -> None:
    project = simple(tmp_path)
    project.write("lit/x.md", "x\n")
    project.write("lit/y.md", "y\n")
    project.write("reviews/a.yaml", SIMPLE.format("a", "one") + LISTING.format("folder: lit, ", "y.md"))
    project.write("reviews/b.yaml", SIMPLE.format("b", "two") + LISTING.format("", "lit/x.md"))
    assert lines_of(tmp_path, "KR702") == []
    project.write("reviews/b.yaml", SIMPLE.format("b", "two") + LISTING.format("", "lit/y.md"))
    assert len(lines_of(tmp_path, "KR702")) == 1
    assert used == [False]
