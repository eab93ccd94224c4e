"""The report of trials: its data word for word, its order, and how it looks."""

# ruff: noqa: E501  reviews as they are written are wide

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

from rich.console import Console

from ketreview import pipeline
from ketreview.config import Settings
from ketreview.document import Document, packed, unpacked
from ketreview.files import Files
from ketreview.linking import Corpus
from ketreview.render.data import as_csv, as_data
from ketreview.render.documents import terminal
from ketreview.reports import trials
from tests.projects import AS_OF, HEAD, run, write

REVIEW = (
    HEAD.format(id="fatigue")
    + """\
trials:
- {id: quiet, title: Quiet, registrations: [NCT00000001], status: WITHDRAWN, retrieved: 2026-11-01}
- {id: late, title: Late, registrations: [NCT00000002], status: RECRUITING, expected_completion: 2026-10, retrieved: 2026-11-01}
- {id: later, title: Later, registrations: [NCT00000003], status: RECRUITING, expected_completion: 2025, retrieved: 2026-11-01}
- id: ketfat
  title: Ketamine for fatigue
  registrations: [nct 04436250, 2020-000561-27]
  status: TERMINATED
  why_stopped: Funding withdrawn
  start: 2020-10-10
  primary_completion: 2023-05
  completion: 2023-06-01
  enrolment: {planned: 1200, actual: 12}
  retrieved: 2026-11-20
  last_update: 2026-10-05
  changes:
  - {field: start, before: 2020-01, after: 2020-10-10, read: 2025-01-01}
  - {field: status, before: RECRUITING, after: TERMINATED, read: 2026-11-20}
  - {field: enrolment.actual, after: "12", read: 2026-11-20}
- {id: posted, title: Posted, registrations: [NCT00000004], status: COMPLETED, results_posted: 2024-05-28, retrieved: 2026-11-01}
- {id: used, title: Used, registrations: [NCT00000005], status: COMPLETED, results_posted: 2024-05-28, retrieved: 2020}
- {id: unread, title: Unread, registrations: [local 7], status: RECRUITING, enrolment: {planned: 40}}
- {id: stale, title: Stale, registrations: [NCT00000006], status: SUSPENDED, retrieved: 2025-01}
- {id: lost, title: Lost, registrations: [NCT00000007], status: UNKNOWN, last_known_status: RECRUITING, retrieved: 2026-11}
- {id: nameless, title: Nameless, status: UNKNOWN, retrieved: 2026-11, enrolment: {actual: 3}}
studies:
- {id: used-2024, registrations: [NCT00000005], design: randomised_trial, state: read}
next_steps:
- {text: Follow KETFAT, waits_for: [ketfat]}
- {text: And again, waits_for: [ketfat, late]}
- {text: Done, waits_for: [ketfat], done: true}
"""
)
OTHER = (
    HEAD.format(id="other")
    + "trials: [{id: only, title: Only, status: COMPLETED, results: None., registrations: [NCT00000008]}]\n"
)


def corpus(root: Path, **reviews: str) -> Corpus:
    write(root, {f"reviews/{name}.yaml": text for name, text in reviews.items()})
    found = pipeline.read(Files(root), Settings(), date(2026, 11, 21))
    assert [finding.message for finding in found.reading] == []
    return found.corpus


def text(document: Document, width: int) -> str:
    out = io.StringIO()
    terminal.show(document, Console(file=out, width=width))
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def test_those_that_need_a_person_come_first(tmp_path: Path) -> None:
    found = trials.answer(corpus(tmp_path, fatigue=REVIEW, other=OTHER))
    assert [(one.id, [need.kind for need in one.needs]) for one in found.trials] == [
        ("ketfat", ["waited_for_in_vain", "waited_for_in_vain", "changed", "results_due"]),
        ("posted", ["results_unused"]),
        ("later", ["overdue"]),
        ("late", ["overdue"]),
        ("unread", ["never_read"]),
        ("stale", ["read_long_ago"]),
        ("lost", ["status_unknown"]),
        ("nameless", ["status_unknown", "without_number"]),
        ("quiet", []),
        ("used", []),
        ("only", []),
    ]
    assert {need.kind for one in found.trials for need in one.needs} == set(trials.NEEDS)


