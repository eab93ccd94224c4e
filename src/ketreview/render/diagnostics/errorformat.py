"""Findings as lines that Vim, reviewdog and Emacs read: `PATH:LINE:COLUMN: SEVERITY: CODE MESSAGE`.

Vim's `'errorformat'` for them is `ERRORFORMAT`.
"""

from __future__ import annotations

from collections.abc import Iterable

from ketreview.diagnostics import Diagnostic
from ketreview.patterns import regex
from ketreview.render.clean import clean
from ketreview.render.diagnostics import Run

ERRORFORMAT = "%f:%l:%c: %t%*[a-z]: %m"
_LINE_NUMBER = regex(r":(?=\d)")
_PLACE = regex(r":(?=\d+:\d+: [a-z]+: )")
_COLON = r"\\u003a"


def render(findings: Iterable[Diagnostic], run: Run) -> str:
    """One line a finding, with the path as the project has it."""
    del run
    return "".join(_line(finding) for finding in findings)


def _line(finding: Diagnostic) -> str:
    line, column = finding.span.begin
    said = _PLACE.sub(_COLON, clean(finding.message))  # reviewdog takes the last that looks like a place, Vim the first
    return f"{_path(finding.span.path)}:{line}:{column}: {finding.severity}: {finding.code.id} {said}\n"


def _path(path: str) -> str:
    """A path in which no colon can be taken for the one before the line's number."""
    return _LINE_NUMBER.sub(_COLON, clean(path))
