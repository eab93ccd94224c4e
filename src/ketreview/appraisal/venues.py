"""Whether two names are of one journal, however it is abbreviated (ISO 4: words are cut short or lose letters)."""

from __future__ import annotations

from ketreview.appraisal.same_work import folded
from ketreview.patterns import regex

_SMALL = frozenset(
    ["a", "an", "and", "de", "der", "des", "die", "et", "for", "für", "in", "la", "of", "on", "the", "und"]
)
_MARKUP = regex(r"\\(?:[A-Za-z]+\s?|.)|[{}]")
_BETWEEN = regex(r"[\W_]+")
_ALONE = regex(r"(?<=\w)\s+[-–—]{1,3}\s+(?=\w)")
_LONGEST = 300
_SHORTEST_ACRONYM = 3


def same_venue(one: str, other: str) -> bool:
    """Whether one name may stand for the other: the same, cut short, abbreviated word by word, or by first letters."""
    short, long = sorted((_words(one), _words(other)), key=lambda words: (len(words), sum(map(len, words))))
    if "".join(long).startswith("".join(short)) or short == ["".join(word[0] for word in long)]:
        return True
    return len(short) == len(long) and all(map(_abbreviates, short, long))


def may_be_one_venue(one: str, other: str) -> bool:
    """Whether two names may be of one journal: also where one leaves out its end, or has the first letters of a part.

    Wider than `same_venue`, for what is said only of names that surely differ (`Proc R Soc B`, `PNAS`).
    """
    if same_venue(one, other):
        return True
    short, long = sorted((_words(one), _words(other)), key=len)
    initials = "".join(word[0] for word in long)
    acronym = len(short) == 1 and len(short[0]) >= _SHORTEST_ACRONYM and initials.startswith(short[0])
    return acronym or not short or all(map(_abbreviates, short, long))


def is_broken(name: str, whole: str) -> bool:
    """Whether a hyphen that stands alone breaks an abbreviation of `whole`: what is left of the end of a line.

    Names have one, too (`Immunity - Health`); what is abbreviated on both sides of it has none.
    """
    found = _ALONE.search(name[:_LONGEST])
    if found is None or _ALONE.search(whole[:_LONGEST]):
        return False
    one, other = _words(name), _words(whole)
    at = len(_words(name[: found.start()]))
    beside = zip(one[at - 1 : at + 1], other[at - 1 : at + 1], strict=False)
    return 0 < at < len(one) <= len(other) and all(map(_abbreviates, one, other)) and all(a != b for a, b in beside)


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
