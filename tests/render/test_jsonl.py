"""JSON Lines: each line is the object of a finding, and there is no other."""

from __future__ import annotations

import json

from ketreview.render.diagnostics import json as whole
from ketreview.render.diagnostics import jsonl
from tests.render.findings import FINDINGS, RUN


def test_the_lines_are_the_list_of_json() -> None:
    rows = jsonl.render(FINDINGS, RUN).splitlines()
    assert [json.loads(row) for row in rows] == json.loads(whole.render(FINDINGS, RUN))["diagnostics"]


def test_no_finding_is_no_line() -> None:
    assert jsonl.render((), RUN) == ""
