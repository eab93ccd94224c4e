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
class Trial(Sourced):
    """A trial that bears on the review."""

    id: Id
    title: Text
    registrations: tuple[Text, ...] = ()
    status: TrialStatus
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
    results_posted: PartialDate | None = None
    why_stopped: Text = ""
    enrolment: Enrolment | None = None
    results: Annotated[Text, "what the posted or published results say"] = ""
    cites: tuple[EntryKey, ...] = ()
