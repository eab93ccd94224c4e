"""Summary of Findings: one table for each comparison and population, a row for each rated outcome."""

from __future__ import annotations

import re
from collections.abc import Collection

from ketreview.appraisal import statements
from ketreview.appraisal.effects import risk_with_intervention
from ketreview.appraisal.hypotheses import verdict
from ketreview.appraisal.statements import Asked, Told
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.linking.ratings import summary_rows
from ketreview.model.question import Comparison, Intervention, Outcome, Population
from ketreview.model.rating import AbsoluteEffect, Rating, Step
from ketreview.model.review import Review
from ketreview.model.vocabulary import Desired, Measure, OutcomeKind
from ketreview.reports import levels

Bounds = tuple[float, ...]


@frozen
class Finding:
    """One row. Risks are per 1000, `ci` the bounds of the relative effect; null where a review gives none.

    A risk that a review does not state is computed from the risk with control and the effect. `statement` says the row
    in a sentence; empty where the figures do not say enough. `footnotes` are the numbers of the table's footnotes.
    """

    review: str
    comparison: str
    population: str
    outcome: str
    timepoint: str | None
    risk_with_control: float | None
    risk_with_intervention: float | None
    risk_interval: Bounds
    measure: str | None
    estimate: float | None
    ci: Bounds
    participants: int | None
    studies: int | None
    level: str
    comments: str
    id: str = ""
    comparison_id: str = ""
    importance: str | None = None
    unit: str | None = None
    difference: float | None = None
    difference_interval: Bounds = ()
    statement: str = ""
    favours: str | None = None
    footnotes: tuple[int, ...] = ()
    hypothesis: str | None = None
    margin: float | None = None


@frozen
class Footnote:
    """Why a level is what it is: one step of one or more rows of a table."""

    number: int
    text: str


@frozen
class FindingsTable:
    """One table: what is compared in whom, the ids of its rows, and the footnotes below it."""

    review: str
    comparison: str
    population: str
    comparison_id: str
    rows: tuple[str, ...]
    footnotes: tuple[Footnote, ...]


@frozen
class SummaryOfFindings:
    """Every row in the order of the reviews, and the tables that they make."""

    version: int
    findings: tuple[Finding, ...]
    tables: tuple[FindingsTable, ...] = ()


def answer(corpus: Corpus, reviews: Collection[str] = ()) -> SummaryOfFindings:
    """The GRADE ratings of outcomes, of all reviews or of those named."""
    findings: list[Finding] = []
    tables: list[FindingsTable] = []
    for review in corpus.reviews:
        if not reviews or review.id in reviews:
            for (comparison, population), ratings in summary_rows(review, corpus).items():
                notes: dict[str, int] = {}
                for step in (step for rating in ratings for step in rating.steps):
                    notes.setdefault(_note(step), len(notes) + 1)
                findings += [_finding(corpus, review, rating, population, notes) for rating in ratings]
                tables.append(
                    FindingsTable(
                        review.id,
                        compared(corpus, review, comparison),
                        _population(corpus, review, population),
                        comparison,
                        tuple(rating.id for rating in ratings),
                        tuple(Footnote(number, text) for text, number in notes.items()),
                    )
                )
    return SummaryOfFindings(1, tuple(findings), tuple(tables))


def _finding(corpus: Corpus, review: Review, rating: Rating, population: str, notes: dict[str, int]) -> Finding:
    effect = rating.effect
    outcome = corpus.record(review, "outcome", rating.outcome)
    known = outcome if isinstance(outcome, Outcome) else None
    return Finding(
        review=review.id,
        comparison=compared(corpus, review, rating.comparison),
        population=_population(corpus, review, population),
        outcome=known.name if known else rating.outcome,
        timepoint=rating.timepoint or None,
        risk_with_control=effect.control_per_1000 if effect else None,
        risk_with_intervention=_risk(effect) if effect else None,
        risk_interval=_risk_interval(effect) if effect else (),
        measure=effect.measure.value if effect else None,
        estimate=effect.estimate if effect else None,
        ci=effect.ci if effect else (),
        participants=effect.participants if effect else None,
        studies=effect.studies if effect and effect.studies is not None else len(rating.studies) or None,
        level=rating.level.value,
        comments="; ".join(step.because for step in rating.steps if step.because) or rating.because,
        id=rating.id,
        comparison_id=rating.comparison,
        importance=known.importance.value if known else None,
        unit=effect.unit or None if effect else None,
        difference=_difference(effect) if effect else None,
        difference_interval=_difference_interval(effect) if effect else (),
        statement=statement_of(corpus, review, rating),
        favours=favours_of(corpus, review, rating) or None,
        footnotes=tuple(dict.fromkeys(notes[_note(step)] for step in rating.steps)),
        hypothesis=rating.hypothesis.kind.value if rating.hypothesis else None,
        margin=rating.hypothesis.margin if rating.hypothesis else None,
    )


def _note(step: Step) -> str:
    """`risk of bias -1: not blinded (anand-2023)`."""
    studies = f" ({', '.join(step.studies)})" if step.studies else ""
    because = f": {step.because.strip().rstrip('.')}" if step.because else ""
    return f"{step.domain.replace('_', ' ')} {step.by:+d}{because}{studies}"


