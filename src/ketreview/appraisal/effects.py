"""Absolute effects, as a Summary of Findings table shows them, and back again.

Sources: Cochrane Handbook 6.4, chapter 14.1.5 and chapter 15.4: the risk with the intervention is the risk with the
control times the risk ratio, or follows from the odds ratio by the control's odds. The GRADE handbook gives the same
for the odds ratio, RR = OR / (1 - CER (1 - OR)), and for the hazard ratio RR = (1 - e^(HR ln(1 - CER))) / CER, where
CER is the event rate of the control; it holds for the event and not for its absence (GRADE 27, PMID 31711910).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf, isinf, isnan, log1p

from ketreview.model.vocabulary import Measure

THOUSAND = 1000
POINTS = THOUSAND / 100
"""Events per 1000 in a percentage point."""
RATIOS = frozenset({Measure.RISK_RATIO, Measure.ODDS_RATIO, Measure.HAZARD_RATIO})
"""Measures whose value without an effect is 1."""
DIFFERENCES = frozenset({Measure.RISK_DIFFERENCE, Measure.MEAN_DIFFERENCE, Measure.STANDARDISED_MEAN_DIFFERENCE})
"""Measures whose value without an effect is 0."""
_Risk = Callable[[float, float], float]


def risk_with_intervention(measure: Measure, effect: float, control_per_1000: float) -> float | None:
    """The risk with the intervention, per 1000; None for a measure from which it does not follow.

    `effect` is the estimate or a bound of its interval; of a risk difference in percentage points. A ratio below zero,
    which none is, counts as zero.
    """
    value = as_float(effect)
    if isnan(value):
        return None
    if measure is Measure.RISK_DIFFERENCE:
        return _within(control_per_1000 + value * POINTS)
    risk = _RISKS.get(measure)
    if risk is None:
        return None
    ratio, control = max(value, 0.0), control_per_1000 / THOUSAND
    if control <= 0 or ratio == 0:
        return 0.0
    if isinf(ratio):
        return float(THOUSAND)
    return _within(THOUSAND * risk(ratio, control))


def effect_from_risks(measure: Measure, intervention_per_1000: float, control_per_1000: float) -> float | None:
    """The effect that two risks show; None for a measure that they do not give, or where it has no value."""
    if measure is Measure.RISK_DIFFERENCE:
        return (intervention_per_1000 - control_per_1000) / POINTS
    effect = _EFFECTS.get(measure)
    if effect is None or not 0 < control_per_1000 < THOUSAND or not 0 <= intervention_per_1000 < THOUSAND:
        return None
    return effect(intervention_per_1000 / THOUSAND, control_per_1000 / THOUSAND)


def no_effect(measure: Measure) -> float | None:
    """The value that a measure has where there is no effect; None where that is not known."""
    return 1.0 if measure in RATIOS else 0.0 if measure in DIFFERENCES else None


def as_float(value: float) -> float:
    """`value` as a float, where a whole number from a file may be too large for one."""
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


def _within(risk: float) -> float:
    return min(max(risk, 0.0), float(THOUSAND))


def _by_hazard(ratio: float, control: float) -> float:
    return 1 - float((1 - control) ** ratio)


_RISKS: Mapping[Measure, _Risk] = {
    Measure.RISK_RATIO: lambda ratio, control: control * ratio,
    Measure.ODDS_RATIO: lambda ratio, control: ratio * control / (1 - control + ratio * control),
    Measure.HAZARD_RATIO: _by_hazard,
}
_EFFECTS: Mapping[Measure, _Risk] = {
    Measure.RISK_RATIO: lambda risk, control: risk / control,
    Measure.ODDS_RATIO: lambda risk, control: risk * (1 - control) / ((1 - risk) * control),
    Measure.HAZARD_RATIO: lambda risk, control: log1p(-risk) / log1p(-control),
}
