"""The figures of an effect do not agree with one another."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.effect_arithmetic import Bounds, Stated, faults, of_arms
from ketreview.appraisal.figures import Figure, fits, printed
from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus
from ketreview.model.rating import AbsoluteEffect
from ketreview.model.record import Record
from ketreview.model.review import Review
from ketreview.model.study import Arm, Result
from ketreview.model.vocabulary import Measure
from ketreview.rule import REVIEW, Problem, rule

_TWO = 2


@rule("KR515", REVIEW, Severity.WARNING)
def effect_arithmetic(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """An effect lies outside its interval, a risk per 1000 does not follow from it, or arms differ by something else.

    Looked at are the effects of ratings and the results of studies. The risk with the intervention follows from the
    risk with the control and the effect, and their difference from both: where they are stated, they are held against
    that. Figures stand for all that is printed so, rounded or cut off: `2` for 1.5 to 3, `2.00` for 1.995 to 2.01. What
    a study estimates may be adjusted, so its arms are held against it only where they lie outside its interval, and
    without an interval for information.

    Bad:

    ```yaml reviews/depression.yaml
    certainty:
    - id: a
      outcome: o
      scale: grade
      level: low
      studies: [s]
      effect: {measure: risk_ratio, estimate: 1.34, ci: [1.09, 1.64], control_per_1000: 412, intervention_per_1000: 700}
    ```

    Good:

    ```yaml reviews/depression.yaml
    certainty:
    - id: a
      outcome: o
      scale: grade
      level: low
      studies: [s]
      effect: {measure: risk_ratio, estimate: 1.34, ci: [1.09, 1.64], control_per_1000: 412, intervention_per_1000: 552}
    ```
    """
    del corpus
    for rating in review.certainty:
        if rating.effect:
            yield from _of_effect(rating.effect, rating.id)
    for study in review.studies:
        for result in study.results:
            yield from _of_result(result, study.id)


def _of_effect(effect: AbsoluteEffect, name: str) -> Iterator[Problem]:
    stated = Stated(
        effect.measure,
        _figure(effect, "estimate"),
        _bounds(effect, "ci"),
        _figure(effect, "control_per_1000"),
        _figure(effect, "intervention_per_1000"),
        _bounds(effect, "intervention_ci"),
        _figure(effect, "difference_per_1000"),
        _bounds(effect, "difference_ci"),
    )
    for fault in faults(stated):
        yield Problem(f"`{name}`: {fault.message}", effect.span(fault.field), id=name)


def _of_result(result: Result, name: str) -> Iterator[Problem]:
    for arm in result.arms:
        yield from _of_arm(arm, name)
    if result.measure is None or (result.estimate is None and not result.ci):
        return
    stated = Stated(result.measure, _figure(result, "estimate"), _bounds(result, "ci"))
    found = list(faults(stated))
    for fault in found:
        yield Problem(f"`{name}`: {fault.message}", result.span(fault.field), id=name)
    if not found:
        yield from _between_arms(result, stated, name)


def _of_arm(arm: Arm, name: str) -> Iterator[Problem]:
    """An arm's percentage is its events of all in it."""
    if arm.percent is None or arm.events is None or not arm.of:
        return
    share = 100 * arm.events / arm.of
    percent = printed(arm.span("percent").text, arm.percent)
    if not fits(percent, share, share):
        message = f"`{name}`: {arm.events} of {arm.of} are {share:.1f} %, not {percent.value:g} %"
        yield Problem(message, arm.span("percent"), id=name)


def _between_arms(result: Result, stated: Stated, name: str) -> Iterator[Problem]:
    if result.measure is None or stated.estimate is None or len(result.arms) != _TWO:
        return
    field = "mean" if result.measure is Measure.MEAN_DIFFERENCE else "percent"
    arms = [figure for arm in result.arms if (figure := _figure(arm, field))]
    if len(arms) != _TWO:
        return
    shown = of_arms(result.measure, arms)
    estimate, bounds = stated.estimate, stated.ci
    if not shown or any(fits(estimate, one.low, one.high) for one in shown):
        return
    if any(bounds and bounds[0].low <= one.effect <= bounds[1].high for one in shown):
        return  # it may be adjusted
    nearest = min(shown, key=lambda one: abs(one.effect - estimate.value)).effect
    told = f"{arms[0].value:g} against {arms[1].value:g} is {nearest:.4g}, not {estimate.value:g}"
    aside = "; the interval does not hold it either" if bounds else ", unless that is adjusted"
    yield Problem(
        f"`{name}`: {told}{aside}",
        result.span("estimate"),
        id=name,
        related=tuple(Related(arm.span(field), "this arm") for arm in result.arms),
        severity=None if bounds else Severity.INFO,
    )


def _figure(record: Record, field: str) -> Figure | None:
    value = getattr(record, field)
    return None if value is None else printed(record.span(field).text, value)


def _bounds(record: Record, field: str) -> Bounds:
    return tuple(
        printed(record.span(f"{field}.{index}").text, value) for index, value in enumerate(getattr(record, field))
    )
