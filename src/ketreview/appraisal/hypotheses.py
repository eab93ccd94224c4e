"""What an interval shows of what a comparison asked: noninferiority or equivalence, by its margin.

Source: the CONSORT extension to noninferiority and equivalence trials (Piaggio 2012, JAMA 308:2594-2604, figure 1):
noninferiority is shown where the interval does not reach the margin, wherever it lies to no effect; equivalence where
it lies between the margins on both sides. An interval that lies on the worse side of no effect and does not reach the
margin is of an intervention that is worse, and noninferior (the figure's scenario D).
"""

from __future__ import annotations

from enum import Enum, auto
from math import isnan

from ketreview.appraisal.effects import RATIOS, as_float, no_effect
from ketreview.model.vocabulary import HypothesisKind, Measure


class Verdict(Enum):
    """What an interval shows of a hypothesis."""

    SHOWN = auto()
    WORSE_WITHIN_MARGIN = auto()
    NOT_SHOWN = auto()


def verdict(
    kind: HypothesisKind, measure: Measure, margin: float | None, interval: tuple[float, ...]
) -> Verdict | None:
    """What the interval shows; None where the finding is told by its direction.

    That is so for superiority, without a margin or an interval, and where the hypothesis is not shown and the interval
    leaves no effect out: then there is a difference.
    """
    nothing = no_effect(measure)
    if kind is HypothesisKind.SUPERIORITY or margin is None or not interval:
        return None
    if nothing is None or not is_margin(measure, margin):
        return None
    low, high, bound = as_float(min(interval)), as_float(max(interval)), as_float(margin)
    if kind is HypothesisKind.EQUIVALENCE:
        ends = sorted((bound, 1 / bound if measure in RATIOS else -bound))
        if ends[0] < low and high < ends[1]:
            return Verdict.SHOWN
        return Verdict.NOT_SHOWN if low <= nothing <= high else None
    lower_is_worse = bound < nothing
    within = bound < low if lower_is_worse else high < bound
    if high < nothing if lower_is_worse else nothing < low:
        return Verdict.WORSE_WITHIN_MARGIN if within else None
    return Verdict.SHOWN if within else Verdict.NOT_SHOWN


def is_margin(measure: Measure, margin: float) -> bool:
    """Whether a margin can be one: apart from no effect, and above zero for a ratio."""
    nothing, bound = no_effect(measure), as_float(margin)
    return nothing is not None and not isnan(bound) and bound != nothing and (measure not in RATIOS or bound > 0)
