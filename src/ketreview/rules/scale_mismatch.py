"""A rating is on a scale that does not measure what it rates."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.question import Outcome
from ketreview.model.rating import Rating
from ketreview.model.vocabulary import OutcomeKind, Scale
from ketreview.rule import RATING, Problem, rule

_OTHERS = frozenset({Scale.PLAUSIBILITY, Scale.FEASIBILITY})


@rule("KR508", RATING, Severity.WARNING)
def scale_mismatch(rating: Rating, corpus: Corpus) -> Iterator[Problem]:
    """A rating by GRADE names no outcome, or a named harm is rated on another scale.

    GRADE says how certain the effect on one outcome is. A mechanism has a plausibility, a treatment in practice a
    feasibility, and a "safety profile" is no outcome: each harm of it is one, and is rated by GRADE like a benefit.

    Bad:

    ```yaml reviews/mecfs.yaml
    certainty:
    - {id: a, subject: safety profile, scale: grade, level: moderate, studies: [s]}
    ```

    Good:

    ```yaml reviews/mecfs.yaml
    question:
      outcomes: [{id: dissociation, name: Dissociation, importance: important, kind: harm}]
    certainty:
    - {id: a, outcome: dissociation, scale: grade, level: moderate, studies: [s]}
    ```
    """
    if rating.scale == Scale.GRADE and not rating.outcome:
        rated = shown(rating.subject) if rating.subject else "what it does not say"
        message = (
            f"`{rating.id}` rates {rated} by GRADE, which rates an outcome: name it in `outcome`, or rate a mechanism"
            " by plausibility and practice by feasibility"
        )
        yield Problem(message, rating.span("subject" if rating.subject else "scale"))
    outcome = corpus.record(corpus.review_of(rating), "outcome", rating.outcome)
    if rating.scale in _OTHERS and isinstance(outcome, Outcome) and outcome.kind is OutcomeKind.HARM:
        message = f"`{rating.id}` rates the harm `{outcome.id}` by {rating.scale}; a named harm is rated by GRADE"
        yield Problem(message, rating.span("scale"))
