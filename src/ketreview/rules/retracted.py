"""An entry is of a paper that was retracted."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.retraction import Standing
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.entry import Entry
from ketreview.rule import NOTICED, Problem, rule


@rule("KR801", NOTICED, Severity.ERROR)
def retracted(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """An entry is of a paper that was retracted, by an export of Retraction Watch that the project has.

    What rests on it falls with it: the finding names the claims, ratings, studies and lines of chapters, and says which
    have nothing else (`alone`). It needs the setting `retractions`; without one nothing is looked up. An entry is found
    by its DOI or its PMID among the original papers; the notice of a retraction, which may be cited too, is no
    retracted paper. A reinstatement after the retraction takes it back. Notices later than the day that is judged by do
    not count.

    It is a warning where the title there is another one, so that the entry's DOI or PMID may be wrong, where a
    reinstatement stands beside it and the dates do not say which came last, and where the paper was retracted and
    published anew. That an export does not have a paper proves nothing: exports end on a day, and half of their rows
    have no PMID.

    Bad:

    ```toml ketreview.toml
    retractions = "retractions.csv"
    ```

    ```text retractions.csv
    Record ID,Title,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason
    7,An invented study of sleep,8/16/2023 0:00,10.1000/182,0,Retraction,+Error in Data;
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
    7,An invented study of sleep,8/16/2023 0:00,10.1000/182,0,Retraction,+Error in Data;
    8,An invented study of sleep,2/1/2024 0:00,10.1000/182,0,Reinstatement,
    ```

    ```bib references.bib
    @article{roe2019, author = {Roe, A.}, title = {An invented study of sleep}, doi = {10.1000/182}}
    ```
    """
    found = corpus.retractions.of(entry)
    if found is not None and found.standing in {Standing.RETRACTED, Standing.REPLACED}:
        from ketreview.linking.retraction_words import told  # noqa: PLC0415  loaded where there is something to tell

        what = told(found, corpus)
        yield Problem(what.message, what.span, related=what.related, severity=what.severity)
