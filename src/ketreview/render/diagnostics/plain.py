"""Findings for a person without colour, as in a pipe or a file: rich is not loaded, which takes as long as a check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from ketreview.diagnostics import Diagnostic, Summary
from ketreview.render.counts import checked, found
from ketreview.render.diagnostics.rows import concise_rows, full_rows


def show_plain(findings: Sequence[Diagnostic], file: IO[str], width: int, *, concise: bool) -> None:
    """Writes every finding."""
    for finding in findings:
        told = concise_rows(finding) if concise else full_rows(finding, width)
        file.write("".join(["".join([text for text, _ in row]) + "\n" for row in told]))


def summary_line(summary: Summary) -> str:
    """One line that says what was checked and how it went."""
    told = [words for _, words in found(summary)] or ["No findings"]
    return f"{', '.join(told)} in {checked(summary)}."
