"""A DOI has another year in it than its entry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ketreview.appraisal.doi_years import years_in
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.patterns import regex
from ketreview.rule import Problem, problem_of, rule, values

_YEAR = regex(r"\b(?:19|20)\d\d\b", re.ASCII)
_HINT = regex(r"19[5-9]\d|20[0-4]\d|\(\d\d\)|-0\d\d-", re.ASCII)  # a part of each form that is read
_ORDINARY = 1


@rule("KR330", values("doi"), Severity.WARNING, default=False)
def odd_year_for_doi(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """The year that a publisher put into a DOI differs from the entry's by more than one.

    One year is ordinary, as articles appear online before their issue; more may be too, so the rule is off unless it is
    asked for. It helps to find a DOI that belongs to another work. Only years where publishers are known to put them
    are read, and if a DOI may have several, one that fits is enough.

    Bad:

    ```toml ketreview.toml
    select = ["ALL"]
    ```

    ```bib references.bib
    @article{kato2021, title = {A}, year = {2021}, doi = {10.1016/j.jad.2012.11.028}}
    ```

    Good:

    ```toml ketreview.toml
    select = ["ALL"]
    ```

    ```bib references.bib
    @article{kato2021, title = {A}, year = {2021}, doi = {10.1016/j.jad.2020.11.028}}
    ```
    """
    del corpus
    if not _HINT.search(value.text):
        return
    own = _YEAR.search(value.beside("date", "year"))
    years = years_in(value.text) if own and own[0] not in value.text else ()
    if own and years and all(abs(int(own[0]) - year) > _ORDINARY for year in years):
        named = " or ".join(map(str, years))
        yield problem_of(value, f"{shown(value.folded)} has the year {named} in it, and its entry says {own[0]}")
