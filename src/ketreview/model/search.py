"""Searches, and how a review is kept current."""

from typing import Annotated

from ketreview.model.partial_date import PartialDate
from ketreview.model.record import Count, Pattern, Range, Sourced, Text, record
from ketreview.model.vocabulary import Mode

Years = Annotated[str, Pattern(r"\d{4}/\d{4}", "a range of years like 2005/2024")]
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
class Currency(Sourced):
    """How the review is kept current, and when its sources were last searched."""

    mode: Mode
    interval_days: Annotated[int | None, Range(1, 36500), "days after which a new search is due"] = None
    last_search: PartialDate | None = None
