"""One concern lowers a rating twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus
from ketreview.model.rating import Rating, Step
from ketreview.model.vocabulary import Scale
from ketreview.patterns import regex
from ketreview.rule import RATING, Problem, rule

_WORD = regex(r"[^\W_]+")
_ENOUGH = 4
_MOST = 40  # a rating has few steps; a file that is made to be slow has many


@rule("KR513", RATING, Severity.WARNING)
def concern_counted_twice(rating: Rating, corpus: Corpus) -> Iterator[Problem]:
    """Two steps of a rating by GRADE give the same reason about the same studies.

    One fault of the evidence lowers its certainty once, in the domain where it fits best. A reason is the same if its
    words are, or if four words and more of one stand together in the other. Steps about different studies may share a
    reason.

    Bad:

    ```yaml reviews/depression.yaml
    certainty:
    - id: a
      outcome: o
      scale: grade
      start: high
      level: low
      studies: [s]
      steps:
      - {domain: risk_of_bias, by: -1, because: small trial stopped early, studies: [s]}
      - {domain: imprecision, by: -1, because: small trial stopped early, studies: [s]}
    ```

    Good:

    ```yaml reviews/depression.yaml
    certainty:
    - {id: a, outcome: o, scale: grade, start: high, level: moderate, studies: [s],
       steps: [{domain: imprecision, by: -1, because: small trial stopped early, studies: [s]}]}
    ```
    """
    del corpus
    if rating.scale != Scale.GRADE:
        return
    told = [step for step in rating.steps if step.by and step.because][:_MOST]
    for one, other in combinations(told, 2):
        if _same_reason(one.because, other.because) and _share_studies(one, other):
            message = f"`{rating.id}` counts one concern twice, for {one.domain} and for {other.domain}"
            related = (Related(one.span("because"), "the first time"),)
            yield Problem(message, other.span("because"), id=rating.id, related=related)


def _same_reason(one: str, other: str) -> bool:
    short, long = sorted((_WORD.findall(text.casefold()) for text in (one, other)), key=len)
    if short == long:
        return True
    return len(short) >= _ENOUGH and f" {' '.join(short)} " in f" {' '.join(long)} "


def _share_studies(one: Step, other: Step) -> bool:
    """Whether they are about a study in common; a step without studies is about all of them."""
    return not one.studies or not other.studies or bool({*one.studies} & {*other.studies})
