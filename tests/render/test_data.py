"""The JSON of every command has the shape that is promised; CSV runs nothing."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from ketreview.render.data import as_csv, as_json
from ketreview.reports.pending import PendingItem
from tests.projects import AS_OF, check, run, write

REVIEW = """\
schema_version: 1
id: trd
title: Ketamine for depression
status: active
question:
  outcomes: [{id: response, name: Response, importance: critical}]
currency: {mode: living, last_search: 2026-01}
sources:
- {id: doc, title: Doc, references: [{label: "3"}], files: [{path: gone.md}]}
studies:
- {id: s1, cites: [good2020, Nobody1999], design: cohort, state: read}
- {id: s2, reference: "Walitt et al. 2021", design: cohort, state: found}
certainty:
- {id: r1, outcome: response, scale: grade, start: high, level: low, as_stated: MEDIUM, studies: [s1],
   steps: [{domain: indirectness, by: -1, because: why, studies: [s1]}]}
- {id: r2, subject: relevance, scale: plausibility, level: moderate}
trials:
- {id: t1, title: T, status: RECRUITING, registrations: [NCT04436250], expected_completion: 2023-12}
integration:
- {kind: bibliography, target: references.bib, state: pending, since: 2026-01-29}
- {kind: appendix, target: Appendix H, state: pending}
foo: 1
"""
FILES = {
    "reviews/trd.yaml": REVIEW,
    "references.bib": "@misc{good2020, title = {Good 😀 }, pages = {9--3},}\n@misc{good2020}\n@misc{nobody1999}\n",
}
Shape = Any
FINDINGS = {"errors": int, "warnings": int, "infos": int}
POSITION = {"path": str, "line": int, "column": int}
SPAN = {**POSITION, "end_line": int, "end_column": int}
STR, INT = (str, type(None)), (int, type(None))

CHECK = {
    "version": int,
    "as_of": str,
    "summary": {**FINDINGS, "reviews": int, "entries": int, "citations": int, "unresolved": int},
    "diagnostics": [
        {
            "code": str, "name": str, "severity": str, "message": str, **SPAN,
            "subject": {"review": STR, "key": STR, "id": STR},
            "related": [{**POSITION, "message": str}],
            "fix": (None, {"title": str, "safe": bool, "edits": [{**SPAN, "text": str}]}),
        }
    ],
}  # fmt: skip
STATUS = {
    "version": int,
    "as_of": str,
    "reviews": [
        {
            "id": str, "title": str, "status": str, "studies": int, "claims": int, "trials": int,
            "references": {"cited": int, "resolved": int, "unresolved": [str]},
            "certainty": [{"outcome": STR, "comparison": STR, "population": STR, "level": str}],
            "last_search": STR, "search_age_days": INT,
            "integration": {"done": int, "pending": int, "drift": int},
            "findings": FINDINGS,
        }
    ],
    "project": {
        "bibliography_files": int, "entries": int, "chapters": int, "citations": int,
        "unresolved": int, "uncited": int, "staged": int, "folders": int,
    },
}  # fmt: skip
RATING = {
    "review": str, "id": str, "outcome": str, "subject": str, "comparison": STR, "population": STR, "scale": str,
    "as_stated": STR, "level": str, "computed": STR, "agrees": (bool, type(None)),
    "steps": [{"domain": str, "by": int, "because": str, "studies": [str]}],
}  # fmt: skip
PENDING = {
    "version": int,
    "items": [
        {
            "review": STR, "kind": str, "target": str, "declared": str, "observed": str, "drift": bool,
            "since": STR, "path": str, "line": int, "note": str,
        }
    ],
}  # fmt: skip


def assert_shape(value: Any, shape: Shape, where: str = "") -> None:
    """Holds that a value has exactly the keys and types of `shape`, in its order."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), where
        assert list(value) == list(shape), where
        for name, part in shape.items():
            assert_shape(value[name], part, f"{where}.{name}")
    elif isinstance(shape, list):
        assert isinstance(value, list), where
        for item in value:
            assert_shape(item, shape[0], f"{where}[]")
    elif isinstance(shape, tuple) and any(isinstance(part, dict) for part in shape):
        if value is not None:
            assert_shape(value, next(part for part in shape if part), where)
    else:
        allowed = shape if isinstance(shape, tuple) else (shape,)
        assert type(value) in allowed, f"{where}: {value!r}"


def test_check_json(tmp_path: Path) -> None:
    answer = check(write(tmp_path, FILES)).json
    assert_shape(answer, CHECK)
    assert (answer["version"], answer["as_of"]) == (1, "2026-11-20")
    places = [(item["path"], item["line"], item["column"], item["code"]) for item in answer["diagnostics"]]
    assert places == sorted(places)
    assert answer["summary"]["errors"] == sum(item["severity"] == "error" for item in answer["diagnostics"])
    assert {"KR003", "KR101", "KR203", "KR205", "KR603"} <= {item["code"] for item in answer["diagnostics"]}
    assert any(item["fix"] for item in answer["diagnostics"])
    assert any(item["related"] for item in answer["diagnostics"])


