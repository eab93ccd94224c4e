"""An entry is of a paper that was corrected."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.retraction import Standing
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.entry import Entry
from ketreview.rule import NOTICED, Problem, rule


@rule("KR803", NOTICED, Severity.INFO)
def corrected(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """An entry is of a paper that was corrected after it was published.

    A correction may be of a figure that a review took over, or of an address: look up what it corrects. Entries are
    found as in KR801, by the setting `retractions`. Exports have few of all corrections that there are. Of a
    paper that was retracted or doubted too, nothing is said here.

    Bad:

    ```toml ketreview.toml
    retractions = "retractions.csv"
    ```

    ```text retractions.csv
    Record ID,Title,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason
    7,An invented study of sleep,8/16/2023 0:00,10.1000/182,0,Correction,+Error in Data;
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
    7,An invented study of sleep,8/16/2023 0:00,10.1000/182,0,Correction,+Error in Data;
    ```

    ```bib references.bib
    @article{doe2020, author = {Doe, B.}, title = {An invented study of pain}, doi = {10.1000/281}}
    ```
    """
    found = corpus.retractions.of(entry)
    if found is not None and found.standing is Standing.CORRECTED:
        from ketreview.linking.retraction_words import told  # noqa: PLC0415  loaded where there is something to tell

        what = told(found, corpus)
        advice = "look up whether what is taken from it is what was corrected"
        yield Problem(f"{what.message}; {advice}", what.span, related=what.related, severity=what.severity)
