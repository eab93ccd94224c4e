"""The nearest valid word, for "did you mean"."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from operator import eq

_LONGEST = 200
_TIED = 10


def nearest(word: str, choices: Iterable[str], *, cutoff: float = 70) -> str | None:
    """The choice most like `word` (case apart first); None if none is at least `cutoff` percent alike."""
    folded = {choice.casefold(): choice for choice in reversed(list(choices))}
    found = nearest_folded(word.casefold(), folded.keys(), cutoff=cutoff)
    return folded[found] if found is not None else None


def nearest_folded(word: str, choices: Collection[str], *, cutoff: float = 70) -> str | None:
    """The same for a word and choices whose case is folded already; for thousands of choices, asked many times.

    Of several that are equally alike the one with most letters in their places is taken: `KR2O5` is KR205, not KR325.
    """
    if word in choices:
        return word
    from rapidfuzz import fuzz, process  # noqa: PLC0415  loaded only where something is wrong

    word = word[:_LONGEST]
    found = process.extract(word, choices, scorer=fuzz.ratio, score_cutoff=cutoff, limit=_TIED)
    best = [choice for choice, score, _ in found if score == found[0][1]]
    return max(best, key=lambda choice: sum(map(eq, word, choice)), default=None)


def may_be_alike(one: str, other: str, percent: float) -> bool:
    """Whether the letters of two texts are alike enough for rapidfuzz's `ratio` to be `percent`, whatever their order.

    Most texts that are compared are not, and then the library, which takes 7 ms to load, is not asked.
    """
    shared = min(len(one), sum(map(other.count, set(one))))
    return 2 * 100 * shared >= percent * (len(one) + len(other))


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """`; did you mean …?`, or nothing."""
    found = nearest(word, choices)
    return f"; did you mean `{found}`?" if found else ""
