"""A date is not one that biblatex reads, or is not what `year` and `month` say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ketreview.appraisal.dates import date_parts, is_date, month_number, nearest_date
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.patterns import regex
from ketreview.rule import Problem, problem_of, rule, values

_ORDINARY = regex(r"(?:1\d|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1\d|2[0-8]))?)?", re.ASCII)
_BESIDE_IT = ("urldate", "eventdate", "origdate")  # whose ordinary forms nothing is held against
_FULL = regex(r"\d{4}-\d\d(?:-\d\d)?", re.ASCII)
_DIGITS = 4


@rule("KR314", values("date", *_BESIDE_IT, usual=dict.fromkeys(_BESIDE_IT, _ORDINARY.fullmatch)), Severity.WARNING)
def bad_date(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """A date is not written as biblatex reads dates, or `date` says otherwise than `year` or `month` beside it.

    biblatex leaves out what it cannot read, and takes `date` where `year` stands too. It reads EDTF of levels 0 and 1:
    `2001-05-03`, `2001-05`, `2001`, ranges (`2001/2003`, `1997/`, `/2020`, `1997/..`), doubt (`2001?`, `2001~`,
    `2001%`), seasons (`2004-21`), digits that are not known (`199X`, `1999-XX`), a time, and years before Christ.
    What a source prints is not judged, as print has its own forms.

    Bad:

    ```bib references.bib
    @article{klein2020, title = {A}, date = {May 3, 2020}}
    @article{gross2020, title = {B}, date = {2020-05}, year = {2019}}
    ```

    Good:

    ```bib references.bib
    @article{klein2020, title = {A}, date = {2020-05-03}}
    @article{gross2020, title = {B}, date = {2020-05}}
    ```
    """
    del corpus
    text = value.text.strip()
    if not text or value.entry is None:
        return
    if not (_ORDINARY.fullmatch(text) or is_date(text)):
        yield problem_of(value, f"{shown(value.folded)} {_fault(text)}")
    elif value.name == "date" and (message := _against(value, text)):
        yield problem_of(value, message)


def _fault(text: str) -> str:
    if _FULL.fullmatch(text):
        return "is not in the calendar: that year has no such month or day"
    meant = nearest_date(text)
    hint = f"did you mean `{meant}`?" if meant else "it reads such as `2020-05-03`, `2020-05` and `2019/2020`"
    return f"is not a date that biblatex reads; {hint}"


def _against(value: Value, date: str) -> str:
    """What `year` or `month` says otherwise than a date; of a range either end may be meant."""
    parts = [found for part in date.split("/") if (found := date_parts(part))]
    year, month = value.beside("year"), value.beside("month")
    if parts and len(year) == _DIGITS and year.isdecimal() and int(year) not in {part.year for part in parts}:
        return f"`date` is {shown(date)} and `year` is {shown(year)}; biblatex takes the first, BibTeX the second"
    months = {part.month for part in parts} - {None}
    number = int(month) if month.isascii() and month.isdecimal() and len(month) < _DIGITS else month_number(month)
    if months and number is not None and number not in months:
        return f"`date` is {shown(date)} and `month` is {shown(month)}; biblatex takes the first, BibTeX the second"
    return ""
