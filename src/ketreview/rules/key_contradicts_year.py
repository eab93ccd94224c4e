"""A key names another year than its entry has."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.key_parts import years_in
from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.entry import Entry
from ketreview.rule import Problem, entries, rule

_APART = 2


def _names_no_other_year(entry: Entry) -> bool:
    printed = entry.texts.get("year")
    return (printed is not None and printed in entry.key) or not years_in(entry.key)


@rule("KR328", entries(entry=_names_no_other_year), Severity.INFO)
def key_contradicts_year(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """A key names a year that is two years or more from the entry's.

    One of the two belongs to another work, and whoever cites by key says the wrong year. A year's difference is that
    between online and print, and is not reported. A number that is part of an identifier, or that the title names too
    (`agenda2030`), is no year of a work.

    Bad:

    ```bib references.bib
    @article{leddy2012, title = {Methylphenidate and eating}, year = {2004}}
    ```

    Good:

    ```bib references.bib
    @article{leddy2004, title = {Methylphenidate and eating}, year = {2004}}
    ```
    """
    del corpus
    if _names_no_other_year(entry):
        return
    year, years = entry.year, years_in(entry.key)
    if year is None or any(str(named) in entry.get("date", "year") for named in years):
        return
    if any(abs(named - year) < _APART or str(named) in entry.get("title") for named in years):
        return
    field = entry.field("date") or entry.field("year")
    related = (Related(entry.value_span(field), "the entry's year"),) if field else ()
    message = f"the key {shown(entry.key)} names the year {years[0]}, the entry is of {year}"
    yield Problem(message, entry.key_span, related=related)
