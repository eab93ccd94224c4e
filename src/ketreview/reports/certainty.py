"""Ratings: stated and computed side by side, with the reasons of each step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from ketreview.document import Block, Column, Document, Heading, Item, Items, Line, Paragraph, Table, Text, Tone, line
from ketreview.frozen import field, frozen
from ketreview.linking import Corpus
from ketreview.linking.ratings import covered_by, judged, overall_of, summary_rows
from ketreview.model.rating import OverallCertainty, Rating
from ketreview.model.review import Review
from ketreview.model.vocabulary import Level, Scale
from ketreview.reports import levels


@frozen
class StepAnswer:
    """One step down or up; `counted` is what it moves the level by under the rating's guide, null where none is."""

    domain: str
    by: int
    because: str
    studies: tuple[str, ...]
    counted: int | None = None


@frozen
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
    start: str | None = None
    profile: str | None = None
    override: str | None = None


@frozen
class OverallAnswer:
    """The certainty over the critical outcomes of a comparison; `level` is what a review states, null if it does not.

    `computed` is the lowest level among the ratings `critical`; null where none of them has one.
    """

    review: str
    comparison: str | None
    population: str | None
    level: str | None
    computed: str | None
    agrees: bool | None
    critical: tuple[str, ...]


@frozen
class CertaintyAnswer:
    """Every rating, in the order of the reviews."""

    version: int
    ratings: tuple[RatingAnswer, ...]
    overall: tuple[OverallAnswer, ...] = ()


def answer(corpus: Corpus, reviews: Collection[str] = ()) -> CertaintyAnswer:
    """The ratings of all reviews, or of those named."""
    wanted = [review for review in corpus.reviews if not reviews or review.id in reviews]
    return CertaintyAnswer(
        1,
        tuple(_rating(corpus, review, rating) for review in wanted for rating in review.certainty),
        tuple(overall for review in wanted for overall in overall_answers(corpus, review)),
    )


def _rating(corpus: Corpus, review: Review, rating: Rating) -> RatingAnswer:
    found = judged(rating, corpus)
    words = dict.fromkeys(
        str(statement.values["level"]) for statement in rating.as_stated if "level" in statement.values
    )
    start = rating.start or (found.sum.start if found.sum else None)
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
        computed=found.level.value if found.level else None,
        agrees=None if found.level is None else found.level is rating.level or bool(rating.override),
        steps=tuple(_steps(corpus, rating)),
        start=start.value if start else None,
        profile=found.profile if rating.scale is Scale.GRADE else None,
        override=rating.override or None,
    )


def _steps(corpus: Corpus, rating: Rating) -> Iterator[StepAnswer]:
    found = judged(rating, corpus)
    for index, step in enumerate(rating.steps):
        rungs = found.sum.moves[index].counted if found.sum else None
        yield StepAnswer(step.domain.value, step.by, step.because, step.studies, rungs)


def overall_answers(corpus: Corpus, review: Review) -> Iterator[OverallAnswer]:
    """What a review states over its outcomes; then each comparison with critical outcomes that it says nothing of."""
    for stated in review.overall:
        found = overall_of(covered_by(stated, review, corpus), review, corpus)
        yield _overall(review, stated.comparison, stated.population, stated, found.level, found.critical)
    told = {stated.comparison for stated in review.overall}
    for (comparison, population), rows in summary_rows(review, corpus).items():
        found = overall_of(rows, review, corpus)
        if found.critical and comparison not in told:
            yield _overall(review, comparison, population, None, found.level, found.critical)


def _overall(
    review: Review,
    comparison: str,
    population: str,
    stated: OverallCertainty | None,
    computed: Level | None,
    critical: tuple[Rating, ...],
) -> OverallAnswer:
    level = computed or (Level.NO_EVIDENCE if critical else None)
    agrees = None if stated is None or level is None else stated.level is level or bool(stated.override)
    return OverallAnswer(
        review.id,
        comparison or None,
        population or None,
        stated.level.value if stated else None,
        level.value if level else None,
        agrees,
        tuple(rating.id for rating in critical),
    )


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
            reasons = tuple(_reasons(rating, labels[rating.id]) for rating in ratings if _has_reasons(rating))
            blocks += [Heading(review.title), Table(COLUMNS, rows), *([Items(reasons)] if reasons else [])]
            blocks += _overall_blocks([overall for overall in answer.overall if overall.review == review.id])
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


def _has_reasons(rating: RatingAnswer) -> bool:
    return bool(rating.steps or rating.override)


def _reasons(rating: RatingAnswer, label: Line) -> Item:
    override = (line(Text("set by hand", Tone.CAUTION), f": {rating.override}"),) if rating.override else ()
    return Item(label, (*(_said(step, rating.profile) for step in rating.steps), *override))


def _said(step: StepAnswer, profile: str | None) -> Line:
    studies = f" ({', '.join(step.studies)})" if step.studies else ""
    tone = Tone.CAUTION if step.by < 0 else Tone.GOOD
    capped = step.counted is not None and step.counted != step.by
    return line(
        Text(f"{step.by:+d} {step.domain.replace('_', ' ')}", tone),
        f" (counts {step.counted:+d} in {profile})" if capped else "",
        f": {step.because}" if step.because else "",
        studies,
    )


def _overall_blocks(overall: list[OverallAnswer]) -> Iterator[Block]:
    """The certainty over critical outcomes, for each comparison that has any evidence on them."""
    items = [Item(_told(one)) for one in overall if one.level or one.computed != Level.NO_EVIDENCE]
    if items:
        yield Paragraph(line("Over the critical outcomes, the lowest of them:"))
        yield Items(tuple(items))


def _told(one: OverallAnswer) -> Line:
    where = ", ".join(part for part in (one.comparison, one.population) if part) or "the whole review"
    computed = levels.with_symbol(Level(one.computed), Scale.GRADE) if one.computed else "not rated"
    if one.level is None:
        return line(Text(where, Tone.STRONG), f": {computed}")
    stated = levels.with_symbol(Level(one.level), Scale.GRADE)
    mark = Text(" ✓", Tone.GOOD) if one.agrees else Text(f" ≠ {computed}", Tone.BAD)
    return line(Text(where, Tone.STRONG), f": {stated}", *([] if one.agrees is None else [mark]))