def _risk(effect: AbsoluteEffect) -> float | None:
    """The risk with the intervention, as stated or else as computed."""
    if effect.intervention_per_1000 is not None or effect.control_per_1000 is None or effect.estimate is None:
        return effect.intervention_per_1000
    return risk_with_intervention(effect.measure, effect.estimate, effect.control_per_1000)


def _risk_interval(effect: AbsoluteEffect) -> Bounds:
    if effect.intervention_ci or effect.control_per_1000 is None:
        return effect.intervention_ci
    risks = (risk_with_intervention(effect.measure, bound, effect.control_per_1000) for bound in effect.ci)
    return tuple(risk for risk in risks if risk is not None)


def _difference(effect: AbsoluteEffect) -> float | None:
    risk = _risk(effect)
    if effect.difference_per_1000 is not None or risk is None or effect.control_per_1000 is None:
        return effect.difference_per_1000
    return risk - effect.control_per_1000


def _difference_interval(effect: AbsoluteEffect) -> Bounds:
    if effect.difference_ci or effect.control_per_1000 is None:
        return effect.difference_ci
    return tuple(bound - effect.control_per_1000 for bound in _risk_interval(effect))


def compared(corpus: Corpus, review: Review, name: str) -> str:
    """`A against B`; the id where no comparison has it."""
    comparison = corpus.record(review, "comparison", name)
    if not isinstance(comparison, Comparison):
        return name
    return f"{_arm(corpus, review, comparison.intervention)} against {_arm(corpus, review, comparison.comparator)}"


def _arm(corpus: Corpus, review: Review, name: str) -> str:
    arm = corpus.record(review, "intervention", name)
    return arm.name if isinstance(arm, Intervention) else "?"


def _population(corpus: Corpus, review: Review, name: str) -> str:
    population = corpus.record(review, "population", name)
    return population.name if isinstance(population, Population) else name


def statement_of(corpus: Corpus, review: Review, rating: Rating) -> str:
    """A rating of an outcome in one plain sentence; empty where its figures do not say enough."""
    told = _told(corpus, review, rating)
    size = rating.effect.size if rating.effect else None
    return statements.statement(rating.level, told, _towards(rating), size, _asked(rating)) if told else ""


def _asked(rating: Rating) -> Asked | None:
    """What the comparison was to show, where the figures answer it."""
    effect, asked = rating.effect, rating.hypothesis
    found = verdict(asked.kind, effect.measure, asked.margin, effect.ci) if effect and asked else None
    words = margin_words(rating)
    return Asked(asked.kind, found, words) if asked and found and words else None


def margin_words(rating: Rating) -> str:
    """`-10 percentage points`, `risk ratio 1.25`; empty without a margin."""
    effect, asked = rating.effect, rating.hypothesis
    if effect is None or asked is None or asked.margin is None:
        return ""
    margin = levels.figure(asked.margin)
    if effect.measure is Measure.RISK_DIFFERENCE:
        return f"{margin} percentage points"
    if effect.measure is Measure.MEAN_DIFFERENCE and effect.unit:
        return f"{margin} {effect.unit}"
    return f"{levels.measure_words(effect.measure)} {margin}"


def favours_of(corpus: Corpus, review: Review, rating: Rating) -> str:
    """Whether a finding speaks for the `intervention` or the `comparator`; empty where neither is known."""
    outcome = corpus.record(review, "outcome", rating.outcome)
    kind: OutcomeKind = outcome.kind if isinstance(outcome, Outcome) else OutcomeKind.BENEFIT
    desired: Desired | None = outcome.desired if isinstance(outcome, Outcome) else None
    return statements.favours(_towards(rating), rating.effect.measure, kind, desired) if rating.effect else ""


def _towards(rating: Rating) -> int | None:
    effect = rating.effect
    if effect is None:
        return None
    estimate, interval = effect.estimate, effect.ci
    if estimate is None and effect.measure is Measure.RISK_DIFFERENCE:
        estimate, interval = _difference(effect), interval or _difference_interval(effect)
    return None if estimate is None else statements.direction(effect.measure, estimate, interval, effect.size)


def _told(corpus: Corpus, review: Review, rating: Rating) -> Told | None:
    comparison = corpus.record(review, "comparison", rating.comparison)
    outcome = corpus.record(review, "outcome", rating.outcome)
    if not isinstance(comparison, Comparison) or not isinstance(outcome, Outcome):
        return None
    arms = [corpus.record(review, "intervention", arm) for arm in (comparison.intervention, comparison.comparator)]
    given, against = (arm if isinstance(arm, Intervention) else None for arm in arms)
    for called in (_shortly, _wholly, _with_schedule):
        if given and against and called(given) != called(against):
            return Told(_inside(called(given)), _inside(outcome.name), _inside(called(against)))
    return None


def _shortly(arm: Intervention) -> str:
    """A name without what stands behind a comma or in brackets."""
    return re.split(r", | \(", arm.name, maxsplit=1)[0]


def _wholly(arm: Intervention) -> str:
    return arm.name


def _with_schedule(arm: Intervention) -> str:
    return f"{arm.name} ({arm.schedule})" if arm.schedule else arm.name


def _inside(name: str) -> str:
    """A name inside a sentence: without the capital of a plain word."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
