"""Entries with one PMID have two DOIs, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.duplicate_words import listed, place_of, related_to
from ketreview.linking.duplicates import Clash, Reason
from ketreview.linking.sameness import Verdict
from ketreview.linking.works import doi_of, pmid_of
from ketreview.model.entry import Entry
from ketreview.rule import SHARING, Problem, rule


@rule("KR405", SHARING, Severity.ERROR)
def pmid_doi_conflict(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """Entries with one PMID have two DOIs, or entries with one DOI and one title have two PMIDs: one of them is wrong.

    Versions of one work (`10.12688/f1000research.1234.1` and `.2`, `10.1002/14651858.CD011612.pub2`) and old and new
    DOIs of one publisher are no conflict. Letters of one correspondence may share a DOI: two PMIDs of one DOI are a
    warning where the first authors differ. One DOI with two titles is KR404's.

    Bad:

    ```bib references.bib
    @article{zanos2016, title = {Actions of metabolites}, doi = {10.1038/nature17998}, pmid = {27144355}}
    @article{zanos2016b, title = {Actions of metabolites}, doi = {10.1000/182}, pmid = {27144355}}
    ```

    Good:

    ```bib references.bib
    @article{zanos2016, title = {Actions of metabolites}, doi = {10.1038/nature17998}, pmid = {27144355}}
    @article{roe2019, title = {Sleep after anaesthesia}, doi = {10.1000/182}, pmid = {31000000}}
    ```
    """
    for reason, other in ((Reason.PMID, Reason.DOI), (Reason.DOI, Reason.PMID)):
        for clash in corpus.duplicates.clashes_at(entry, reason, other):
            severity = Severity.ERROR if clash.verdict is Verdict.TWO else Severity.WARNING
            related = related_to(clash.entries, corpus)
            yield Problem(
                _message(clash), place_of(entry, other), related=related, severity=severity, peers=clash.peers
            )


def _message(clash: Clash) -> str:
    one, other, name_of = ("PMID", "DOI", doi_of) if clash.reason is Reason.PMID else ("DOI", "PMID", pmid_of)
    sides = listed([f"{shown(name_of(entry))} in {shown(entry.key)}" for entry in clash.entries])
    doubt = "" if clash.verdict is Verdict.TWO else ", unless they are letters of one correspondence"
    return f"one {one}, {shown(clash.name)}, stands with different {other}s: {sides}; look up which is right{doubt}"
