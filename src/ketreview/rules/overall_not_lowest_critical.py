"""The overall certainty is not the lowest of the critical outcomes."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.grade import LADDER
from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus, is_whole
from ketreview.linking.ratings import Overall, covered_by, overall_of
from ketreview.model.review import Review
from ketreview.model.vocabulary import Level
from ketreview.rule import REVIEW, Problem, rule


@rule("KR509", REVIEW, Severity.WARNING)
def overall_not_lowest_critical(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """An `overall` certainty differs from the lowest level among the ratings of critical outcomes.

    A decision that turns on several outcomes is as sure as the least sure of them (GRADE 18, table 1). Outcomes that
    are important or of limited importance do not count, nor does a critical one without evidence, unless there is none
    for any. Another judgement is allowed with its reason in `override`. Where a rating or an outcome could not be read,
    nothing is said.

    Bad:

    ```yaml reviews/depression.yaml
    question:
      outcomes: [{id: response, name: Response, importance: critical}, {id: harm, name: Harm, importance: critical}]
    certainty:
    - {id: a, outcome: response, scale: grade, level: moderate, studies: [s]}
    - {id: b, outcome: harm, scale: grade, level: low, studies: [s]}
    overall: [{level: moderate}]
    ```

    Good:

    ```yaml reviews/depression.yaml
    question:
      outcomes: [{id: response, name: Response, importance: critical}, {id: harm, name: Harm, importance: critical}]
    certainty:
    - {id: a, outcome: response, scale: grade, level: moderate, studies: [s]}
    - {id: b, outcome: harm, scale: grade, level: low, studies: [s]}
    overall: [{level: low}]
    ```
    """
    if not is_whole(review, "certainty") or review.question is None or not is_whole(review.question, "outcomes"):
        return
    known: dict[tuple[str, str], Overall] = {}
    for stated in review.overall:
        key = (stated.comparison, stated.population)
        if key not in known:
            known[key] = overall_of(covered_by(stated, review, corpus), review, corpus)
        found = known[key]
        computed = found.level or (Level.NO_EVIDENCE if found.critical else None)
        if computed is None or computed is stated.level or stated.override:
            continue
        lowest = [rating for rating in found.critical if rating.level is computed]
        told = (
            f"the lowest critical outcome is {computed}" if computed in LADDER else "no critical outcome has evidence"
        )
        message = f"the overall certainty is {stated.level}, but {told} (`{lowest[0].id}`)"
        related = tuple(Related(rating.span("level"), f"`{rating.outcome}` is {rating.level}") for rating in lowest)
        yield Problem(message, stated.span("level"), id=review.id, related=related)