def test_a_trial_that_nobody_has_looked_up_says_so(tmp_path: Path) -> None:
    found = trials.answer(
        corpus(tmp_path, a=HEAD.format(id="a") + "trials: [{id: a, title: A, registrations: [NCT00000001]}]\n")
    )
    (one,) = found.trials
    assert one.status is None
    assert [need.kind for need in one.needs] == ["never_read", "status_unknown"]
    assert "a (a), not looked up" in text(trials.document(found), 80)


def test_one_trial_word_for_word(tmp_path: Path) -> None:
    data = as_data(trials.answer(corpus(tmp_path, fatigue=REVIEW, other=OTHER)))
    assert (data["version"], data["as_of"]) == (1, "2026-11-21")
    assert data["trials"][0] == {
        "review": "fatigue",
        "id": "ketfat",
        "title": "Ketamine for fatigue",
        "number": "NCT04436250",
        "registry": "ClinicalTrials.gov",
        "registrations": ["nct 04436250", "2020-000561-27"],
        "status": "TERMINATED",
        "last_known_status": None,
        "needs": [
            {"kind": "waited_for_in_vain", "words": "a next step waits for it: Follow KETFAT"},
            {"kind": "waited_for_in_vain", "words": "a next step waits for it: And again"},
            {"kind": "changed", "words": "changed at the last reading: status, enrolment (actual)"},
            {"kind": "results_due", "words": "primary completion 2023-05, and no results posted"},
        ],
        "waited_for": ["Follow KETFAT", "And again"],
        "start": "2020-10-10",
        "primary_completion": "2023-05",
        "expected_completion": None,
        "completion": "2023-06-01",
        "days_overdue": None,
        "why_stopped": "Funding withdrawn",
        "enrolment": {"planned": 1200, "actual": 12},
        "results_posted": None,
        "results_used": False,
        "studies": [],
        "retrieved": "2026-11-20",
        "days_since_read": 1,
        "last_update": "2026-10-05",
        "changes": [
            {"field": "start", "before": "2020-01", "after": "2020-10-10", "read": "2025-01-01"},
            {"field": "status", "before": "RECRUITING", "after": "TERMINATED", "read": "2026-11-20"},
            {"field": "enrolment.actual", "before": None, "after": "12", "read": "2026-11-20"},
        ],
        "path": "reviews/fatigue.yaml",
        "line": 9,
    }
    by_id = {one["id"]: one for one in data["trials"]}
    assert (by_id["late"]["days_overdue"], by_id["later"]["days_overdue"]) == (21, 325)
    assert (by_id["used"]["results_used"], by_id["used"]["studies"]) == (True, ["used-2024"])
    assert (by_id["unread"]["number"], by_id["unread"]["registry"]) == ("local 7", None)
    assert (by_id["nameless"]["number"], by_id["nameless"]["days_since_read"]) == (None, 0)


def test_only_the_reviews_that_are_named(tmp_path: Path) -> None:
    project = corpus(tmp_path, fatigue=REVIEW, other=OTHER)
    assert [one.id for one in trials.answer(project, ["other"]).trials] == ["only"]


def test_how_it_looks(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    document = trials.document(trials.answer(corpus(tmp_path, fatigue=REVIEW, other=OTHER)))
    golden("trials-80.txt", text(document, 80))
    golden("trials-160.txt", text(document, 160))
    assert unpacked(packed(document)) == document


def test_in_a_pipe_and_as_json(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    write(tmp_path, {"reviews/fatigue.yaml": REVIEW, "reviews/other.yaml": OTHER})
    golden("trials-pipe.txt", run(tmp_path, "trials", *AS_OF).out)
    golden("trials.json", run(tmp_path, "trials", *AS_OF, "--format", "json").out)


def test_one_row_a_trial_in_a_table_for_programs(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    found = trials.answer(corpus(tmp_path, fatigue=REVIEW, other=OTHER))
    golden("trials.csv", as_csv(found.trials))


def test_nothing_to_look_at(tmp_path: Path) -> None:
    assert "1 trial, 0 to look at." in text(trials.document(trials.answer(corpus(tmp_path, other=OTHER))), 80)
    empty = corpus(tmp_path / "empty", none=HEAD.format(id="none"))
    assert text(trials.document(trials.answer(empty)), 80) == "Trials\nNo review has a trial.\n"
