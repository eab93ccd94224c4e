"""Findings as JSON, one a line: each is the object that `json` has in its list. What was checked is not told here."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ketreview.diagnostics import Diagnostic
from ketreview.render.clean import escaped
from ketreview.render.diagnostics import Run
from ketreview.render.diagnostics.json import as_object


def render(findings: Iterable[Diagnostic], run: Run) -> str:
    """As many lines as findings; none where there is none."""
    del run
    return "".join(escaped(json.dumps(as_object(finding), ensure_ascii=False)) + "\n" for finding in findings)
