"""Years as the field of a work gives them: four digits, or one of the forms that say more than a number can.

BibTeX's own styles take any text "whose last four nonpunctuation characters are numerals, such as `(about 1984)`"
(Patashnik, "BibTeXing", 1988, section 3), and commands that sort (`{\\noopsort{1973b}}1973`).
"""

from __future__ import annotations

import re

from ketreview.appraisal.dates import is_date, nearest_date
from ketreview.patterns import regex

_YEAR = r"(?:1\d\d\d|20\d\d)"
_SURE = r"\s*[?~%\])]{0,2}\s*"
_ORDINARY = regex(
    rf"""[\[(]?(?:(?:ca?|circa|approx|about|around|before|after|copyright|reprint|orig)\.?\s+|c\.\s?|ca\.\s?|©\s?)?
    {_YEAR}{_SURE}                                                   # 1923, [1923?], ca. 1850
    (?:(?:/|--?|–)\d                                                # 1982--4
    |  (?:/|--?|–|,|and\s|or\s|\\?&)?\s*[\[(]?(?:{_YEAR}|\d\d)?{_SURE})?    # 1998/1999, 1998--99, 1899 [2004], 1997/
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ERA = regex(
    r"(?:ca?\.?\s*)?\d{1,4}\s*(?:BCE?|CE|AD)\.?|-\d{1,4}|(?:.{3,12}[\s-])?(?:\d{3}0'?s|\d\d?th\s+century)|\d\d[\dXu][Xu]",
    re.IGNORECASE,
)
_NO_DATE = regex(
    r"[\[(]?(?:n\.?[\s~]?d\.?|s\.?[\s~]?[ad]\.?|o\.?[\s~]?J\.?|no\s+date|undated|sine\s+anno)[\])]?", re.IGNORECASE
)
_MONTH = regex(r"\d\d(\d\d)-(\d\d)", re.ASCII)
_LETTER = regex(rf"{_YEAR}\s?[a-z]", re.IGNORECASE)
_AT_THE_END = regex(rf"[^\d]*(?<!\d){_YEAR}[\s.)\]}}?~%]*")
_WITHIN = regex(rf"(?<!\d){_YEAR}(?!\d)")
_STATE = regex(
    r"\(?(?:in\s+press|forthcoming|to\s+appear|accepted|submitted|in\s+preparation|under\s+review|preprint)\.?\)?",
    re.IGNORECASE,
)
_DIGITS, _MONTHS, _LONGEST = 4, 12, 60


def year_fault(text: str) -> str:
    """What is wrong with a `year`; empty where it gives one, or says that there is none."""
    plain = " ".join(text.strip("{} ").split())
    if not plain or "\\" in plain or (len(plain) == _DIGITS and plain.isdecimal()):
        return ""
    if len(plain) > _LONGEST:
        return "is not a year"
    if _is_month(plain) or (plain.count("-") > 1 and is_date(plain)):
        return "is a date, which biblatex has in `date`"
    return "" if any(form.fullmatch(plain) for form in (_ORDINARY, _ERA, _NO_DATE)) else _other(plain)


def _other(plain: str) -> str:
    """What a text is that is no year."""
    if _STATE.fullmatch(plain):
        return "is no year: `pubstate` says that a work has not appeared yet"
    if _LETTER.fullmatch(plain):
        return f"is not a year: styles add the letter by themselves; did you mean `{plain[:_DIGITS]}`?"
    meant, found = nearest_date(plain), _WITHIN.search(plain)
    if not meant and _AT_THE_END.fullmatch(plain):
        return ""
    hint = f"; did you mean `date = {{{meant}}}`?" if meant else f"; did you mean `{found[0]}`?" if found else ""
    return f"is not a year of four digits{hint}"


def _is_month(plain: str) -> bool:
    """Whether `2020-05` is May; `1998-99` and `2010-11` are two years."""
    found = _MONTH.fullmatch(plain)
    return (
        found is not None
        and 1 <= int(found[2]) <= _MONTHS
        and int(found[2]) != int(found[1]) + 1
        and (int(found[2]) < int(found[1]))
    )
