"""A page of the web has no day on which it was seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ketreview.appraisal.doi_urls import doi_in_url
from ketreview.appraisal.pubmed import labelled_pmid
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.linking.shapes import Shape
from ketreview.model.entry import Entry
from ketreview.patterns import regex
from ketreview.rule import Problem, entries, rule

_ONLINE = frozenset({"online", "electronic", "www", "webpage", "website"})
_LASTING = ("doi", "pmid", "pmcid", "pmc", "eprint", "isbn")
_DATES = ("urldate", "accessed", "accessdate", "access-date", "lastchecked", "lastaccessed", "visited", "retrieved")
_SEEN = regex(
    r"\b(?:access|retriev|visit|consult|view|check|abgerufen|zugriff|consulté|consultad|geraadpleegd|archived)",
    re.IGNORECASE,
)
_ARCHIVED = regex(r"//(?:web\.archive\.org/|archive\.(?:ph|today|is)/|perma\.cc/|www\.webcitation\.org/)")


def _is_no_page(shape: Shape, _corpus: Corpus) -> bool:
    return shape.type not in _ONLINE


@rule("KR327", entries(shape=_is_no_page), Severity.INFO)
def no_access_date(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """A page of the web has neither `urldate` nor a DOI or PMID.

    Pages change and go. Without the day on which it was seen nobody can find the version that was meant in an archive.
    Only types of the web (`@online` and its other names) with a `url` are looked at; a date in `note` or
    `howpublished` ("accessed 2 May 2024"), an identifier in the URL and the address of an archived copy pass.

    Bad:

    ```bib references.bib
    @online{who2024, title = {A}, url = {https://www.who.int/news}}
    ```

    Good:

    ```bib references.bib
    @online{who2024, title = {A}, url = {https://www.who.int/news}, urldate = {2024-05-02}}
    ```
    """
    del corpus
    if entry.type not in _ONLINE or entry.get(*_LASTING) or entry.get(*_DATES):
        return
    field = entry.field("url")
    if field is None or not field.value.strip() or _lasts(field.value):
        return
    if not any(_SEEN.search(entry.get(name)) for name in ("note", "howpublished", "addendum", "annote")):
        yield Problem(
            f"this `@{entry.type}` has no `urldate`: a page changes, so say when it was seen", entry.value_span(field)
        )


def _lasts(url: str) -> bool:
    """Whether a URL is one of a work that does not change."""
    return _ARCHIVED.search(url) is not None or labelled_pmid(url.strip()) != "" or doi_in_url(url) is not None
