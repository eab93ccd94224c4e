"""Concerns: what is wrong, contradictory or out of date in a source, with the basis of saying so."""

from typing import Annotated

from ketreview.model.partial_date import PartialDate
from ketreview.model.record import ClaimId, EntryKey, Id, RatingId, Sourced, SourceId, StudyId, Text, TrialId, record
from ketreview.model.vocabulary import Basis, ConcernStatus


@record
class Target(Sourced):
    """What a concern is about: a place or label in a source, or a record of the review."""

    source: SourceId = ""
    at: Text = ""
    label: Annotated[Text, "a reference label of that source"] = ""
    study: StudyId = ""
    claim: ClaimId = ""
    rating: RatingId = ""
    trial: TrialId = ""
    cites: EntryKey = ""


@record
class Check(Sourced):
    """Something that was looked at: a store entry, a registration or a page, and when."""

    cites: EntryKey = ""
    registration: Text = ""
    page: Text = ""
    retrieved: PartialDate | None = None
    found: Annotated[Text, "what it says"] = ""


@record
class Concern(Sourced):
    """A doubt about a source or a record, open until it is resolved or accepted."""

    id: Id
    audit: Annotated[tuple[Text, ...], "numbers of an audit of the sources"] = ()
    about: tuple[Target, ...]
    problem: Text
    basis: Basis
    evidence: tuple[Check, ...] = ()
    status: ConcernStatus
    resolution: Text = ""
