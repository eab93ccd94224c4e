"""Two texts side by side, cut to where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

_AROUND = 3
_CUT = "…"


def contrast(before: str, after: str, most: int = 120) -> tuple[str, str]:
    """Both texts without the words that they begin and end with alike, but for a few; each at most so long."""
    one, other = before.split(), after.split()
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    first, last = max(start - _AROUND, 0), max(end - _AROUND, 0)
    return _part(one, first, last, most), _part(other, first, last, most)


def shortened(text: str, most: int = 160) -> str:
    """A text, cut before the word with which it would be longer."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + _CUT


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _part(words: list[str], first: int, last: int, most: int) -> str:
    text = shortened(" ".join(words[first : len(words) - last]), most)
    lead = f"{_CUT} " if first else ""
    return f"{lead}{text}" if not last or text.endswith(_CUT) else f"{lead}{text} {_CUT}"
