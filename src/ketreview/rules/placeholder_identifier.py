"""An identifier stands for one that nobody looked up."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.doi_urls import doi_in_url, names_no_doi
from ketreview.appraisal.placeholders import Imprint, Suspicion, may_be_placeholder, suspicion
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.values import Usual
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values

_KINDS = {
    **{name: name for name in ("doi", "pmid", "pmcid", "isbn", "issn", "orcid", "eprint", "url")},
    "pmc": "pmcid",
    "arxiv": "eprint",
    "arxivid": "eprint",
}


def _is_real(text: str) -> bool:
    return not may_be_placeholder(text)


_USUAL: dict[str, Usual] = {**dict.fromkeys(_KINDS, _is_real), "url": names_no_doi}


@rule("KR311", values(*_KINDS, usual=_USUAL), Severity.ERROR)
def placeholder_identifier(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """An identifier is a placeholder, as invented references have them.

    For certain, and an error: runs of X (`10.1101/2025.12.XX.XXXXXX`), `tbc`, and a DOI whose last part is `12345-6`,
    `1234567` or letters and then only zeros (`JCI000000`). Other digits in order (`12345678` as a PMID) or repeated
    ones and prefixes of examples (`10.1234/…`, `10.5072/…`) are a warning, for some work may have them.

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
    text, kind = value.text, _KINDS[value.name]
    if kind == "url":
        named = doi_in_url(text) if "10." in text and not value.beside("doi") else None
        text, kind = named.doi if named else "", "doi"
    if not may_be_placeholder(text):
        return
    if found := suspicion(kind, text, _imprint(value)):
        severity = None if found.certain else Severity.WARNING
        yield problem_of(value, _message(" ".join(text.split()), found), severity=severity)


def _imprint(value: Value) -> Imprint:
    return Imprint(value.beside("volume"), value.beside("number", "issue"), value.beside("pages", "eid", "articleno"))


def _message(text: str, found: Suspicion) -> str:
    if found.certain:
        return f"{shown(text)} {found.reason}, as a placeholder does; look up the real one, or leave the field out"
    return f"{shown(text)} {found.reason}; look up whether it is this work's"
