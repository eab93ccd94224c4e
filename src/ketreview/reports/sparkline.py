"""A row of numbers as a picture of one line."""

from __future__ import annotations

from collections.abc import Sequence

_BARS = "▁▂▃▄▅▆▇█"
_NONE = "·"


def sparkline(values: Sequence[float | None], top: float | None = None) -> str:
    """A bar for each value, the highest for `top` or the largest; a dot where there is none."""
    highest = max((value for value in values if value is not None), default=0) if top is None else top
    return "".join(_NONE if value is None else _bar(value, highest) for value in values)


def _bar(value: float, highest: float) -> str:
    share = value / highest if highest > 0 else 0
    return _BARS[min(max(round(share * (len(_BARS) - 1)), 0), len(_BARS) - 1)]
