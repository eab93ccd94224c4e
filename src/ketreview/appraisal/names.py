r"""The names in a field of authors or editors, as BibTeX parts them.

`and`, in any case, parts names where it stands between white space and outside of braces. Commas part a name into
`von Last, First` or `von Last, Jr, First`; without any it is `First von Last`, and its last name begins at the first
word in lower case, or is its last word (Patashnik, "BibTeXing", 1988, section 4; Markey, "Tame the BeaST", 2009,
part 3). A name in braces is one word. biblatex also reads `family=Last, given=First` (biblatex manual, "Names").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ketreview.patterns import regex

OTHERS = "others"
_AND = regex(r"(?:(?<=\s)|\A)and(?=\s|\Z)", re.IGNORECASE)
_BRACE = regex(r"[{}]")
_PART = regex(r"(family|given|prefix|suffix)\s*=\s*", re.IGNORECASE)
_FAMILY = regex(r"(?:\A|,\s*)family\s*=\s*([^,]*)", re.IGNORECASE)
_COMMAND = regex(r"\\[A-Za-z]{3,}\s*")  # the shorter ones are letters: `\O`, `\aa`
_WORD_BEGINNING = 80
_BLANKS = regex(r"[\s~]+")

_INITIALS = r"(?!Auth|Rese|Unkn|Plac|Doe)[A-Z][a-z]{2,}+, [A-Z]\.(?: [A-Z]\.)*+"
_ORDINARY = regex(rf"(?![A-Z][a-z]+, A\. and ){_INITIALS}(?: and {_INITIALS})*+")


def are_ordinary(text: str) -> bool:
    """A first look, by which nearly all lists of surnames and initials are known to be nothing but that.

    They name persons, each with one comma and all without a title; none of them stands for anybody or nobody.
    """
    return _ORDINARY.fullmatch(text) is not None and "ame" not in text  # as in `Lastname, A.`


class Name(NamedTuple):
    """One name of a list: its text, and where in the field's value it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends; exclusive."""
        return self.start + len(self.text)

    @property
    def bare(self) -> str:
        """Its text, with all that stands in braces made unrecognisable, every character at its place."""
        return unbraced(self.text)

    @property
    def is_braced(self) -> bool:
        """Whether one pair of braces holds all of it: an institution, or a name that is not to be parted."""
        return self.text.startswith("{") and not self.bare.strip("_")

    @property
    def is_extended(self) -> bool:
        """Whether its parts are named, as biblatex allows."""
        return _PART.match(self.text) is not None

    @property
    def parts(self) -> tuple[str, ...]:
        """What its commas part, white space around left out."""
        bare, found, start = self.bare, list[str](), 0
        while (comma := bare.find(",", start)) >= 0:
            found.append(self.text[start:comma].strip())
            start = comma + 1
        return (*found, self.text[start:].strip())

    @property
    def family(self) -> str:
        """The last name with its `von`; of a name in braces all that they hold."""
        if self.is_braced:
            return self.text.strip("{} ")
        if self.is_extended:
            found = _FAMILY.search(self.text)
            return found[1].strip() if found else ""
        parts = self.parts
        return parts[0] if len(parts) > 1 else self._split[1]

    @property
    def given(self) -> str:
        """The first names; empty where there are none."""
        if self.is_braced or self.is_extended:
            return ""
        parts = self.parts
        return parts[-1] if len(parts) > 1 else self._split[0]

    @property
    def _split(self) -> tuple[str, str]:
        """The first names and the last name of a name without a comma."""
        bare = self.bare
        starts = [0, *(blank.end() for blank in _BLANKS.finditer(bare))]
        small = (start for start in starts[:-1] if _is_small(self.text[start : start + _WORD_BEGINNING]))
        begin = next(small, starts[-1])
        return self.text[:begin].strip(), self.text[begin:]


def unbraced(text: str) -> str:
    """A text with all that stands in braces, and the braces, replaced by `_`."""
    if "{" not in text and "}" not in text:
        return text
    found, depth, position = list[str](), 0, 0
    for brace in _BRACE.finditer(text):
        at = brace.start()
        found.append("_" * (at - position) if depth else text[position:at])
        found.append("_")
        depth = max(0, depth + (1 if brace[0] == "{" else -1))
        position = at + 1
    found.append("_" * (len(text) - position) if depth else text[position:])
    return "".join(found)


def names_in(text: str) -> tuple[Name, ...]:
    """The names of a list, in order; what stands between two `and` without a name is none."""
    ands = [match.span() for match in _AND.finditer(unbraced(text))]
    starts, ends = [0, *(end for _, end in ands)], [*(start for start, _ in ands), len(text)]
    return tuple(_name(text, start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip())


class StrayAnd(NamedTuple):
    """An `and` without a name on one side: its place in the value, and whether it only doubles the one before it."""

    start: int
    end: int
    doubled: bool


def stray_ands(text: str) -> tuple[StrayAnd, ...]:
    """Each `and` that begins or ends the list, or follows another one."""
    ands = [match.span() for match in _AND.finditer(unbraced(text))]
    found, before = list[StrayAnd](), 0
    for index, (start, end) in enumerate(ands):
        nothing_before = not text[before:start].strip()
        nothing_after = index == len(ands) - 1 and not text[end:].strip()
        if nothing_before or nothing_after:
            found.append(StrayAnd(start, end, doubled=nothing_before and index > 0 and not nothing_after))
        before = end
    return tuple(found)


def _name(text: str, start: int, end: int) -> Name:
    inside = text[start:end]
    return Name(inside.strip(), start + len(inside) - len(inside.lstrip()))


def _is_small(word: str) -> bool:
    """Whether a word begins in lower case; one in braces does not, but `{\\'e}` is a letter."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    letters = (character for character in _COMMAND.sub("", word) if character.isalpha())
    return next(letters, "A").islower()
