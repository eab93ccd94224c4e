"""Ratings: stated and computed side by side, with the reasons of each step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from ketreview.appraisal import grade
from ketreview.document import Block, Column, Document, Heading, Item, Items, Line, Table, Text, Tone, line
from ketreview.linking import Corpus
from ketreview.model.rating import Rating, Step
from ketreview.model.review import Review
from ketreview.model.vocabulary import Level, Scale
from ketreview.reports import levels


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """One step down or up."""

    domain: str
    by: int
    because: str
    studies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RatingAnswer:
    """One rating. Either `outcome` or `subject` is set; `computed` is null where nothing can be computed."""

    review: str
    id: str
    outcome: str | None = field(metadata={"omit": True})
    subject: str | None = field(metadata={"omit": True})
    comparison: str | None
    population: str | None
    scale: str
    as_stated: str | None
    level: str
    computed: str | None
    agrees: bool | None
    steps: tuple[StepAnswer, ...]


@dataclass(frozen=True, slots=True)
class CertaintyAnswer:
    """Every rating, in the order of the reviews."""

    version: int
    ratings: tuple[RatingAnswer, ...]


def answer(corpus: Corpus, reviews: Collection[str] = ()) -> CertaintyAnswer:
    """The ratings of all reviews, or of those named."""
    return CertaintyAnswer(
        1,
        tuple(
            _rating(review, rating)
            for review in corpus.reviews
            if not reviews or review.id in reviews
            for rating in review.certainty
        ),
    )


def _rating(review: Review, rating: Rating) -> RatingAnswer:
    computed = computed_level(rating)
    words = dict.fromkeys(
        str(statement.values["level"]) for statement in rating.as_stated if "level" in statement.values
    )
    return RatingAnswer(
        review=review.id,
        id=rating.id,
        outcome=rating.outcome or None,
        subject=rating.subject or None,
        comparison=rating.comparison or None,
        population=rating.population or None,
        scale=rating.scale.value,
        as_stated="; ".join(words) or None,
        level=rating.level.value,
        computed=computed.value if computed else None,
        agrees=None if computed is None else computed is rating.level or bool(rating.override),
        steps=tuple(_step(step) for step in rating.steps),
    )


def computed_level(rating: Rating) -> Level | None:
    """What start and steps give; None off the GRADE scale, without a start, and where there is no evidence."""
    if rating.scale is not Scale.GRADE or rating.start is None or rating.level is Level.NO_EVIDENCE:
        return None
    return grade.computed(rating.start, (step.by for step in rating.steps))


def _step(step: Step) -> StepAnswer:
    return StepAnswer(step.domain.value, step.by, step.because, step.studies)


COLUMNS = (
    Column("Rated", width=2),
    Column("Comparison", drop=2),
    Column("Population", drop=1),
    Column("Scale", drop=3),
    Column("As stated"),
    Column("Level"),
    Column("Computed"),
)


def document(answer: CertaintyAnswer, corpus: Corpus) -> Document:
    """A table for each review, and under it why each rating is what it is."""
    blocks: list[Block] = []
    for review in corpus.reviews:
        ratings = [rating for rating in answer.ratings if rating.review == review.id]
        if ratings:
            labels = _labels(corpus, review, ratings)
            rows = tuple(_row(rating, labels[rating.id]) for rating in ratings)
            reasons = tuple(_reasons(rating, labels[rating.id]) for rating in ratings if rating.steps)
            blocks += [Heading(review.title), Table(COLUMNS, rows), *([Items(reasons)] if reasons else [])]
    return Document("Certainty of the evidence", tuple(blocks))


def _labels(corpus: Corpus, review: Review, ratings: list[RatingAnswer]) -> dict[str, Line]:
    """What each rating is called: its outcome and time, and its comparison where others are called the same."""
    records = {rating.id: corpus.record(review, "rating", rating.id) for rating in ratings}
    times = {name: record.timepoint for name, record in records.items() if isinstance(record, Rating)}
    called = {rating.id: (rating.outcome or rating.subject or rating.id, times[rating.id]) for rating in ratings}
    counts = Counter(called.values())
    labels = {}
    for rating in ratings:
        name, time = called[rating.id]
        comparison = rating.comparison if counts[name, time] > 1 else None
        aside = ", ".join(part for part in (comparison, time) if part)
        labels[rating.id] = line(Text(name, Tone.STRONG), f" ({aside})" if aside else "")
    return labels


def _row(rating: RatingAnswer, label: Line) -> tuple[Line, ...]:
    return (
        label,
        line(rating.comparison or "—"),
        line(rating.population or "—"),
        line(rating.scale),
        line(rating.as_stated or "—"),
        line(levels.shown(Level(rating.level), Scale(rating.scale))),
        _computed(rating),
    )


def _computed(rating: RatingAnswer) -> Line:
    if rating.computed is None:
        return line(Text("—", Tone.MUTED))
    words = levels.words(Level(rating.computed))
    if rating.agrees:
        return line(Text(f"{words} ✓", Tone.GOOD))
    return line(Text(f"{words} ≠", Tone.BAD))


def _reasons(rating: RatingAnswer, label: Line) -> Item:
    return Item(label, tuple(_said(step) for step in rating.steps))


def _said(step: StepAnswer) -> Line:
    studies = f" ({', '.join(step.studies)})" if step.studies else ""
    tone = Tone.CAUTION if step.by < 0 else Tone.GOOD
    return line(
        Text(f"{step.by:+d} {step.domain.replace('_', ' ')}", tone),
        f": {step.because}" if step.because else "",
        studies,
    )
