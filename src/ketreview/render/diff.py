"""A unified diff for a terminal, or for a pipe."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from ketreview.render.clean import escaped

_MARK = "\ufeff"
_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def harmless(diff: str) -> str:
    """A diff without control characters but those that begin a file or end a line, so that it still applies."""
    return "".join(f"{_kept(row)}\n" for row in _rows(diff))


def show(diff: str, console: Console) -> None:
    """Prints a diff: what goes is red, what comes is green; a long line is not folded."""
    for row in _rows(diff):
        style = "bold" if row.startswith(("+++", "---")) else _STYLES.get(row[:1], "")
        console.print(Text(escaped(row.rstrip("\r")), style=style), soft_wrap=True)


def _kept(row: str) -> str:
    mark = _MARK if row.startswith(_MARK, 1) else ""
    end = "\r" if row.endswith("\r") else ""
    return f"{row[:1]}{mark}{escaped(row[1 + len(mark) : len(row) - len(end)])}{end}"


def _rows(diff: str) -> list[str]:
    return diff.split("\n")[:-1]