def test_summary_counts_places(tmp_path: Path) -> None:
    summary = check(write(tmp_path, FILES)).json["summary"]
    assert [summary[name] for name in ("reviews", "entries", "citations", "unresolved")] == [1, 3, 2, 1]


def test_columns_count_code_points_and_ends_are_exclusive(tmp_path: Path) -> None:
    write(tmp_path, {"references.bib": "@misc{a}\n@misc{x, title = {😀}} @misc{a}\n"})
    (finding,) = (found for found in check(tmp_path).findings if found["code"] == "KR101")
    assert [finding[name] for name in ("line", "column", "end_line", "end_column")] == [2, 29, 2, 30]
    assert finding["related"] == [
        {"path": "references.bib", "line": 1, "column": 7, "message": finding["related"][0]["message"]}
    ]


@pytest.mark.parametrize(("command", "shape"), [("status", STATUS), ("pending", PENDING)])
def test_report_json(tmp_path: Path, command: str, shape: Shape) -> None:
    write(tmp_path, {**FILES, "reviews/trd.yaml": REVIEW.replace("foo: 1\n", "")})
    answer = run(tmp_path, command, *AS_OF, "--format", "json").json
    assert_shape(answer, shape)
    assert answer["version"] == 1
    assert answer.get("reviews") or answer.get("items")


def test_certainty_json(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "reviews/trd.yaml": REVIEW.replace("foo: 1\n", "")})
    answer = run(tmp_path, "certainty", *AS_OF, "--format", "json").json
    assert list(answer) == ["version", "ratings"]
    rated, named = answer["ratings"]
    assert_shape(rated, {name: part for name, part in RATING.items() if name != "subject"})
    assert_shape(named, {name: part for name, part in RATING.items() if name != "outcome"})
    assert (rated["as_stated"], rated["level"], rated["computed"], rated["agrees"]) == (
        "MEDIUM",
        "low",
        "moderate",
        False,
    )
    assert (named["computed"], named["agrees"], named["steps"]) == (None, None, [])


def test_pending_says_what_is_seen(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "reviews/trd.yaml": REVIEW.replace("foo: 1\n", "")})
    items = run(tmp_path, "pending", *AS_OF, "--format", "json").json["items"]
    assert [(item["kind"], item["target"], item["declared"], item["observed"], item["drift"]) for item in items] == [
        ("bibliography", "references.bib", "pending", "pending", False),
        ("file", "gone.md", "done", "absent", True),
        ("reference", "3", "pending", "absent", False),
        ("reference", "Walitt et al. 2021", "pending", "absent", False),
        ("appendix", "Appendix H", "pending", "unknown", False),
    ]


def test_json_of_an_empty_project_keeps_its_shape(tmp_path: Path) -> None:
    write(tmp_path, {"references.bib": ""})
    assert_shape(check(tmp_path).json, CHECK)
    for command, shape in (("status", STATUS), ("pending", PENDING)):
        assert_shape(run(tmp_path, command, *AS_OF, "--format", "json").json, shape)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\t=", "＝", "＋", "－", "＠"])
def test_csv_runs_no_formula(start: str) -> None:
    item = PendingItem(
        "r", "file", f'{start}cmd|"/c calc"!A1', "done", "absent", drift=True, since=None, path="p", line=1, note=""
    )
    cell = next(csv.DictReader(io.StringIO(as_csv((item,)), newline="")))["target"]
    assert cell.startswith("'")
    assert cell.endswith('cmd|"/c calc"!A1')


def test_what_a_terminal_acts_on_is_escaped() -> None:
    item = PendingItem(
        None, "file", "a\x9b\u202eb\x1b", "done", "absent", drift=False, since=None, path="p\udcff", line=1, note=""
    )
    row = next(csv.DictReader(io.StringIO(as_csv((item,)), newline="")))
    assert (row["target"], row["path"]) == ("a\\u009b\\u202eb\\u001b", "p\\udcff")
    text = as_json(item)
    assert not {"\x9b", "\u202e", "\x1b", "\udcff"} & set(text)
    assert json.loads(text)["target"] == "a\x9b\u202eb\x1b"


def test_csv_keeps_numbers_and_quotes_text() -> None:
    item = PendingItem(
        None, "file", 'a,"b"\nc; d', "done", "absent", drift=False, since=None, path="p", line=-3, note=""
    )
    row = next(csv.DictReader(io.StringIO(as_csv((item,)), newline="")))
    assert (row["target"], row["line"], row["drift"], row["review"]) == ('a,"b"\nc; d', "-3", "false", "")


def test_json_is_readable_and_unescaped() -> None:
    assert as_json({"a": ["é", None]}) == '{\n  "a": [\n    "é",\n    null\n  ]\n}\n'
