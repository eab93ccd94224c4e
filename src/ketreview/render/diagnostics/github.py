"""Findings as annotations of GitHub Actions."""

from __future__ import annotations

from collections.abc import Iterable

from ketreview.diagnostics import Diagnostic, Severity
from ketreview.render.clean import clean
from ketreview.render.diagnostics import Run

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(findings: Iterable[Diagnostic], run: Run) -> str:
    """One workflow command a line. Nothing from a file can end the line or begin another command."""
    return "".join(_annotation(finding, run.folder) + "\n" for finding in findings)


def _annotation(finding: Diagnostic, folder: str) -> str:
    begin, end = finding.span.begin, finding.span.finish
    properties = {
        "file": folder + finding.span.path,
        "line": str(begin.line),
        "endLine": str(end.line),
        "title": f"{finding.code.id} {finding.code.name}",
    }
    if begin.line == end.line:  # GitHub refuses columns on several lines
        properties |= {"col": str(begin.column), "endColumn": str(end.column)}
    named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_LEVELS[finding.severity]} {named}::{_data(finding.message)}"


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
