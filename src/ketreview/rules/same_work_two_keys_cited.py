"""One book cites one work under two keys."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus
from ketreview.linking.books import Book
from ketreview.linking.works import are_one_work
from ketreview.model.citation import Citation
from ketreview.model.entry import Entry
from ketreview.rule import BOOK, Problem, rule


@rule("KR210", BOOK, Severity.WARNING)
def same_work_two_keys_cited(book: Book, corpus: Corpus) -> Iterator[Problem]:
    """The chapters of one book cite one work under two keys, so it appears under two numbers.

    Two entries are one work if they have the same DOI or PMID and titles that do not contradict that, or the same
    title, first author and year and no identifiers that differ. Reported once for each further key, where it is first
    cited. `ketreview refs merge` makes one of them.

    Bad:

    ```toml ketreview.toml
    chapters = ["chapters/*.typ"]
    ```

    ```typ chapters/one.typ
    Ketamine acts within hours @zanos2018 and its metabolites act too @zanos2018b.
    ```

    ```bib references.bib
    @misc{zanos2018, title = {A}, doi = {10.1000/182}}
    @misc{zanos2018b, title = {A}, doi = {10.1000/182}}
    ```

    Good:

    ```toml ketreview.toml
    chapters = ["chapters/*.typ"]
    ```

    ```typ chapters/one.typ
    Ketamine acts within hours @zanos2018 and its metabolites act too @zanos2018.
    ```

    ```bib references.bib
    @misc{zanos2018, title = {A}, doi = {10.1000/182}}
    @misc{zanos2018b, title = {A}, doi = {10.1000/182}}
    ```
    """
    first: dict[str, Citation] = {}
    for citation in corpus.citations_in(book):
        first.setdefault(citation.key, citation)
    met: set[str] = set()
    for key in (key for key in first if key in corpus.works.twins):
        for entry in book.by_key.get(key, ())[:1]:
            twins = (twin for twin in corpus.works.alike(entry) if twin.key in met and are_one_work(entry, twin))
            if (other := next(twins, None)) is not None:
                yield _problem(first[key], entry, first[other.key], other)
            met.add(key)


def _problem(citation: Citation, entry: Entry, before: Citation, other: Entry) -> Problem:
    related = (
        Related(before.span, f"first cited as `{other.key}`"),
        Related(other.key_span, f"the entry of `{other.key}`"),
        Related(entry.key_span, f"the entry of `{entry.key}`"),
    )
    message = (
        f"`{entry.key}` is the same work as `{other.key}`, which is cited too: "
        f"`ketreview refs merge {other.key} {entry.key}`"
    )
    return Problem(message, citation.span, key=entry.key, related=related)
