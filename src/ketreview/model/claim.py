"""Claims: what the review says, with the evidence for and against."""

from typing import Annotated

from ketreview.model.partial_date import PartialDate
from ketreview.model.record import EntryKey, Id, InterventionId, Pattern, RatingId, Ref, Sourced, StudyId, Text, record
from ketreview.model.vocabulary import Action, ClaimKind, EffectDirection, Species

Place = Annotated[str, Pattern(r"[A-Z]{2}(-[A-Z0-9]{1,3})?|EU", "an ISO 3166 code such as GB or GB-NIR, or EU")]
AnyClaimId = Annotated[str, Ref("any_claim")]


@record
class Evidence(Sourced):
    """A study or a store entry that bears on a claim, and where in it."""

    study: StudyId = ""
    cites: EntryKey = ""
    locator: Annotated[Text, "page, table or section"] = ""


@record
class Mechanism(Sourced):
    """A mechanism with its direction: what acts how on which target, where, and what that does to what."""

    target: Text
    action: Action
    site: Text = ""
    effect: EffectDirection | None = None
    on: Text = ""


@record
class Value(Sourced):
    """A figure that a claim states: one number (`low` alone) or a range."""

    what: Text
    low: float | None = None
    high: float | None = None
    unit: Text = ""
    qualifier: Annotated[Text, "at least, about, under, …"] = ""


@record
class Claim(Sourced):
    """One thing that the review says."""

    id: Id
    kind: ClaimKind
    statement: Text
    about: tuple[InterventionId, ...] = ()
    species: Species | None = None
    mechanism: Mechanism | None = None
    places: tuple[Place, ...] = ()
    when: PartialDate | None = None
    values: tuple[Value, ...] = ()
    rating: Annotated[RatingId, "the rating that this claim may not exceed"] = ""
    same_as: Annotated[tuple[AnyClaimId, ...], "the same claim in another review: review:claim"] = ()
    supports: tuple[Evidence, ...] = ()
    challenges: tuple[Evidence, ...] = ()
