"""An entry is of a paper whose journal has published an expression of concern."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.retraction import Standing
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.entry import Entry
from ketreview.rule import NOTICED, Problem, rule


@rule("KR802", NOTICED, Severity.WARNING)
def expression_of_concern(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """An entry is of a paper about which its journal has published an expression of concern.

    The paper stands, and its journal doubts it; what rests on it is named as in KR801, and entries are found in the
    same way, by the setting `retractions`. A paper that was retracted later is KR801 alone, one that was reinstated
    later is neither.

    Bad:

    ```toml ketreview.toml
    retractions = "retractions.csv"
    ```

    ```text retractions.csv
    Record ID,Title,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason
    7,An invented study of sleep,8/16/2023 0:00,10.1000/182,0,Expression of concern,+Concerns/Issues About Data;
    ```

    ```bib references.bib
    @article{roe2019, author = {Roe, A.}, title = {An invented study of sleep}, doi = {10.1000/182}}
    ```

    Good:

    ```toml ketreview.toml
    retractions = "retractions.csv"
    ```

    ```text retractions.csv
    Record ID,Title,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason
    7,An invented study of sleep,8/16/2023 0:00,10.1000/182,0,Expression of concern,+Concerns/Issues About Data;
    ```

    ```bib references.bib
    @article{doe2020, author = {Doe, B.}, title = {An invented study of pain}, doi = {10.1000/281}}
    ```
    """
    found = corpus.retractions.of(entry)
    if found is not None and found.standing is Standing.CONCERN:
        from ketreview.linking.retraction_words import told  # noqa: PLC0415  loaded where there is something to tell

        what = told(found, corpus)
        yield Problem(what.message, what.span, related=what.related, severity=what.severity)
