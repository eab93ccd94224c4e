"""Entries with different keys have one DOI."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.duplicate_words import place_of, related_to, told
from ketreview.linking.duplicates import Reason
from ketreview.model.entry import Entry
from ketreview.rule import SHARING, Problem, rule


@rule("KR401", SHARING, Severity.WARNING)
def same_doi(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """Entries with different keys have one DOI: one work has several numbers in a list of references.

    The message says where each key is cited, which one to keep, and the command that makes them one: what is cited most
    is kept, else the entry with the most fields, else the first. A pair is told once, by its DOI if it has the same
    one, else by PMID (KR402) or title (KR403).

    A DOI in capitals, behind a resolver or in `url` counts as the same. Not reported are a book and its chapters, or
    chapters at different pages, with the DOI of the book; a correction, a reply or data with the DOI of the article;
    entries that name each other (`crossref`, `related`); and copies in the stores of two builds. Titles that differ are
    KR404's, PMIDs that differ KR405's, and one key twice is KR101's.

    Bad:

    ```bib references.bib
    @article{zanos2016, title = {NMDAR inhibition-independent actions of metabolites}, doi = {10.1038/nature17998}}
    @article{zanos2016b, title = {NMDAR Inhibition-Independent Actions of Metabolites}, doi = {10.1038/NATURE17998}}
    ```

    Good:

    ```bib references.bib
    @article{zanos2016, title = {NMDAR inhibition-independent actions of metabolites}, doi = {10.1038/nature17998}}
    ```
    """
    for tie in corpus.duplicates.ties_at(entry, Reason.DOI):
        message = told(tie, corpus, f"the same DOI, {shown(tie.name)}")
        yield Problem(message, place_of(entry, Reason.DOI), related=related_to(tie.entries, corpus), peers=tie.peers)
