"""Findings as a Code Quality report of GitLab.

The fields are those of https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. GitLab shows the
description and not the check's name, so the code stands in both, and takes findings of one fingerprint for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ketreview.diagnostics import Diagnostic, Severity
from ketreview.render.clean import clean
from ketreview.render.data import as_json
from ketreview.render.diagnostics import Run, numbered

_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(findings: Sequence[Diagnostic], run: Run) -> str:
    """A list of degradations, as GitLab calls them."""
    return as_json([_degradation(*item, run.folder) for item in numbered(findings)])


def _degradation(finding: Diagnostic, known_by: str, number: int, folder: str) -> dict[str, Any]:
    span = finding.span
    return {
        "description": f"{finding.code.id}: {clean(finding.message)}",
        "check_name": f"{finding.code.id} {finding.code.name}",
        "fingerprint": known_by if number == 1 else f"{known_by}-{number}",
        "severity": _LEVELS[finding.severity],
        "location": {
            "path": folder + span.path,
            "lines": {"begin": span.begin.line, "end": span.finish.line},
        },
    }
