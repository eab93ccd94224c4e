"""Findings for a person, on a console of rich's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from ketreview.diagnostics import Diagnostic
from ketreview.render.diagnostics.plain import show_plain
from ketreview.render.diagnostics.rows import concise_rows, full_rows

FOLD = 20
_MIN_ROW = 20
_HANG = 2


def show(findings: Sequence[Diagnostic], console: Console, *, concise: bool, fold: bool, links: bool = False) -> None:
    """Prints every finding; with `fold`, only the first of each code and then a count.

    With `links`, each code is a link to the rule's page.
    """
    shown, folded = _folded(findings) if fold else (findings, {})
    if console.color_system is None:  # in a tenth of rich's time
        show_plain(shown, console.file, console.width, concise=concise)
        shown = ()
    for finding in shown:
        for row in concise_rows(finding, links=links) if concise else full_rows(finding, console.width, links=links):
            if concise:
                console.print(Text.assemble(*row), soft_wrap=True)
            else:
                _print(Text.assemble(*row), console)
    for code, number in folded.items():
        console.print(Text(f"… and {number} more {code}; see them with --select {code} --concise, or in a pipe", "dim"))


def _print(text: Text, console: Console) -> None:
    """Prints a row; what does not fit stands below it, further in than it began."""
    if text.cell_len <= console.width:
        console.print(text, soft_wrap=True)
        return
    hang = " " * (len(text.plain) - len(text.plain.lstrip()) + _HANG)
    first, *others = text.wrap(console, max(console.width - len(hang), _MIN_ROW))
    for row in (first, *(Text(hang).append_text(other) for other in others)):
        row.rstrip()
        console.print(row, soft_wrap=True)


def _folded(findings: Sequence[Diagnostic]) -> tuple[list[Diagnostic], dict[str, int]]:
    seen: Counter[str] = Counter()
    shown = []
    for finding in findings:
        seen[finding.code.id] += 1
        if seen[finding.code.id] <= FOLD:
            shown.append(finding)
    return shown, {code: number - FOLD for code, number in sorted(seen.items()) if number > FOLD}
