"""Randomised evidence was rated up."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.linking.ratings import is_randomised, profile_of
from ketreview.model.rating import Rating
from ketreview.model.vocabulary import Scale
from ketreview.rule import RATING, Problem, rule


@rule("KR505", RATING, Severity.WARNING)
def upgraded_randomised_evidence(rating: Rating, corpus: Corpus) -> Iterator[Problem]:
    """A rating by GRADE that rests on randomised trials alone has a step up.

    Randomised evidence starts at the top; what raises certainty makes up for what observational studies lack, and is
    rarely a reason to take back a step down (Cochrane Handbook, chapter 14). Nothing is said where the body holds
    studies of another or of an unknown design, unless only randomised evidence starts as high as the rating does.

    Bad:

    ```yaml reviews/depression.yaml
    studies:
    - {id: s, design: randomised_trial, state: read}
    certainty:
    - {id: a, outcome: o, scale: grade, start: high, level: high, studies: [s],
       steps: [{domain: large_effect, by: 1, because: risk ratio of 3}]}
    ```

    Good:

    ```yaml reviews/depression.yaml
    studies:
    - {id: s, design: cohort, state: read}
    certainty:
    - {id: a, outcome: o, scale: grade, start: low, level: moderate, studies: [s],
       steps: [{domain: large_effect, by: 1, because: risk ratio of 3}]}
    ```
    """
    profile = profile_of(rating, corpus)
    if rating.scale != Scale.GRADE or profile is None or profile.upgrades_on_randomised:
        return
    for step in rating.steps:
        if step.by > 0 and is_randomised(rating, corpus):
            yield Problem(f"`{rating.id}` raises randomised evidence for {step.domain}", step.span("by"), id=rating.id)
