"""A GRADE level rests on no study."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.grade import LADDER
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.rating import Rating
from ketreview.model.vocabulary import Level, Scale
from ketreview.rule import RATING, Problem, rule


@rule("KR507", RATING, Severity.WARNING)
def rated_without_studies(rating: Rating, corpus: Corpus) -> Iterator[Problem]:
    """A rating by GRADE has a level, and neither it nor any of its steps names a study.

    GRADE rates a body of evidence. Where there is none, the level is `no_evidence`, which is not the same as
    `very_low`: there the evidence was seen and does not carry.

    Bad:

    ```yaml reviews/mecfs.yaml
    certainty:
    - {id: a, outcome: fatigue, scale: grade, level: very_low}
    ```

    Good:

    ```yaml reviews/mecfs.yaml
    certainty:
    - {id: a, outcome: fatigue, scale: grade, level: no_evidence}
    ```
    """
    del corpus
    named = rating.studies or any(step.studies for step in rating.steps)
    if rating.scale == Scale.GRADE and rating.level in LADDER and not named:
        message = f"`{rating.id}` is {rating.level} and names no study; without evidence it is {Level.NO_EVIDENCE}"
        yield Problem(message, rating.span("level"))
