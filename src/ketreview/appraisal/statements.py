"""What is found, in one sentence: how sure it is and how much it matters, in the published words.

Sources: GRADE 26 (Santesso 2020, J Clin Epidemiol 119:126-135), whose template the ACIP GRADE handbook prints as its
table 16: `results in a large reduction`, `reduces`, `reduces slightly`, `results in little to no difference`, with
`probably` for moderate and `may` for low certainty. For very low certainty `may …, but the evidence is very uncertain`
(10.1186/s13643-023-02199-0, table 5).

No published template was found for noninferiority. The sentence `is no worse than …, by a noninferiority margin of …`
is ketreview's own: the hedges are GRADE's, the words are those by which the CONSORT extension (Piaggio 2012, JAMA
308:2594-2604) explains the design, and the margin stands in it, as without one it would say too much. Equivalence is
GRADE's `little to no difference`, with the margin.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ketreview.appraisal.effects import RATIOS, no_effect
from ketreview.appraisal.hypotheses import Verdict
from ketreview.model.vocabulary import Desired, EffectSize, HypothesisKind, Level, Measure, OutcomeKind

UNCERTAIN = "but the evidence is very uncertain"
_HEDGES: Mapping[Level, str] = {Level.HIGH: "", Level.MODERATE: "probably ", Level.LOW: "may ", Level.VERY_LOW: "may "}
_EVENTS = RATIOS | {Measure.RISK_DIFFERENCE}


class Told(NamedTuple):
    """What a statement is about: what is given, what happens to what, and against what."""

    intervention: str
    outcome: str
    comparator: str = ""


class Asked(NamedTuple):
    """What the comparison was to show, what its interval shows of it, and the margin in words."""

    kind: HypothesisKind
    verdict: Verdict
    margin: str


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


def statement(
    level: Level, told: Told, towards: int | None, size: EffectSize | None, asked: Asked | None = None
) -> str:
    """The sentence for a finding; empty where none can be made.

    `towards` is the effect's `direction`, `asked` what else than a difference the comparison was to show.
    """
    if level not in _HEDGES:
        return ""
    if asked and asked.verdict is not Verdict.WORSE_WITHIN_MARGIN:
        return _answered(level, told, asked)
    against = f" compared with {told.comparator}" if told.comparator else ""
    if towards is None:
        if level is not Level.VERY_LOW:
            return ""
        return f"The evidence is very uncertain about the effect of {told.intervention} on {told.outcome}{against}."
    verb = _little(level) if towards == 0 else _much(level, towards, size)
    slightly = " slightly" if size is EffectSize.SMALL and towards else ""
    within = f", within {_margin(asked, 'the')}" if asked else ""
    return f"{_capital(told.intervention)} {verb} {told.outcome}{slightly}{against}{within}{_uncertain(level)}."


def _uncertain(level: Level) -> str:
    return f", {UNCERTAIN}" if level is Level.VERY_LOW else ""


def _answered(level: Level, told: Told, asked: Asked) -> str:
    """What is shown of noninferiority or equivalence, or that it is not."""
    noninferior = asked.kind is HypothesisKind.NONINFERIORITY
    by = f", by {_margin(asked, 'a' if noninferior else 'an')}"
    if asked.verdict is Verdict.NOT_SHOWN:
        arms = told.intervention, told.comparator
        what = "{} is no worse than {}" if noninferior else "{} and {} differ little"
        uncertain = ", and the evidence is very uncertain" if level is Level.VERY_LOW else ""
        return f"It is not shown that {what.format(*arms)} for {told.outcome}{by}{uncertain}."
    if not noninferior:
        compared = f"{_little(level)} {told.outcome} compared with {told.comparator}"
        return f"{_capital(told.intervention)} {compared}{by}{_uncertain(level)}."
    verb = "may be" if _HEDGES[level] == "may " else f"is {_HEDGES[level]}".strip()
    no_worse = f"no worse than {told.comparator} for {told.outcome}"
    return f"{_capital(told.intervention)} {verb} {no_worse}{by}{_uncertain(level)}."


def _margin(asked: Asked, article: str) -> str:
    return f"{article} {asked.kind.value} margin of {asked.margin}"


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
    better = better_where(measure, kind, desired)
    if not towards or better is None:
        return ""
    return "intervention" if (towards > 0) == (better is Desired.HIGHER) else "comparator"


def better_where(measure: Measure, kind: OutcomeKind, desired: Desired | None) -> Desired | None:
    """In which direction an outcome is better, as far as that is known."""
    return Desired.LOWER if desired is None and kind is OutcomeKind.HARM and measure in _EVENTS else desired


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
