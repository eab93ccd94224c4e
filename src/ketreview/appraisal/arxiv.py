"""Numbers of arXiv.

Since April 2007 a number is year, month, a point and four digits (`0704.0001v2`), since January 2015 five
(`1706.03762`). From 1991 until then it was an archive, a slash, year, month and three digits (`hep-th/9901001`,
`math.GT/0309136`; arXiv, "Understanding the arXiv identifier").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ketreview.patterns import regex

_AROUND = regex(
    r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|format)/|10\.48550/arxiv\.|ar[xχ]iv\s*[:.]?\s*",
    re.IGNORECASE,
)
_BEHIND = regex(r"(?:\.pdf|\s*\[[\w.-]{2,20}\])$", re.IGNORECASE)
_NEW = regex(r"(\d\d)(\d\d)\.(\d{4,5})(?:v\d{1,3})?", re.ASCII | re.IGNORECASE)
_OLD = regex(r"[a-z]+(?:-[a-z]+)?(?:\.[a-z-]{2,20})?/(\d\d)(\d\d)\d{3}(?:v\d{1,3})?", re.ASCII | re.IGNORECASE)
_NUMBER_OF_OLD = regex(r"(?:9\d|0[0-7])(?:0[1-9]|1[0-2])\d{3}(?:v\d{1,3})?", re.ASCII)
_CLASSED_NEW = regex(r"[a-z.-]+/(\d{4}\.\d{4,5}(?:v\d{1,3})?)", re.ASCII | re.IGNORECASE)
_FIRST, _FIVE_DIGITS, _CENTURY = 704, 1501, 91
_MONTHS = 12
_LONGEST = 200


class ArxivFault(NamedTuple):
    """What is wrong with a number, in words that go on from it, and the one that it may mean (empty: unknown)."""

    problem: str
    meant: str = ""


def names_arxiv(text: str) -> bool:
    """Whether a value says by itself that it is a number of arXiv."""
    return _AROUND.match(text) is not None


def in_archive(text: str, archive: str) -> str:
    """A number of before 2007 with its archive before it (`hep-th`); empty if it is none, or the archive is unknown."""
    return f"{archive}/{text}" if archive and _NUMBER_OF_OLD.fullmatch(text) else ""


def arxiv_fault(text: str) -> ArxivFault | None:
    """What is wrong with a number of arXiv, if anything. A label before it and its class behind it are fine."""
    if (usual := _NEW.fullmatch(text)) is not None:
        return _of_new(usual)
    if len(text) > _LONGEST:
        return ArxivFault("is no number of arXiv")
    label = _AROUND.match(text)
    number = _BEHIND.sub("", text[label.end() :] if label else text).strip()
    fault = _of_number(number)
    if fault is None and label and "/" in label[0]:
        return ArxivFault("is an address, where the number alone is expected", number)
    return fault


def _of_number(number: str) -> ArxivFault | None:
    if new := _NEW.fullmatch(number):
        return _of_new(new)
    if old := _OLD.fullmatch(number):
        early = _CENTURY > int(old[1]) > _FIRST // 100
        return ArxivFault("names a month that this form was not used in") if early else _of_month(old[2])
    if _NUMBER_OF_OLD.fullmatch(number):
        return ArxivFault("lacks its archive, as in `hep-th/9901001`")
    if mixed := _CLASSED_NEW.fullmatch(number):
        return ArxivFault("has an archive, which only numbers until March 2007 have", mixed[1])
    return ArxivFault("is no number of arXiv, which is `YYMM.NNNNN` or, until 2007, `archive/YYMMNNN`")


def _of_new(found: re.Match[str]) -> ArxivFault | None:
    begun = int(found[1] + found[2])
    five = len(found[3]) == len("00000")
    if fault := _of_month(found[2]):
        return fault
    if begun < _FIRST:
        return ArxivFault("has the form of numbers since April 2007, but an earlier month")
    if five and begun < _FIVE_DIGITS:
        return ArxivFault("has five digits behind the point, as numbers since 2015 have; until then it was four")
    if not five and begun >= _FIVE_DIGITS:
        return ArxivFault("has four digits behind the point, as numbers until 2014 have; since then it is five")
    return None


def _of_month(month: str) -> ArxivFault | None:
    return None if 1 <= int(month) <= _MONTHS else ArxivFault(f"begins with year and month, and {month} is no month")
