"""Dates as biblatex reads them: ISO 8601-2, that is EDTF, of levels 0 and 1.

The grammar is that of biber's date parser (biblatex manual, "Date and Time Specifications"): `2001-05-03`, `2001-05`,
`2001`, `-0044`, `Y17000000002`; a time behind a whole day; `?`, `~` and `%` for what is uncertain or approximate;
seasons and other divisions of a year, 21 to 41; `X` for digits that are not specified; two dates parted by `/`, either
of which may be left out or be `..`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import NamedTuple

from ketreview.patterns import regex

_DAY = regex(r"(?P<year>-?\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", re.ASCII)
_TIME = regex(r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_FAR = regex(r"Y-?\d{5,}", re.ASCII)
_UNSPECIFIED = regex(r"\d{3}X|\d\dXX|\d{4}-XX(?:-XX)?|\d{4}-(?:0[1-9]|1[0-2])-XX", re.ASCII)
_DIVISIONS = range(21, 42)
_MONTHS = range(1, 13)
_LONGEST = 60
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The abbreviations of the months that BibTeX styles define, in order."""

_MONTH_FIRST = regex(r"([^\W\d_]{3,10})\.?(?:\s+([0-9]{1,2})(?:st|nd|rd|th)?)?,?\s+([0-9]{4})")
_DAY_FIRST = regex(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?\s+([^\W\d_]{3,10})\.?,?\s+([0-9]{4})")
_WITHOUT_SIGNS = regex(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_YEAR_FIRST = regex(r"(\d{4})\s*[-/. ‐‑–]\s*(\d{1,2})(?:\s*[-/. ‐‑–]\s*(\d{1,2}))?", re.ASCII)
_YEAR_AND_NAME = regex(r"([0-9]{4})[\s-]+([^\W\d_]{3,10})\.?(?:[\s-]+([0-9]{1,2}))?")


class DateParts(NamedTuple):
    """A year, and a month and a day where they are given."""

    year: int
    month: int | None = None
    day: int | None = None


def is_date(text: str) -> bool:
    """Whether biblatex reads `text` as a date or a range of dates."""
    first, slash, last = text.partition("/")
    if not slash:
        return _is_one(first) or _UNSPECIFIED.fullmatch(first) is not None
    return (first != "" or last != "") and all(part in {"", ".."} or _is_one(part) for part in (first, last))


def date_parts(text: str) -> DateParts | None:
    """The year, month and day that a date, or the first of a range, begins with; None if it does not."""
    found = _DAY.match(text)
    if found is None:
        return None
    month, day = found["month"], found["day"]
    return DateParts(int(found["year"]), int(month) if month else None, int(day) if day else None)


def nearest_date(text: str) -> str:
    """The date that `text` may mean, if its order is certain; else empty. `3/4/2020` is not."""
    if len(text) > _LONGEST:
        return ""
    if found := _YEAR_FIRST.fullmatch(text) or _WITHOUT_SIGNS.fullmatch(text):
        return _written(found[1], int(found[2]), found[3])
    if (found := _MONTH_FIRST.fullmatch(text)) and (month := month_number(found[1])):
        return _written(found[3], month, found[2])
    if (found := _DAY_FIRST.fullmatch(text)) and (month := month_number(found[2])):
        return _written(found[3], month, found[1])
    if (found := _YEAR_AND_NAME.fullmatch(text)) and (month := month_number(found[2])):
        return _written(found[1], month, found[3])
    return ""


_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "january januar janvier enero gennaio januari janeiro",
            "february februar février fevrier febrero febbraio februari fevereiro feber",
            "march märz maerz mars marzo maart março marco mrz",
            "april avril abril aprile avr abr",
            "may mai mayo maggio mei maio",
            "june juni juin junio giugno junho",
            "july juli juillet julio luglio julho juil",
            "august août aout agosto augustus ago",
            "september septembre septiembre settembre setembro sept",
            "october oktober octobre octubre ottobre outubro okt",
            "november novembre noviembre novembro",
            "december dezember décembre decembre diciembre dicembre dezembro dez déc",
        ),
        1,
    )
    for name in [*names.split(), names[:3]]
}


def month_number(name: str) -> int | None:
    """The number of a month by its name, in the languages of most stores, or by its English abbreviation."""
    return _NAMES.get(name.strip().rstrip(".").casefold())


def _is_one(text: str) -> bool:
    """Whether `text` is one date, with or without a time and a mark of doubt."""
    text = text[:-1] if text[-1:] in {"?", "~", "%"} else text
    found = _DAY.match(text)
    if found is None:
        return _FAR.fullmatch(text) is not None
    rest = text[found.end() :]
    return _is_real(found) and (not rest or (found["day"] is not None and _TIME.fullmatch(rest) is not None))


def _is_real(found: re.Match[str]) -> bool:
    """Whether the year has this month, or this division, and the month this day."""
    if found["month"] is None:
        return True
    month = int(found["month"])
    if found["day"] is None:
        return month in _MONTHS or month in _DIVISIONS
    return month in _MONTHS and 1 <= int(found["day"]) <= days_in(int(found["year"]), month)


def days_in(year: int, month: int) -> int:
    """The days of a month; years before 1 are counted as the calendar would have had them."""
    return monthrange(year % 400 + 2000, month)[1]


def _written(year: str, month: int, day: str | None) -> str:
    text = f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
    return text if is_date(text) and month in _MONTHS else ""
