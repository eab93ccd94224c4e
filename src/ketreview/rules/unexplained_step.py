"""A step down or up is not explained."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.linking.ratings import named_studies
from ketreview.model.rating import Rating, Step
from ketreview.model.vocabulary import Domain, Scale
from ketreview.rule import RATING, Problem, rule

_OF_STUDIES = frozenset({Domain.RISK_OF_BIAS, Domain.INDIRECTNESS})


@rule("KR503", RATING, Severity.WARNING)
def unexplained_step(rating: Rating, corpus: Corpus) -> Iterator[Problem]:
    """A step of a rating by GRADE moves the level and gives no reason, or does not say which studies it is about.

    The Cochrane Handbook asks that every judgement below high be made transparent. A step is about the studies that it
    names. Without any it is about the whole body: that is enough where the rating rests on one study, and for
    inconsistency, imprecision, publication bias and what raises a level, which are judged of all studies together. A
    rating that names no study at all is KR507.

    Bad:

    ```yaml reviews/depression.yaml
    certainty:
    - {id: a, outcome: o, scale: grade, start: high, level: moderate, studies: [s],
       steps: [{domain: imprecision, by: -1}]}
    ```

    Good:

    ```yaml reviews/depression.yaml
    certainty:
    - {id: a, outcome: o, scale: grade, start: high, level: moderate, studies: [s],
       steps: [{domain: imprecision, by: -1, because: few events}]}
    ```
    """
    del corpus
    if rating.scale != Scale.GRADE:
        return
    studies = len(named_studies(rating))
    for step in rating.steps:
        lacking = [part for part in (_reason(step), _studies(step, studies)) if part]
        if step.by and lacking:
            message = f"`{rating.id}`: {step.by:+d} {step.domain} {' and '.join(lacking)}"
            yield Problem(message, step.span("domain"), id=rating.id)


def _reason(step: Step) -> str:
    return "" if step.because else "gives no reason (`because`)"


def _studies(step: Step, studies: int) -> str:
    if step.studies or studies < 2 or step.domain not in _OF_STUDIES:  # noqa: PLR2004  one study is the whole body
        return ""
    return f"does not say which of {studies} studies it is about (`studies`)"
