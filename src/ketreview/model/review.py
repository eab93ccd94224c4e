"""A review: one YAML file per condition."""

from collections.abc import Mapping
from typing import Annotated

from ketreview.model.claim import Claim
from ketreview.model.concern import Concern
from ketreview.model.flow import Flow
from ketreview.model.integration import Integration, NextStep
from ketreview.model.question import Comparison, Intervention, Outcome, Population, Question
from ketreview.model.rating import OverallCertainty, Rating
from ketreview.model.record import Id, Range, Record, Sourced, Text, record
from ketreview.model.safety import Safety
from ketreview.model.search import Currency, Search
from ketreview.model.source_document import SourceDocument
from ketreview.model.study import Study
from ketreview.model.trial import Trial
from ketreview.model.vocabulary import ReviewStatus

SCHEMA_VERSION = 1


@record
class Review(Sourced):
    """A living evidence review of one condition."""

    schema_version: Annotated[int, Range(SCHEMA_VERSION, SCHEMA_VERSION), "the version of this format"]
    id: Id
    title: Text
    status: ReviewStatus
    summary: Annotated[Text, "the state of the evidence in a paragraph"] = ""
    question: Question | None = None
    currency: Currency | None = None
    searches: Annotated[tuple[Search, ...], "the review's own"] = ()
    flow: Annotated[Flow | None, "how many records became how many studies"] = None
    sources: tuple[SourceDocument, ...] = ()
    studies: tuple[Study, ...] = ()
    claims: tuple[Claim, ...] = ()
    certainty: tuple[Rating, ...] = ()
    overall: Annotated[tuple[OverallCertainty, ...], "certainty over the critical outcomes"] = ()
    trials: tuple[Trial, ...] = ()
    safety: Safety | None = None
    concerns: tuple[Concern, ...] = ()
    integration: tuple[Integration, ...] = ()
    next_steps: tuple[NextStep, ...] = ()


ID_KINDS: Mapping[type[Record], str] = {
    Population: "population",
    Intervention: "intervention",
    Comparison: "comparison",
    Outcome: "outcome",
    SourceDocument: "source",
    Study: "study",
    Claim: "claim",
    Rating: "rating",
    Trial: "trial",
    Concern: "concern",
}
"""What an id of each record class is called; within a review it names one record of its kind."""
