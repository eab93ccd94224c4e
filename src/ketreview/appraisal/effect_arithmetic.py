"""Whether the figures of an effect agree: its interval, the risks per 1000, their difference, the arms of a study.

Every figure stands for the range that is printed so (`figures`), and what follows from several of them for the range of
all that these may be: rounding is no fault. Sources of the arithmetic: see `effects`. A hazard ratio may be of an event
or of being free of it (GRADE 27, PMID 31711910), so either is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ketreview.appraisal.effects import POINTS, RATIOS, THOUSAND, effect_from_risks, risk_with_intervention
from ketreview.appraisal.figures import Figure, fits
from ketreview.frozen import frozen
from ketreview.model.vocabulary import Measure

Bounds = tuple[Figure, ...]
"""Two figures, or none."""
_CRUDE = frozenset({Measure.RISK_RATIO, Measure.ODDS_RATIO})
_ALL = 3


@frozen
class Stated:
    """The figures of an effect as they are printed; risks and their difference are per 1000."""

    measure: Measure | None
    estimate: Figure | None = None
    ci: Bounds = ()
    control: Figure | None = None
    intervention: Figure | None = None
    intervention_ci: Bounds = ()
    difference: Figure | None = None
    difference_ci: Bounds = ()


class Fault(NamedTuple):
    """A field whose figure does not agree with others, and why."""

    field: str
    message: str


def faults(stated: Stated) -> Iterator[Fault]:
    """What does not agree, each field once."""
    seen = set()
    for fault in (*_intervals(stated), *_risks(stated), *_differences(stated)):
        if fault.field not in seen:
            seen.add(fault.field)
            yield fault


def _intervals(stated: Stated) -> Iterator[Fault]:
    """Each figure lies in its interval, each interval runs upwards, and no ratio is below zero."""
    ratio = stated.measure in RATIOS
    for name, figure, bounds in (
        ("ci", stated.estimate, stated.ci),
        ("intervention_ci", stated.intervention, stated.intervention_ci),
        ("difference_ci", stated.difference, stated.difference_ci),
    ):
        if not bounds:
            continue
        low, high = bounds
        if low.value > high.value:
            yield Fault(name, f"`{name}` runs from {low.value:g} to {high.value:g}; the lower bound comes first")
        elif figure and (figure.high < low.low or figure.low > high.high):
            yield Fault(name, f"{figure.value:g} lies outside its interval, {low.value:g} to {high.value:g}")
        elif name == "ci" and ratio and low.value < 0:
            yield Fault(name, f"a {_named(stated.measure)} is not below zero, and its interval begins at {low.value:g}")
    if ratio and stated.estimate and stated.estimate.value < 0:
        yield Fault(
            "estimate", f"a {_named(stated.measure)} is not below zero, and this one is {stated.estimate.value:g}"
        )


def _risks(stated: Stated) -> Iterator[Fault]:
    """The risk with the intervention follows from the risk with the control and the effect."""
    for name, effect, risk in _pairs(
        "intervention", stated.estimate, stated.intervention, stated.ci, stated.intervention_ci
    ):
        if effect is None or risk is None or stated.control is None or stated.measure is None:
            continue
        follows = _following(stated.measure, effect, stated.control)
        if follows and not any(fits(risk, low, high) for low, high in follows):
            exact = risk_with_intervention(stated.measure, effect.value, stated.control.value)
            yield Fault(
                name,
                f"{stated.control.value:g} per 1000 with a {_named(stated.measure)} of {effect.value:g} makes"
                f" {exact:.0f} per 1000, not {risk.value:g}",
            )


def _pairs(
    name: str, one: Figure | None, other: Figure | None, bounds: Bounds, others: Bounds
) -> list[tuple[str, Figure | None, Figure | None]]:
    """A figure and its bounds, each beside the one that it is held against, with the name of the field."""
    pairs: list[tuple[str, Figure | None, Figure | None]] = [(f"{name}_per_1000", one, other)]
    if bounds and others:
        pairs += [(f"{name}_ci", *pair) for pair in zip(bounds, others, strict=True)]
    return pairs


def _following(measure: Measure, effect: Figure, control: Figure) -> list[tuple[float, float]]:
    """The ranges in which a risk lies that follows from an effect and a control's risk; none where none follows."""
    low = risk_with_intervention(measure, effect.low, max(control.low, 0))
    high = risk_with_intervention(measure, effect.high, min(control.high, THOUSAND))
    if low is None or high is None:
        return []
    if measure is not Measure.HAZARD_RATIO:
        return [(low, high)]
    free = [
        risk_with_intervention(measure, ratio, THOUSAND - risk)
        for ratio, risk in ((effect.high, max(control.low, 0)), (effect.low, min(control.high, THOUSAND)))
    ]
    return [(low, high), (THOUSAND - (free[0] or 0), THOUSAND - (free[1] or 0))]


def _differences(stated: Stated) -> Iterator[Fault]:
    """The difference is the risk with the intervention, stated or computed, less the risk with the control."""
    risk, bounds = stated.intervention or _computed(stated, stated.estimate), stated.intervention_ci
    if not bounds and stated.ci:
        bounds = tuple(figure for bound in stated.ci if (figure := _computed(stated, bound)))
    for name, one, difference in _pairs("difference", risk, stated.difference, bounds, stated.difference_ci):
        if one is None or difference is None or stated.control is None:
            continue
        if not fits(difference, one.low - stated.control.high, one.high - stated.control.low):
            exact = one.value - stated.control.value
            message = f"{one.value:.4g} less {stated.control.value:g} is {exact:.4g} per 1000, not {difference.value:g}"
            yield Fault(name, message)


def _computed(stated: Stated, effect: Figure | None) -> Figure | None:
    """The risk that follows from an effect, as wide as the figures leave it; None where it may be one of two."""
    if effect is None or stated.control is None or stated.measure is None:
        return None
    follows = _following(stated.measure, effect, stated.control)
    if len(follows) != 1:
        return None
    (low, high), *_ = follows
    return Figure((low + high) / 2, (high - low) / 2)


class Shown(NamedTuple):
    """An effect that two arms show by themselves, and the range that it has as they are printed."""

    effect: float
    low: float
    high: float


def of_arms(measure: Measure, arms: Sequence[Figure]) -> tuple[Shown, ...]:
    """The effects of the first of two arms against the second, and of the second against the first.

    `arms` are percentages, or means for a mean difference; empty for a measure that they do not give.
    """
    one, other = arms
    return (*_of_pair(measure, one, other), *_of_pair(measure, other, one))


def _of_pair(measure: Measure, one: Figure, other: Figure) -> Iterator[Shown]:
    if measure in {Measure.MEAN_DIFFERENCE, Measure.RISK_DIFFERENCE}:
        exact, half = one.value - other.value, one.half + other.half
        yield Shown(exact, exact - half, exact + half)
        if measure is Measure.RISK_DIFFERENCE:  # in percentage points, or as a share
            yield Shown(exact / 100, (exact - half) / 100, (exact + half) / 100)
    elif measure in _CRUDE:
        effects = [
            effect
            for first, second in ((one.value, other.value), (one.low, other.high), (one.high, other.low))
            if (effect := effect_from_risks(measure, first * POINTS, second * POINTS)) is not None
        ]
        if len(effects) == _ALL:
            yield Shown(*effects)


def _named(measure: Measure | None) -> str:
    return (measure or Measure.OTHER).replace("_", " ")
