"""The question of a review, as PICO: populations, interventions, comparisons, outcomes."""

from typing import Annotated

from ketreview.model.record import Id, InterventionId, PopulationId, Positive, Sourced, Text, record
from ketreview.model.vocabulary import Desired, Importance, OutcomeKind, Route


@record
class Population(Sourced):
    """A group of people (or animals) that the question is about."""

    id: Id
    name: Text


@record
class Dose(Sourced):
    """An amount, from `low` to `high`."""

    low: Positive | None = None
    high: Positive | None = None
    unit: Text


@record
class Intervention(Sourced):
    """A treatment, or what it is compared with."""

    id: Id
    name: Text
    route: Route | None = None
    dose: Dose | None = None
    minutes: Annotated[Positive | None, "length of one administration, minutes"] = None
    schedule: Annotated[Text, "how often, for example 2/week"] = ""


@record
class Comparison(Sourced):
    """One intervention against another, in one population."""

    id: Id
    population: PopulationId
    intervention: InterventionId
    comparator: InterventionId


@record
class Outcome(Sourced):
    """What is measured, and how much it matters to a decision (GRADE: critical, important, limited)."""

    id: Id
    name: Text
    importance: Importance
    kind: OutcomeKind = OutcomeKind.BENEFIT
    desired: Annotated[Desired | None, "in which direction it is better"] = None


@record
class Question(Sourced):
    """The review's question."""

    text: Annotated[Text, "the question as a sentence"] = ""
    populations: tuple[Population, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
