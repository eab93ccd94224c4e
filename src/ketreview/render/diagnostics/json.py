"""Findings as one JSON object, whose shape is stable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ketreview.diagnostics import Diagnostic, Fix, Severity, Subject
from ketreview.linking import Corpus
from ketreview.render.data import as_json
from ketreview.source import Span


@dataclass(frozen=True, slots=True)
class Summary:
    """What was checked, and how much was found; `citations` and `unresolved` count places."""

    errors: int
    warnings: int
    infos: int
    reviews: int
    entries: int
    citations: int
    unresolved: int


def summarise(findings: Iterable[Diagnostic], corpus: Corpus) -> Summary:
    """The summary of a run."""
    severities = [finding.severity for finding in findings]
    return Summary(
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        infos=severities.count(Severity.INFO),
        reviews=len(corpus.reviews),
        entries=len(corpus.entries),
        citations=len(corpus.citations),
        unresolved=sum(corpus.entry(citation.key) is None for citation in corpus.citations),
    )


def render(findings: Iterable[Diagnostic], summary: Summary, as_of: str) -> str:
    """The whole object."""
    diagnostics = [_finding(finding) for finding in findings]
    return as_json({"version": 1, "as_of": as_of, "summary": _plain(summary), "diagnostics": diagnostics})


def _plain(summary: Summary) -> dict[str, int]:
    return {name: getattr(summary, name) for name in Summary.__slots__}


def _finding(finding: Diagnostic) -> dict[str, Any]:
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
