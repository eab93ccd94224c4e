"""Entries with different keys have one title, first author and year."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.linking.duplicate_words import place_of, related_to, told
from ketreview.linking.duplicates import Reason
from ketreview.model.entry import Entry
from ketreview.rule import SHARING, Problem, rule


@rule("KR403", SHARING, Severity.WARNING)
def same_title(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """Entries with different keys have one title, first author and year, and nothing that tells them apart.

    Titles are compared by their letters and digits alone; one slip in a long word passes where the place in print is
    the same. The message says which key to keep and how, as that of KR401.

    Not reported are entries that differ in DOI, PMID, page, volume, number, month, edition, version, chapter, ISBN,
    eprint or journal (abbreviated or not); of different kinds, such as a book and a chapter, a thesis and an article,
    a preprint and what was published; titles that differ in a number or a short word (`Part I`, `Part II`); titles with
    under 20 letters; and, unless their place in print is the same, titles that many works have (a reply, an erratum, an
    editorial) and works without an author.

    Bad:

    ```bib references.bib
    @article{klein2020, author = {Klein, M.}, title = {Ketamine in the opioid system}, year = {2020}}
    @article{klein2020b, author = {M. Klein}, title = {{Ketamine} in the Opioid System}, year = {2020}}
    ```

    Good:

    ```bib references.bib
    @article{klein2020, author = {Klein, M.}, title = {Ketamine in the opioid system, part I}, year = {2020}}
    @article{klein2020b, author = {M. Klein}, title = {{Ketamine} in the Opioid System, Part II}, year = {2020}}
    ```
    """
    for tie in corpus.duplicates.ties_at(entry, Reason.TITLE):
        shared = f"{'nearly ' if tie.nearly else ''}the same title, and the same first author and year"
        yield Problem(
            told(tie, corpus, shared),
            place_of(entry, Reason.TITLE),
            related=related_to(tie.entries, corpus),
            peers=tie.peers,
        )
