"""What is found, in one sentence: how sure it is and how much it matters, in the published words.

Sources: GRADE 26 (Santesso 2020, J Clin Epidemiol 119:126-135), whose template the ACIP GRADE handbook prints as its
table 16: `results in a large reduction`, `reduces`, `reduces slightly`, `results in little to no difference`, with
`probably` for moderate and `may` for low certainty. For very low certainty `may …, but the evidence is very uncertain`
(10.1186/s13643-023-02199-0, table 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ketreview.appraisal.effects import RATIOS, no_effect
from ketreview.model.vocabulary import Desired, EffectSize, Level, Measure, OutcomeKind

UNCERTAIN = "but the evidence is very uncertain"
_HEDGES: Mapping[Level, str] = {Level.HIGH: "", Level.MODERATE: "probably ", Level.LOW: "may ", Level.VERY_LOW: "may "}
_EVENTS = RATIOS | {Measure.RISK_DIFFERENCE}


class Told(NamedTuple):
    """What a statement is about: what is given, what happens to what, and against what."""

    intervention: str
    outcome: str
    comparator: str = ""


def direction(measure: Measure, estimate: float, interval: tuple[float, ...], size: EffectSize | None) -> int | None:
    """1 for more of the outcome, -1 for less, 0 for no difference that matters; None where the figures do not say.

    Without a judgement of its size an effect is told only where its interval leaves no effect out.
    """
    nothing = no_effect(measure)
    if nothing is None:
        return None
    if size is EffectSize.TRIVIAL:
        return 0
    if size is None and not (interval and not min(interval) <= nothing <= max(interval)):
        return None
    return (estimate > nothing) - (estimate < nothing)


def statement(level: Level, told: Told, towards: int | None, size: EffectSize | None) -> str:
    """The sentence for a finding; empty where none can be made.

    `towards` is the effect's `direction`.
    """
    if level not in _HEDGES:
        return ""
    against = f" compared with {told.comparator}" if told.comparator else ""
    if towards is None:
        if level is not Level.VERY_LOW:
            return ""
        return f"The evidence is very uncertain about the effect of {told.intervention} on {told.outcome}{against}."
    verb = _little(level) if towards == 0 else _much(level, towards, size)
    uncertain = f", {UNCERTAIN}" if level is Level.VERY_LOW else ""
    slightly = " slightly" if size is EffectSize.SMALL and towards else ""
    return f"{_capital(told.intervention)} {verb} {told.outcome}{slightly}{against}{uncertain}."


def _little(level: Level) -> str:
    verb = "result" if _HEDGES[level] == "may " else "results"
    return f"{_HEDGES[level]}{verb} in little to no difference in"


def _much(level: Level, towards: int, size: EffectSize | None) -> str:
    ending = "" if _HEDGES[level] == "may " else "s"
    if size is EffectSize.LARGE:
        return f"{_HEDGES[level]}result{ending} in a large {'increase' if towards > 0 else 'reduction'} in"
    return f"{_HEDGES[level]}{'increase' if towards > 0 else 'reduce'}{ending}"


def favours(towards: int | None, measure: Measure, kind: OutcomeKind, desired: Desired | None) -> str:
    """Whether a finding speaks for the `intervention` or the `comparator`; empty where neither is known.

    An outcome that is a harm is better when it happens less; what a benefit is better by has to be stated.
    """
    if desired is None and kind is OutcomeKind.HARM and measure in _EVENTS:
        desired = Desired.LOWER
    if not towards or desired is None:
        return ""
    return "intervention" if (towards > 0) == (desired is Desired.HIGHER) else "comparator"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
