"""Dates as other programs write them."""

from __future__ import annotations

import re
from typing import NamedTuple

from ketreview.parsing.bibtex_values import MONTHS
from ketreview.patterns import regex

_DATE = regex(
    r"(?P<year>\d{4})(?!\d)(?:[-/. ]+(?P<month>\d{1,2}|[A-Za-z]{3,9})\b\.?)?(?:[-/. ]+(?P<day>\d{1,2})\b)?[-/. ]*",
    re.ASCII,
)
_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)}
_MOST_DAYS = 31


class Read(NamedTuple):
    """A date as BibLaTeX writes it, as exact as the text is (`2020`, `2020-05`), and whether that is all it says."""

    date: str
    whole: bool


def iso_date(text: str) -> Read:
    """A date with the year first: `2020`, `2020/05/04/`, `2020 May 4`; empty where the text begins otherwise.

    What cannot be said as one date (`2019 Jan-Feb`, `2019 Spring`) leaves the year, or year and month.
    """
    text = " ".join(text.split())
    found = _DATE.match(text)
    if found is None:
        return Read("", whole=False)
    month = _month(found["month"] or "")
    day = int(found["day"] or 0)
    whole = found.end() == len(text) and bool(month) == bool(found["month"]) and day <= _MOST_DAYS
    date = found["year"]
    if month and whole:
        date += f"-{month:02d}" + (f"-{day:02d}" if day else "")
    return Read(date, whole)


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text) if int(text) <= len(_NUMBERS) else 0
    number = _NUMBERS.get(text[:3].lower(), 0)
    return number if text.lower() in {text[:3].lower(), MONTHS.get(text[:3].lower(), "").lower()} else 0
