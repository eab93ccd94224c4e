"""A GRADE level is not what its start and steps give."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.grade import LADDER, computed
from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus, is_whole
from ketreview.model.rating import Rating
from ketreview.model.vocabulary import Scale
from ketreview.rule import RATING, Problem, rule


@rule("KR501", RATING, Severity.WARNING)
def certainty_mismatch(rating: Rating, corpus: Corpus) -> Iterator[Problem]:
    """A rating by GRADE states a level other than `start` plus its steps.

    Either a step is missing or the level is. Sums stop at high and at very low. A judgement of the whole that differs
    is allowed with its reason in `override`. A rating without `start` states no sum, and `no_evidence` is none. Steps
    that could not be read are not guessed: then nothing is said.

    Bad:

    ```yaml reviews/depression.yaml
    certainty:
    - {id: a, outcome: o, scale: grade, start: high, level: moderate, studies: [s],
       steps: [{domain: imprecision, by: -2, because: few events, studies: [s]}]}
    ```

    Good:

    ```yaml reviews/depression.yaml
    certainty:
    - {id: a, outcome: o, scale: grade, start: high, level: low, studies: [s],
       steps: [{domain: imprecision, by: -2, because: few events, studies: [s]}]}
    ```
    """
    del corpus
    if rating.scale != Scale.GRADE or rating.start is None or rating.override or not is_whole(rating, "steps"):
        return
    level = computed(rating.start, (step.by for step in rating.steps))
    if level is None or rating.level not in LADDER or level == rating.level:
        return
    sums = "".join(f" {step.by:+d} {step.domain}" for step in rating.steps)
    message = f"`{rating.id}` is {rating.level}, but {rating.start}{sums or ' without steps'} is {level}"
    related = (
        Related(rating.span("start"), "starts here"),
        *(Related(step.span("by"), step.domain) for step in rating.steps),
    )
    yield Problem(message, rating.span("level"), related=related)
