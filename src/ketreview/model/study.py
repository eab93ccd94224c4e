"""Studies: what was read, how it was done, and what it found."""

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated

from ketreview.model.partial_date import PartialDate
from ketreview.model.record import (
    ComparisonId,
    Count,
    EntryKey,
    Id,
    Interval,
    InterventionId,
    OutcomeId,
    Percent,
    PopulationId,
    Sourced,
    Text,
    record,
)
from ketreview.model.vocabulary import Design, Directness, Measure, RiskOfBiasTool, Species, StudyState


@record
class Arm(Sourced):
    """One arm's share of a result."""

    arm: InterventionId
    percent: Percent | None = None
    events: Count | None = None
    of: Annotated[Count | None, "participants analysed in this arm"] = None
    mean: float | None = None


@record
class Result(Sourced):
    """One finding of a study for one outcome at one time."""

    outcome: OutcomeId
    instrument: Annotated[Text, "the scale or device it was measured with"] = ""
    timepoint: Text = ""
    arms: tuple[Arm, ...] = ()
    measure: Measure | None = None
    estimate: float | None = None
    ci: Interval = ()
    p: Annotated[Text, "the p value as reported, and what it tests"] = ""
    unit: Text = ""
    finding: Annotated[Text, "the result in words, where it is not a number"] = ""


@record
class RiskOfBias(Sourced):
    """A risk-of-bias assessment, per result where the tool asks for that (RoB 2)."""

    tool: RiskOfBiasTool
    result: OutcomeId = ""
    domains: Annotated[Mapping[str, str], "judgement per domain, in the tool's words"] = field(default_factory=dict)
    overall: Text = ""
    because: Text = ""


@record
class Study(Sourced):
    """One study.

    It may have several reports (`cites`), or only a name in a source (`reference`), which is pending work.
    """

    id: Id
    title: Text = ""
    cites: tuple[EntryKey, ...] = ()
    reference: Annotated[Text, "how a source names it, where no store entry is known"] = ""
    registrations: tuple[Text, ...] = ()
    design: Design
    date: Annotated[PartialDate | None, "publication; without it the year of its store entry counts"] = None
    comparison: ComparisonId = ""
    population: PopulationId = ""
    interventions: tuple[InterventionId, ...] = ()
    directness: Directness | None = None
    indirect_because: Annotated[Text, "why the evidence is indirect for this review"] = ""
    species: Species | None = None
    participants: Count | None = None
    included_studies: Annotated[Count | None, "for reviews"] = None
    summary: Annotated[Text, "what it did and found, in the review's words"] = ""
    results: tuple[Result, ...] = ()
    risk_of_bias: tuple[RiskOfBias, ...] = ()
    state: StudyState
