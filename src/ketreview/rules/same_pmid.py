"""Entries with different keys have one PMID."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.duplicate_words import place_of, related_to, titled, told
from ketreview.linking.duplicates import Reason
from ketreview.model.entry import Entry
from ketreview.rule import SHARING, Problem, rule


@rule("KR402", SHARING, Severity.WARNING)
def same_pmid(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """Entries with different keys have one PMID: they are one work, or one of them has the PMID of another.

    A PMID names one record of PubMed. Where titles agree, or first author and page, the message says which key to keep
    and how, as that of KR401; where they do not, that one of the PMIDs is wrong. A pair with the same DOI is told by
    KR401 or KR404 alone, and one whose DOIs differ by KR405.

    Bad:

    ```bib references.bib
    @article{zanos2016, title = {NMDAR inhibition-independent actions of metabolites}, pmid = {27144355}}
    @article{zanos2016b, title = {NMDAR Inhibition-Independent Actions of Metabolites}, pmid = {27144355}}
    ```

    Good:

    ```bib references.bib
    @article{zanos2016, title = {NMDAR inhibition-independent actions of metabolites}, pmid = {27144355}}
    ```
    """
    for tie in corpus.duplicates.ties_at(entry, Reason.PMID):
        message = told(tie, corpus, f"the same PMID, {shown(tie.name)}")
        yield Problem(message, place_of(entry, Reason.PMID), related=related_to(tie.entries, corpus), peers=tie.peers)
    for clash in corpus.duplicates.clashes_at(entry, Reason.PMID, Reason.TITLE):
        message = (
            f"{titled(clash.entries)} have the same PMID, {shown(clash.name)}, and different titles: "
            "it names one record of PubMed, so look up which has the wrong one"
        )
        yield Problem(
            message, place_of(entry, Reason.PMID), related=related_to(clash.entries, corpus), peers=clash.peers
        )
