"""Summary of Findings: one table for each comparison and population, a row for each rated outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ketreview.appraisal.effects import risk_with_intervention
from ketreview.document import Block, Column, Document, Heading, Line, Table, Text, Tone, line
from ketreview.linking import Corpus
from ketreview.model.question import Comparison, Intervention, Outcome, Population
from ketreview.model.rating import AbsoluteEffect, Rating
from ketreview.model.review import Review
from ketreview.model.vocabulary import Level, Scale
from ketreview.reports import levels


@dataclass(frozen=True, slots=True)
class Finding:
    """One row. Risks are per 1000, `ci` the bounds of the relative effect; null where a review gives none."""

    review: str
    comparison: str
    population: str
    outcome: str
    timepoint: str | None
    risk_with_control: float | None
    risk_with_intervention: float | None
    risk_interval: tuple[float, ...]
    measure: str | None
    estimate: float | None
    ci: tuple[float, ...]
    participants: int | None
    studies: int | None
    level: str
    comments: str


@dataclass(frozen=True, slots=True)
class SummaryOfFindings:
    """Every row, in the order of the reviews."""

    version: int
    findings: tuple[Finding, ...]


def answer(corpus: Corpus, reviews: Collection[str] = ()) -> SummaryOfFindings:
    """The GRADE ratings of outcomes, of all reviews or of those named."""
    return SummaryOfFindings(
        1,
        tuple(
            _finding(corpus, review, rating)
            for review in corpus.reviews
            if not reviews or review.id in reviews
            for rating in review.certainty
            if rating.scale is Scale.GRADE and rating.outcome
        ),
    )


def _finding(corpus: Corpus, review: Review, rating: Rating) -> Finding:
    effect = rating.effect
    control = effect.control_per_1000 if effect else None
    outcome = corpus.record(review, "outcome", rating.outcome)
    population = corpus.record(review, "population", rating.population)
    return Finding(
        review=review.id,
        comparison=_compared(corpus, review, rating.comparison),
        population=population.name if isinstance(population, Population) else rating.population,
        outcome=outcome.name if isinstance(outcome, Outcome) else rating.outcome,
        timepoint=rating.timepoint or None,
        risk_with_control=control,
        risk_with_intervention=_risk(effect, effect.estimate) if effect else None,
        risk_interval=tuple(risk for bound in effect.ci if (risk := _risk(effect, bound)) is not None)
        if effect
        else (),
        measure=effect.measure.value if effect else None,
        estimate=effect.estimate if effect else None,
        ci=effect.ci if effect else (),
        participants=effect.participants if effect else None,
        studies=effect.studies if effect and effect.studies is not None else len(rating.studies) or None,
        level=rating.level.value,
        comments="; ".join(step.because for step in rating.steps if step.because) or rating.because,
    )


def _risk(effect: AbsoluteEffect, value: float) -> float | None:
    control = effect.control_per_1000
    return None if control is None else risk_with_intervention(effect.measure, value, control)


def _compared(corpus: Corpus, review: Review, name: str) -> str:
    comparison = corpus.record(review, "comparison", name)
    if not isinstance(comparison, Comparison):
        return name
    arms = (corpus.record(review, "intervention", arm) for arm in (comparison.intervention, comparison.comparator))
    return " against ".join(arm.name if isinstance(arm, Intervention) else "?" for arm in arms)


COLUMNS = (
    Column("Outcome", width=2),
    Column("Risk with control", right=True, drop=1),
    Column("Risk with intervention", right=True, drop=2),
    Column("Relative effect (95 % CI)", right=True),
    Column("Participants (studies)", right=True),
    Column("Certainty"),
    Column("Comments", width=3, drop=3),
)


def document(answer: SummaryOfFindings) -> Document:
    """A table for each comparison and population, in the column order that GRADEpro prints."""
    blocks: list[Block] = []
    for heading, rows in _grouped(answer):
        blocks += [Heading(heading), Table(COLUMNS, rows)]
    return Document("Summary of findings", tuple(blocks))


def _grouped(answer: SummaryOfFindings) -> Iterator[tuple[str, tuple[tuple[Line, ...], ...]]]:
    groups: dict[str, list[tuple[Line, ...]]] = {}
    for finding in answer.findings:
        where = ", ".join(part for part in (finding.comparison, finding.population) if part)
        groups.setdefault(f"{finding.review}: {where}" if where else finding.review, []).append(_row(finding))
    return ((heading, tuple(rows)) for heading, rows in groups.items())


def _row(finding: Finding) -> tuple[Line, ...]:
    timepoint = f" ({finding.timepoint})" if finding.timepoint else ""
    studies = f" ({finding.studies})" if finding.studies else ""
    return (
        line(Text(finding.outcome, Tone.STRONG), timepoint),
        line(_per_1000(finding.risk_with_control)),
        line(_per_1000(finding.risk_with_intervention), _bounds(finding.risk_interval, 0)),
        line(_relative(finding)),
        line(f"{finding.participants if finding.participants is not None else '—'}{studies}"),
        line(levels.shown(Level(finding.level), Scale.GRADE)),
        line(finding.comments or "—"),
    )


def _per_1000(risk: float | None) -> str:
    return "—" if risk is None else f"{risk:.0f} per 1000"


def _relative(finding: Finding) -> str:
    if finding.measure is None or finding.estimate is None:
        return "—"
    return f"{finding.measure.replace('_', ' ')} {finding.estimate:g}{_bounds(finding.ci, None)}"


def _bounds(interval: tuple[float, ...], digits: int | None) -> str:
    if not interval:
        return ""
    low, high = (f"{bound:g}" if digits is None else f"{bound:.{digits}f}" for bound in interval)
    return f" ({low} to {high})"
