"""Several persons written as one name, and the list that is meant where it is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ketreview.patterns import regex

_ENTITY = regex(r"&#?\w{1,10};")
_AMPERSAND = regex(r"(?:^|(?<=[\s~]))\\?&(?=[\s~]|$)")
_LISTED_AMPERSAND = regex(r"\s*,?\s*\\?&\s+")
_INITIALS = regex(r"(?:[^\W\d_](?:\.|(?![^\W\d_]))[ ~-]?){1,4}|[A-Z]{2,3}")
_VANCOUVER = regex(r"(?:[^\W\d_][\w'’-]{0,30}\s){1,4}[A-Z]{1,3}")
_SUFFIX = regex(r"(?:.*\s)?(?:[JS]r\.?|JR|SR|I{1,3}|IV|VI?|MD|PhD|Esq\.?)", re.DOTALL)
_FEWEST, _MOST_WORDS, _LONGEST = 3, 4, 2000


class Several(NamedTuple):
    """How several persons were parted, and the list that is meant; empty where nobody can know."""

    how: str
    meant: str


def several_persons(text: str, bare: str) -> Several | None:
    """Whether a name is several: parted by `;`, by `&`, or by more commas than one person has.

    `bare` is the name without what stands in braces. One comma is never enough: `Smith A, Jones B` might be the name
    of one person.
    """
    plain = _ENTITY.sub("", bare)
    whole = len(text) <= _LONGEST and "{" not in text
    if ";" in plain:
        return Several("`;`", _of_singles(text.split(";")) if whole else "")
    if _AMPERSAND.search(plain):
        parts = _LISTED_AMPERSAND.split(text)
        return Several("`&`", (_of_singles(parts) or _of_pairs(", ".join(parts).split(","))) if whole else "")
    parts = [part.strip() for part in text.strip(" ,").split(",")] if whole and plain.count(",") > 1 else []
    meant = _of_vancouver(parts) or _of_pairs(parts)
    if meant or (len(parts) >= _FEWEST and all(map(_is_whole, parts))):
        return Several("commas", meant)
    return None


def _of_singles(parts: Sequence[str]) -> str:
    """`Smith, J.; Jones, B.`: each part is one name with its comma."""
    kept = [part.strip(" ,") for part in parts if part.strip(" ,")]
    return _joined(kept) if len(kept) > 1 and all(part.count(",") == 1 for part in kept) else ""


def _of_pairs(parts: Sequence[str]) -> str:
    """`Smith, A., Jones, B.`: surnames and initials in turn."""
    kept = [part.strip() for part in parts]
    surnames, initials = kept[::2], kept[1::2]
    if len(kept) < _FEWEST or len(kept) % 2 or not all(map(_INITIALS.fullmatch, initials)):
        return ""
    if not all(surnames) or any(map(_INITIALS.fullmatch, surnames)):
        return ""
    return _joined([f"{surname}, {given}" for surname, given in zip(surnames, initials, strict=True)])


def _of_vancouver(parts: Sequence[str]) -> str:
    """`Smith A, Jones B, Brown C`: each part ends in initials."""
    if len(parts) < _FEWEST or not all(_VANCOUVER.fullmatch(part) and not _SUFFIX.fullmatch(part) for part in parts):
        return ""
    return _joined([", ".join(part.rsplit(None, 1)) for part in parts])


def _is_whole(part: str) -> bool:
    """Whether a part has a first and a last name, and neither is an initial or a suffix."""
    words = part.split()
    ends = (words[0], words[-1]) if words else ()
    named = all(word[0].isupper() and len(word.strip(".")) > 1 for word in ends)
    return 1 < len(words) <= _MOST_WORDS and named and not _SUFFIX.fullmatch(part)


def _joined(persons: Sequence[str]) -> str:
    return " and ".join(" ".join(person.split()) for person in persons)
