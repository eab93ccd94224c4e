"""Searches, and how a review is kept current."""

from typing import Annotated

from ketreview.model.partial_date import PartialDate
from ketreview.model.record import Count, Pattern, Range, Sourced, Text, record
from ketreview.model.vocabulary import Mode, UpdateStatus

Years = Annotated[str, Pattern(r"\d{4}/\d{4}", "a range of years like 2005/2024")]
Explanation = Annotated[str, Pattern(r"(?=[\s\S]*\S)[\s\S]{1,400}", "a text of at most 400 characters")]
Language = Annotated[str, Pattern(r"[a-z]{2,3}", "an ISO 639 code like `en`")]


@record
class Search(Sourced):
    """One search, as PRISMA-S asks for it: when, where, with what, and how much it found."""

    date: PartialDate | None = None
    sources: Annotated[tuple[Text, ...], "databases, registries, people asked"] = ()
    strategy: Annotated[Text, "the search as it was run, copied"] = ""
    terms: tuple[Text, ...] = ()
    years: Years = ""
    languages: tuple[Language, ...] = ()
    include: Annotated[tuple[Text, ...], "criteria"] = ()
    exclude: Annotated[tuple[Text, ...], "criteria"] = ()
    found: Count | None = None


@record
class Classification(Sourced):
    """What the review was called at one time, by the Cochrane Updating Classification System."""

    date: PartialDate
    status: UpdateStatus
    rationale: Text = ""
    explanation: Explanation = ""


@record
class Currency(Sourced):
    """How the review is kept current, when its sources were last searched, and whether it is to be updated.

    `status`, `rationale`, `explanation` and `reassess_on` are those of the Cochrane Updating Classification System.
    """

    mode: Mode
    interval_days: Annotated[int | None, Range(1, 36500), "days after which a new search is due"] = None
    last_search: PartialDate | None = None
    status: UpdateStatus | None = None
    rationale: Annotated[Text, "the reason in short, in the words of the classification"] = ""
    explanation: Annotated[Explanation, "the reason for readers"] = ""
    reassess_on: Annotated[PartialDate | None, "when the status is to be looked at again"] = None
    triggers: Annotated[tuple[Text, ...], "what would bring an update forward"] = ()
    history: Annotated[tuple[Classification, ...], "what it was called before"] = ()
