"""Certainty of evidence: one rating per outcome, comparison, population and timepoint, and one over the outcomes."""

from typing import Annotated

from ketreview.model.partial_date import PartialDate
from ketreview.model.record import (
    ComparisonId,
    Count,
    Id,
    Interval,
    OutcomeId,
    PopulationId,
    Range,
    Shorthand,
    Sourced,
    Statement,
    StudyId,
    Text,
    record,
)
from ketreview.model.vocabulary import Domain, EffectSize, HypothesisKind, Level, Measure, Scale


@record
class Step(Sourced):
    """One reason to rate down (-1, -2, -3) or up (+1, +2), with the studies it rests on."""

    domain: Domain
    by: Annotated[int, Range(-3, 2)]
    because: Text = ""
    studies: tuple[StudyId, ...] = ()


@record
class AbsoluteEffect(Sourced):
    """The effect as a Summary of Findings table shows it."""

    measure: Measure
    estimate: Annotated[float | None, "of a risk difference in percentage points"] = None
    ci: Interval = ()
    unit: Annotated[Text, "of a mean difference"] = ""
    size: Annotated[EffectSize | None, "how much the effect matters; a judgement"] = None
    control_per_1000: Annotated[float | None, Range(0, 1000)] = None
    intervention_per_1000: Annotated[float | None, Range(0, 1000), "computed where it is left out"] = None
    intervention_ci: Annotated[Interval, "the bounds of intervention_per_1000"] = ()
    difference_per_1000: Annotated[float | None, Range(-1000, 1000), "more (above zero) or fewer events"] = None
    difference_ci: Annotated[Interval, "the bounds of difference_per_1000"] = ()
    participants: Count | None = None
    studies: Count | None = None


@record
class Hypothesis(Sourced):
    """What the comparison was to show, and from which effect on the intervention would be too much worse."""

    kind: HypothesisKind
    margin: Annotated[float | None, "the effect at which it is too much worse, in the measure of `effect`"] = None


@record
class Rating(Sourced):
    """How certain the evidence is for one outcome, or how plausible or feasible a named subject is."""

    id: Id
    outcome: OutcomeId = ""
    subject: Annotated[Text, "what is rated, where it is not an outcome of the question"] = ""
    comparison: ComparisonId = ""
    population: PopulationId = ""
    timepoint: Text = ""
    scale: Scale
    as_stated: Annotated[tuple[Statement, ...], Shorthand("level"), "the source's own word"] = ()
    level: Level
    profile: Annotated[Text, "the guide to GRADE that the sum follows; without it the setting's"] = ""
    start: Annotated[Level | None, "GRADE: high for randomised evidence, low for observational"] = None
    studies: tuple[StudyId, ...] = ()
    rated: PartialDate | None = None
    because: Annotated[Text, "the reason for the level as a whole"] = ""
    override: Annotated[Text, "why the level is not start plus steps"] = ""
    steps: tuple[Step, ...] = ()
    hypothesis: Annotated[Hypothesis | None, "what the comparison was to show; without it a difference"] = None
    effect: AbsoluteEffect | None = None


@record
class OverallCertainty(Sourced):
    """How certain the evidence is over the critical outcomes of a comparison, or of the whole review."""

    comparison: ComparisonId = ""
    population: PopulationId = ""
    as_stated: Annotated[tuple[Statement, ...], Shorthand("level"), "the source's own word"] = ()
    level: Level
    because: Text = ""
    override: Annotated[Text, "why it is not the lowest level of the critical outcomes"] = ""
