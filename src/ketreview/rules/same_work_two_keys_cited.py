"""One book cites one work under two keys."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus
from ketreview.linking.books import Book
from ketreview.linking.duplicate_words import merging
from ketreview.linking.duplicates import Work
from ketreview.model.citation import Citation
from ketreview.model.entry import Entry
from ketreview.rule import BOOK, Problem, rule


@rule("KR210", BOOK, Severity.WARNING)
def same_work_two_keys_cited(book: Book, corpus: Corpus) -> Iterator[Problem]:
    """The chapters of one book cite one work under two keys, so it appears under two numbers.

    Two entries are one work if they have the same DOI or PMID and titles that do not contradict that, or the same
    title, first author and year and no identifiers that differ. Reported once for each further key, where it is first
    cited. `ketreview refs merge` makes one of them; which one to keep is told as by KR401.

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
    met: dict[int, Entry] = {}
    for key, citation in first.items():
        for entry in book.by_key.get(key, ())[:1]:
            work = corpus.duplicates.work_of(entry)
            if work is None:
                continue
            other = met.setdefault(id(work), entry)
            if other is not entry:
                yield _problem(work, citation, entry, first[other.key], other)


def _problem(work: Work, citation: Citation, entry: Entry, before: Citation, other: Entry) -> Problem:
    related = (
        Related(before.span, f"first cited as `{other.key}`"),
        Related(other.key_span, f"the entry of `{other.key}`"),
        Related(entry.key_span, f"the entry of `{entry.key}`"),
    )
    command = merging(work.keep, (other, entry))
    message = f"`{entry.key}` is the same work as `{other.key}`, which is cited too: {command}"
    return Problem(message, citation.span, key=entry.key, related=related, peers=(entry.key, other.key))
