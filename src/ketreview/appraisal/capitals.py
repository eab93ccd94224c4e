r"""Capitals in a title that a style which writes titles in small letters would lose.

BibTeX's `change.case$` keeps what stands in braces, the first letter of the title, and a letter behind a colon and a
blank (Patashnik, "Designing BibTeX Styles", `btxhak`); biblatex and CSL do much the same. Whole words are put into
braces, as the TeX FAQ advises. A capital inside a word is a sign of an acronym or a name in any title; one that begins
a word is one only in a title that writes its other words small, and not in German. Behind a dash nobody can tell
whether a name begins (`— United States`) or a sentence, so neither the first word nor those that go on are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ketreview.patterns import regex

_SKIPPED = regex(r"\\[A-Za-z]+\s*|\\.|\$[^$]*\$|[{}]", re.DOTALL)
_WORD = regex(r"[^\W_]+(?:['’.+/&-][^\W_]+)*")
_PART = regex(r"[^-./+&]+")
_OPENING = "\"“”«»'‘’(["
_DASHES = frozenset("—–-")
_SENTENCE = _DASHES | {"", ".", ":", "?", "!"}
_GERMAN = frozenset(
    ["und", "der", "die", "das", "den", "dem", "bei", "mit", "für", "von", "zur", "zum", "eine", "einer"]
)
_LONG = 4
_FEWEST = 3


class Stretch(NamedTuple):
    """A stretch of a text."""

    start: int
    end: int


class _Word(NamedTuple):
    start: int
    text: str
    begins: bool


def unprotected_capitals(title: str, *, german: bool = False) -> list[Stretch]:
    """The stretches of a title that braces should hold, in order; none in a title that is all in capitals."""
    words = list(_words(title))
    long = [word.text for word in words if len(word.text) >= _LONG and word.text.isalpha()]
    if sum(word.isupper() for word in long) > 1 and not any(word[1:].islower() for word in long):
        return []
    names = not german and _is_small(words)
    return [stretch for word in words for stretch in _stretches(word, names=names)]


def _words(title: str) -> Iterator[_Word]:
    """The words outside of braces, mathematics and commands; not those that touch one of them."""
    depth = position = 0
    for skipped in _SKIPPED.finditer(title):
        if not depth:
            yield from _between(title, position, skipped.start())
        depth += {"{": 1, "}": -1}.get(skipped[0], 0)
        position = skipped.end()
    if not depth:
        yield from _between(title, position, len(title))


def _between(title: str, start: int, end: int) -> Iterator[_Word]:
    name = -1  # where the capitals behind a dash end so far: they are a name of several words, or begin a sentence
    for match in _WORD.finditer(title, start, end):
        if not (match.start() == start > 0 or match.end() == end < len(title)):
            before = _sign_before(title, match.start())
            goes_on = name >= 0 and title[name : match.start()].isspace()
            yield _Word(match.start(), match[0], goes_on or before in _SENTENCE)
            name = match.end() if match[0][0].isupper() and (goes_on or before in _DASHES) else -1


def _sign_before(title: str, position: int) -> str:
    """What stands before a word, but for blanks, quotes and brackets; empty at the beginning."""
    while position and (title[position - 1].isspace() or title[position - 1] in _OPENING):
        position -= 1
    return title[position - 1 : position]


def _is_small(words: list[_Word]) -> bool:
    """Whether a title writes its words small, but for names, and in no language that writes nouns in capitals."""
    long = [word.text for word in words if not word.begins and len(word.text) >= _LONG and word.text.isalpha()]
    small = sum(word.islower() for word in long)
    german = sum(word.text in _GERMAN for word in words) > 1
    return not german and small >= _FEWEST and (len(long) - small) * 3 <= small


def _stretches(word: _Word, *, names: bool) -> Iterator[Stretch]:
    """The parts of a word that need braces; those that follow one another, with numbers in between, stay together."""
    parts = list(_PART.finditer(word.text))
    wanted = [_needs(part[0], names=names, begins=word.begins and not part.start()) for part in parts]
    start = end = -1
    for part, needed in zip(parts, wanted, strict=True):
        if needed or (start >= 0 and part[0].isdecimal()):
            start, end = (part.start() if start < 0 else start), part.end()
        elif start >= 0:
            yield Stretch(word.start + start, word.start + end)
            start = -1
    if start >= 0:
        yield Stretch(word.start + start, word.start + end)


def _needs(part: str, *, names: bool, begins: bool) -> bool:
    if any(letter.isupper() for letter in part[1:]):
        return True
    if begins or not part[:1].isupper():
        return False
    return names or (len(part) == 1 and part not in {"A", "I"})
