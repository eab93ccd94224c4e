"""The margin of a comparison lies where the intervention is better, or where nothing can be worse."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.effects import RATIOS, as_float, no_effect
from ketreview.appraisal.hypotheses import is_margin
from ketreview.appraisal.statements import better_where
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.question import Outcome
from ketreview.model.rating import Rating
from ketreview.model.vocabulary import Desired, HypothesisKind, Measure
from ketreview.rule import RATING, Problem, rule


@rule("KR518", RATING, Severity.WARNING)
def misplaced_margin(rating: Rating, corpus: Corpus) -> Iterator[Problem]:
    """The margin of a comparison lies where the intervention is better, or where nothing can be worse.

    The `margin` of a hypothesis is the effect from which the intervention would be too much worse, in the measure of
    the rating's effect: -10 for ten percentage points fewer responders, 1.25 for a risk ratio of relapse. With its sign
    lost it lies on the better side, and whatever is told of noninferiority is wrong. Looked at are margins of measures
    whose value without an effect is known; the better side is looked at where `desired` is stated, or a harm is
    counted, and not for equivalence, whose margin holds on both sides.

    Bad:

    ```yaml reviews/depression.yaml
    question:
      outcomes: [{id: response, name: Response, importance: critical, desired: higher}]
    certainty:
    - id: response-ect
      outcome: response
      scale: grade
      level: low
      studies: [elekt]
      hypothesis: {kind: noninferiority, margin: 10}
      effect: {measure: risk_difference, estimate: 14.2, ci: [3.9, 24.2]}
    ```

    Good:

    ```yaml reviews/depression.yaml
    question:
      outcomes: [{id: response, name: Response, importance: critical, desired: higher}]
    certainty:
    - id: response-ect
      outcome: response
      scale: grade
      level: low
      studies: [elekt]
      hypothesis: {kind: noninferiority, margin: -10}
      effect: {measure: risk_difference, estimate: 14.2, ci: [3.9, 24.2]}
    ```
    """
    asked, effect = rating.hypothesis, rating.effect
    if asked is None or effect is None or asked.margin is None or asked.kind is HypothesisKind.SUPERIORITY:
        return
    nothing = no_effect(effect.measure)
    if nothing is None:
        return
    words = effect.measure.replace("_", " ")
    measure = f"an {words}" if words[0] in "aeiou" else f"a {words}"
    if not is_margin(effect.measure, asked.margin):
        ratio = " above 0" if effect.measure in RATIOS else ""
        message = f"{measure} of {asked.margin:g} is no margin; it is a number{ratio} apart from {nothing:g}, no effect"
        yield Problem(f"`{rating.id}`: {message}", asked.span("margin"))
    elif asked.kind is HypothesisKind.NONINFERIORITY:
        better = _better(rating, effect.measure, corpus)
        if better and (better is Desired.HIGHER) == (as_float(asked.margin) > nothing):
            mirrored = _mirrored(effect.measure, as_float(asked.margin))
            message = f"{measure} of {asked.margin:g} is no worse: `{rating.outcome}` is better {better}"
            yield Problem(f"`{rating.id}`: {message}; is {mirrored:.4g} meant?", asked.span("margin"))


def _better(rating: Rating, measure: Measure, corpus: Corpus) -> Desired | None:
    outcome = corpus.record(corpus.review_of(rating), "outcome", rating.outcome)
    return better_where(measure, outcome.kind, outcome.desired) if isinstance(outcome, Outcome) else None


def _mirrored(measure: Measure, margin: float) -> float:
    """The margin as far from no effect on the other side."""
    return 1 / margin if measure in RATIOS else -margin
