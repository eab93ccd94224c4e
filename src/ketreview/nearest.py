"""The nearest valid word, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, choices: Iterable[str], *, cutoff: float = 70) -> str | None:
    """The choice most like `word` (case apart first); None if none is at least `cutoff` percent alike."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  loaded only where something is wrong

    choices = list(choices)
    folded = word.casefold()
    same = next((choice for choice in choices if choice.casefold() == folded), None)
    if same is not None:
        return same
    found = process.extractOne(folded[:200], choices, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=cutoff)
    return found[0] if found else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """`; did you mean …?`, or nothing."""
    found = nearest(word, choices)
    return f"; did you mean `{found}`?" if found else ""
