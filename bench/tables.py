"""Tables in Markdown, and numbers as they stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import measure


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column is words and the others numbers."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def number(value: float) -> str:
    """As many digits as mean something."""
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def ratio(value: measure.Ratio) -> str:
    """A ratio of medians, with the middle half of the rounds' own, where there is more than one."""
    if value.low == value.high:
        return number(value.of_medians)
    return f"{number(value.of_medians)} ({number(value.low)} – {number(value.high)})"


def clock(runs: measure.Runs) -> str:
    """Seconds on the clock, with the middle half of the runs, where there is more than one."""
    if len(runs.runs) == 1:
        return f"{runs.wall:.3f}"
    low, high = runs.spread
    return f"{runs.wall:.3f} ({low:.3f} – {high:.3f})"
