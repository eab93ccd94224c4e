"""Absolute effects, as a Summary of Findings table shows them.

Source: Cochrane Handbook 6.4, chapter 14.1.5 and chapter 15.4: the risk with the intervention is the risk with the
control
times the risk ratio, or follows from the odds ratio by the control's odds.
"""

from __future__ import annotations

from ketreview.model.vocabulary import Measure

THOUSAND = 1000


def risk_with_intervention(measure: Measure, effect: float, control_per_1000: float) -> float | None:
    """The risk with the intervention, per 1000; None for a measure from which it does not follow.

    `effect` is the estimate or a bound of its interval; of a risk difference in percentage points.
    """
    if measure is Measure.RISK_RATIO:
        risk = control_per_1000 * effect
    elif measure is Measure.ODDS_RATIO:
        control = control_per_1000 / THOUSAND
        risk = THOUSAND * effect * control / (1 - control + effect * control)
    elif measure is Measure.RISK_DIFFERENCE:
        risk = control_per_1000 + effect * 10
    else:
        return None
    return min(max(risk, 0), THOUSAND)
