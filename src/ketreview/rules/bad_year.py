"""A year is not one, or has not come yet."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.dates import date_parts
from ketreview.appraisal.years import year_fault
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.values import Usual
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values

_DIGITS = 4
_EARLY = 1900


def _usual(corpus: Corpus) -> dict[str, Usual]:
    return {"year": frozenset(map(str, range(_EARLY, corpus.as_of.year + 1))).__contains__}


@rule("KR313", values("year", "date", usual_at=_usual), Severity.WARNING)
def bad_year(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """A `year` does not have four digits, or a year is later than the next one.

    Works are dated up to a year ahead; what lies further is a slip. Two years (`1998/1999`, `1998--99`), years in
    brackets or with `ca.`, years before Christ, and `n.d.` are fine, and so is whatever stands beside a `pubstate`.
    Other forms of `date` are KR314's. In print `2020a` and `in press` are as they should be, and pass there.

    Bad:

    ```bib references.bib
    @article{klein2020, title = {A}, year = {20202}}
    ```

    Good:

    ```bib references.bib
    @article{klein2020, title = {A}, year = {2020}}
    @article{gross2020, title = {B}, year = {n.d.}}
    ```
    """
    text = value.text
    if len(text) == _DIGITS and text.isascii() and text.isdecimal() and int(text) <= corpus.as_of.year:
        return  # nearly every entry of a store ends here
    year, limit = _year(value), corpus.as_of.year + 1
    if year is not None and year > limit:
        yield problem_of(value, f"the year {year} is later than {limit}, the year after that of this check")
    elif (
        value.entry is not None and value.name == "year" and not value.beside("pubstate") and (why := year_fault(text))
    ):
        yield problem_of(value, f"{shown(value.folded)} {why}")


def _year(value: Value) -> int | None:
    """The year that a value begins with; of a `year`, if it is nothing else."""
    text = value.text.strip("{} ")
    if value.name == "date":
        found = date_parts(text)
        return found.year if found else None
    return int(text) if len(text) == _DIGITS and text.isdecimal() else None
