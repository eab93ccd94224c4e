"""Findings as one JSON object, whose shape is stable."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ketreview.diagnostics import Diagnostic, Fix, Subject
from ketreview.render.data import as_data, as_json
from ketreview.render.diagnostics import Run
from ketreview.source import Span


def render(findings: Iterable[Diagnostic], run: Run) -> str:
    """The whole object."""
    diagnostics = [as_object(finding) for finding in findings]
    as_of = run.as_of.isoformat()
    asked = {name: number for name, number in as_data(run.summary).items() if number is not None}
    return as_json({"version": 1, "as_of": as_of, "summary": asked, "diagnostics": diagnostics})


def as_object(finding: Diagnostic) -> dict[str, Any]:
    """One finding."""
    return {
        "code": finding.code.id,
        "name": finding.code.name,
        "severity": finding.severity.value,
        "message": finding.message,
        **_place(finding.span),
        "subject": _subject(finding.subject),
        "related": [
            {
                "path": related.span.path,
                "line": related.span.begin.line,
                "column": related.span.begin.column,
                "message": related.message,
            }
            for related in finding.related
        ],
        "fix": _fix(finding.fix),
    }


def _place(span: Span) -> dict[str, Any]:
    begin, end = span.begin, span.finish
    return {
        "path": span.path,
        "line": begin.line,
        "column": begin.column,
        "end_line": end.line,
        "end_column": end.column,
    }


def _subject(subject: Subject) -> dict[str, str | None]:
    return {"review": subject.review or None, "key": subject.key or None, "id": subject.id or None}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {
        "title": fix.title,
        "safe": fix.safe,
        "edits": [{**_place(edit.span), "text": edit.text} for edit in fix.edits],
    }
