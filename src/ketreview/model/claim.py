"""Claims: what the review says, with the evidence for and against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from ketreview.model.partial_date import PartialDate
from ketreview.model.record import EntryKey, Id, InterventionId, Pattern, RatingId, Ref, Sourced, StudyId, Text
from ketreview.model.vocabulary import Action, ClaimKind, EffectDirection, Species

Place = Annotated[
    str, Pattern(r"[A-Z]{2}(-[A-Z0-9]{1,3})?|EU", "an ISO 3166 code such as GB or GB-NIR, or EU")
]
AnyClaimId = Annotated[str, Ref("any_claim")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Sourced):
    """A study or a store entry that bears on a claim, and where in it."""

    study: StudyId = ""
    cites: EntryKey = ""
    locator: Annotated[Text, "page, table or section"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism(Sourced):
    """A mechanism with its direction: what acts how on which target, where, and what that does to what."""

    target: Text
    action: Action
    site: Text = ""
    effect: EffectDirection | None = None
    on: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Sourced):
    """A figure that a claim states: one number (`low` alone) or a range."""

    what: Text
    low: float | None = None
    high: float | None = None
    unit: Text = ""
    qualifier: Annotated[Text, "at least, about, under, …"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
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
