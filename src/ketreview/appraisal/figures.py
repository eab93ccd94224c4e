"""Figures as they are printed: rounded to their last digit, and so standing for a range."""

from __future__ import annotations

from typing import NamedTuple

from ketreview.appraisal.effects import as_float

_EXACT = 1e-9  # what sums of floats are off by
_LONGEST = 30
_MOST_DIGITS = 300  # a float knows no more


class Figure(NamedTuple):
    """A printed number; `half` is half a unit of its last digit, by which the number behind it may differ."""

    value: float
    half: float

    @property
    def low(self) -> float:
        """The least number that is printed so."""
        return self.value - self.half

    @property
    def high(self) -> float:
        """The greatest number that is printed so."""
        return self.value + self.half


def printed(text: str, value: float) -> Figure:
    """The figure of a number as a file writes it: `0.50` is known to two digits, `0.5` to one."""
    return Figure(as_float(value), 0.5 / 10 ** min(_decimals(text.strip()[:_LONGEST]), _MOST_DIGITS))


def fits(figure: Figure, low: float, high: float) -> bool:
    """Whether a printed figure can come from a number between `low` and `high`.

    Some round and some cut off: 12 stands for 11.5 to 12.5, or for 12 to 13. A whole number stands for all that is
    printed so; who knows two digits writes them (`2.00`).
    """
    cut = 2 * figure.half
    least = figure.value - (cut if figure.value <= 0 else figure.half)
    greatest = figure.value + (cut if figure.value >= 0 else figure.half)
    return low - _EXACT <= greatest and least <= high + _EXACT


def _decimals(text: str) -> int:
    """How many digits stand behind the point; none where it is no number."""
    whole, _, part = text.removeprefix("-").partition(".")
    if text.isascii() and whole.isdecimal() and (part.isdecimal() or not part):
        return len(part)
    from decimal import Decimal, InvalidOperation  # noqa: PLC0415  most figures are written plainly

    try:
        exponent = Decimal(text).as_tuple().exponent
    except InvalidOperation:
        return 0
    return -min(exponent, 0) if isinstance(exponent, int) else 0
