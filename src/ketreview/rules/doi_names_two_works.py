"""One DOI stands in entries of two works."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.duplicate_words import merging, place_of, related_to, titled
from ketreview.linking.duplicates import Clash, Reason
from ketreview.linking.sameness import Verdict
from ketreview.model.entry import Entry
from ketreview.rule import SHARING, Problem, rule


@rule("KR404", SHARING, Severity.ERROR)
def doi_names_two_works(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """Entries with one DOI have titles of different works: the DOI of one was copied, or one was never a work.

    A reader who follows the DOI finds another paper than the one cited; invented references often show themselves so.
    Titles may differ by a tenth, and one may be part of the other.

    It is a warning where the entries agree in PMID or first page, so that one work has two titles, and where both stand
    in one volume of one journal, whose DOI it may be. Nothing is said of chapters and conference papers, abstracts in a
    supplement, volumes of one work, data, translations, and notices such as corrections: they may have the DOI of what
    they are part of, or are about.

    Bad:

    ```bib references.bib
    @article{zanos2016, title = {NMDAR inhibition-independent actions of metabolites}, doi = {10.1038/nature17998}}
    @article{roe2019, title = {Sleep of patients after anaesthesia}, doi = {10.1038/nature17998}}
    ```

    Good:

    ```bib references.bib
    @article{zanos2016, title = {NMDAR inhibition-independent actions of metabolites}, doi = {10.1038/nature17998}}
    @article{roe2019, title = {Sleep of patients after anaesthesia}, doi = {10.1000/182}}
    ```
    """
    for clash in corpus.duplicates.clashes_at(entry, Reason.DOI, Reason.TITLE):
        severity = Severity.ERROR if clash.verdict is Verdict.TWO else Severity.WARNING
        message = (
            f"{titled(clash.entries)} have the same DOI, {shown(clash.name)}, and different titles: {_advice(clash)}"
        )
        related = related_to(clash.entries, corpus)
        yield Problem(message, place_of(entry, Reason.DOI), related=related, severity=severity, peers=clash.peers)


def _advice(clash: Clash) -> str:
    if clash.verdict is Verdict.TWO_TITLES:
        command = merging(clash.entries[0], clash.entries)
        return f"they agree in where they stand, so look up which title is right, then {command}"
    if clash.verdict is Verdict.PERHAPS_TWO:
        return "look up whose it is, or whether it is that of the whole volume, which both stand in"
    return "it names one work, so look up whose it is"
