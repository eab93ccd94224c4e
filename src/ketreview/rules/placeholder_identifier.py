"""An identifier stands for one that nobody looked up."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.doi_urls import doi_in_url
from ketreview.appraisal.placeholders import Imprint, Suspicion, suspicion
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.parsing.text import shown
from ketreview.rule import Problem, problem_of, rule, values

_FIELDS = ("doi", "pmid", "pmcid", "pmc", "isbn", "issn", "orcid", "eprint", "url")


@rule("KR311", values(*_FIELDS), Severity.ERROR)
def placeholder_identifier(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """An identifier is a placeholder, as invented references have them.

    For certain, and an error: runs of X (`10.1101/2025.12.XX.XXXXXX`), `tbc`, and a DOI whose last part is `12345-6`,
    `1234567` or letters and then only zeros (`JCI000000`). Other digits in order (`12345678` as a PMID) or repeated
    ones, prefixes of examples (`10.1234/…`, `10.5072/…`) and `example.com` are a warning, for some work may have
    them.

    What publishers really use passes: blocks such as `10.2165/11539240-000000000-00000`; digits that are the entry's
    own volume, issue and page (`10.3390/jcm11123456`) or its article number; digits in order within longer ones
    (`10.1056/NEJM200107123450202`); an ISBN in a book's DOI; the ACM's `10.5555/…`; the ISBN `978-3-16-148410-0`.

    Bad:

    ```bib references.bib
    @article{huerta2025, title = {A}, doi = {10.1016/S1474-4422(24)12345-6}}
    ```

    Good:

    ```bib references.bib
    @article{taylor2001, title = {A}, doi = {10.1056/NEJM200107123450202}}
    ```
    """
    del corpus
    own = Imprint(value.beside("volume"), value.beside("number", "issue"), value.beside("pages", "eid", "articleno"))
    text, found = value.folded, suspicion(value.name, value.text, own)
    if value.name == "url" and not found and not value.beside("doi") and (named := doi_in_url(value.text)):
        text, found = named.doi, suspicion("doi", named.doi, own)
    if found:
        yield problem_of(value, _message(text, found), severity=None if found.certain else Severity.WARNING)


def _message(text: str, found: Suspicion) -> str:
    if found.certain:
        return f"{shown(text)} {found.reason}, as a placeholder does; look up the real one, or leave the field out"
    return f"{shown(text)} {found.reason}; look up whether it is this work's"
