"""Certainty of evidence, one rating per outcome, comparison, population and timepoint."""

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
from ketreview.model.vocabulary import Domain, Level, Measure, Scale


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
    estimate: float
    ci: Interval = ()
    control_per_1000: Annotated[float | None, Range(0, 1000)] = None
    participants: Count | None = None
    studies: Count | None = None


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
    start: Annotated[Level | None, "GRADE: high for randomised evidence, low for observational"] = None
    studies: tuple[StudyId, ...] = ()
    rated: PartialDate | None = None
    because: Annotated[Text, "the reason for the level as a whole"] = ""
    override: Annotated[Text, "why the level is not start plus steps"] = ""
    steps: tuple[Step, ...] = ()
    effect: AbsoluteEffect | None = None
