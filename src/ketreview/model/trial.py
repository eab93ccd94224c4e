"""Registered trials, as the registry showed them on a day."""

from typing import Annotated

from ketreview.model.partial_date import PartialDate
from ketreview.model.record import Count, EntryKey, Id, InterventionId, PopulationId, Sourced, Text, record
from ketreview.model.vocabulary import TrialStatus


@record
class Enrolment(Sourced):
    """How many participants were planned, and how many took part."""

    planned: Count | None = None
    actual: Count | None = None


@record
class TrialChange(Sourced):
    """What a registry told otherwise than the review had it from the reading before."""

    field: Annotated[Text, "a field of the trial, `enrolment.actual` for one within another"]
    before: Text = ""
    after: Text = ""
    read: Annotated[PartialDate, "when the registry was read that told it"]


@record
class Trial(Sourced):
    """A trial that bears on the review."""

    id: Id
    title: Text
    registrations: tuple[Text, ...] = ()
    status: Annotated[TrialStatus | None, "as the registry has it; without it nobody has looked it up"] = None
    last_known_status: Annotated[TrialStatus | None, "what it was before it became `UNKNOWN`"] = None
    phase: Text = ""
    population: PopulationId = ""
    conditions: tuple[Text, ...] = ()
    interventions: tuple[InterventionId, ...] = ()
    dose: Text = ""
    ages: Text = ""
    sponsor: Text = ""
    funders: tuple[Text, ...] = ()
    sites: tuple[Text, ...] = ()
    start: PartialDate | None = None
    primary_completion: PartialDate | None = None
    expected_completion: PartialDate | None = None
    completion: Annotated[PartialDate | None, "the actual end"] = None
    retrieved: Annotated[PartialDate | None, "when the registry was read"] = None
    last_update: Annotated[PartialDate | None, "when the registry's record was last updated"] = None
    results_posted: PartialDate | None = None
    delayed_posting: Annotated[bool, "whether the registry says that results may be posted late, or not at all"] = False
    why_stopped: Text = ""
    enrolment: Enrolment | None = None
    results: Annotated[Text, "what the posted or published results say"] = ""
    cites: tuple[EntryKey, ...] = ()
    changes: Annotated[tuple[TrialChange, ...], "what the registry told otherwise since, oldest first"] = ()
