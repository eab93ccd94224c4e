"""Whether two names are of one journal, however it is abbreviated (ISO 4: words are cut short or lose letters)."""

from __future__ import annotations

from ketreview.appraisal.same_work import folded
from ketreview.patterns import regex

_SMALL = frozenset(
    ["a", "an", "and", "de", "der", "des", "die", "et", "for", "für", "in", "la", "of", "on", "the", "und"]
)
_MARKUP = regex(r"\\(?:[A-Za-z]+\s?|.)|[{}]")
_BETWEEN = regex(r"[\W_]+")
_LONGEST = 300


def same_venue(one: str, other: str) -> bool:
    """Whether one name may stand for the other: the same, cut short, abbreviated word by word, or by first letters."""
    short, long = sorted((_words(one), _words(other)), key=lambda words: (len(words), sum(map(len, words))))
    if "".join(long).startswith("".join(short)) or short == ["".join(word[0] for word in long)]:
        return True
    return len(short) == len(long) and all(map(_abbreviates, short, long))


def _words(name: str) -> list[str]:
    words = (word.casefold() for word in _BETWEEN.split(_MARKUP.sub("", name[:_LONGEST])))
    return [plain for word in words if word not in _SMALL and (plain := folded(word))]


def _abbreviates(one: str, other: str) -> bool:
    """Whether the shorter word has the first letter of the longer one, and the rest of its letters in their order."""
    short, long = sorted((one, other), key=len)
    if not long.startswith(short[:1]):
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
