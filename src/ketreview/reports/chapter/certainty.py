"""The certainty of the evidence, each rating with its reasons."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.document import Block, Column, Item, Items, Line, Paragraph, joined, line
from ketreview.model.rating import AbsoluteEffect, Rating, Step
from ketreview.model.vocabulary import Scale
from ketreview.reports.chapter.names import Names
from ketreview.reports.chapter.tables import table
from ketreview.reports.chapter.terms import MINUS, aside, capital, counted, interval, listed, number, words
from ketreview.reports.levels import with_symbol
from ketreview.reports.summary_of_findings import statement_of

_GRADE = (
    Column("Outcome", width=1.9),
    Column("Certainty", width=1.7),
    Column("Reasons", width=4.2),
    Column("Studies", width=1.6),
)
_OTHER = (
    Column("Subject", width=3),
    Column("Scale and level", width=1.7),
    Column("Reasons", width=4.2),
    Column("Studies", width=1.6),
)


def blocks(names: Names) -> Iterator[Block]:
    """GRADE ratings, a table for each comparison and population, each in a sentence too; then those on other scales."""
    ratings = names.review.certainty
    graded = [rating for rating in ratings if rating.scale is Scale.GRADE]
    others = [rating for rating in ratings if rating.scale is not Scale.GRADE]
    if graded:
        yield Paragraph(line("Rated by GRADE: ⊕⊕⊕⊕ high, ⊕⊕⊕○ moderate, ⊕⊕○○ low, ⊕○○○ very low certainty."))
    for compared in dict.fromkeys(_compared(names, rating) for rating in graded):
        rated = [rating for rating in graded if _compared(names, rating) == compared]
        yield from table(_GRADE, (_graded(names, rating) for rating in rated), compared)
        told = [statement_of(names.corpus, names.review, rating) for rating in rated]
        if any(told):
            yield Items(tuple(Item(line(statement)) for statement in told if statement))
    yield from _overall(names)
    own = all(rating.scale in {Scale.PLAUSIBILITY, Scale.FEASIBILITY} for rating in others)
    caption = "Plausibility and feasibility" if own else "Ratings on other scales"
    yield from table(_OTHER, (_other(names, rating) for rating in others), caption)


def _overall(names: Names) -> Iterator[Block]:
    """What the review states over its critical outcomes."""
    for stated in names.review.overall:
        where = names.comparison(stated.comparison) if stated.comparison else names.population(stated.population)
        reasons = [capital(part.strip().rstrip(".")) for part in (stated.because, stated.override) if part]
        told = f"Over the critical outcomes{f' of {where}' if where else ''}: {with_symbol(stated.level, Scale.GRADE)}"
        yield Paragraph(line(". ".join([told, *reasons]) + "."))


def _graded(names: Names, rating: Rating) -> tuple[Line, ...]:
    outcome = names.outcome(rating.outcome) if rating.outcome else capital(rating.subject)
    return (
        line(", ".join(part for part in (outcome, rating.timepoint) if part)),
        line(_level(names, rating)),
        line(_reasons(rating)),
        _studies(names, rating),
    )


def _other(names: Names, rating: Rating) -> tuple[Line, ...]:
    subject = capital(rating.subject or names.outcome(rating.outcome))
    population = aside(names.population(rating.population)) if rating.population else ""
    return (
        line(subject + population),
        line(f"{capital(words(rating.scale))}: {_level(names, rating)}"),
        line(_reasons(rating)),
        _studies(names, rating),
    )


def _compared(names: Names, rating: Rating) -> str:
    """The population, and what is compared in it."""
    population = rating.population or names.population_of(rating.comparison)
    told = [
        names.population(population) if population else "",
        names.comparison(rating.comparison) if rating.comparison else "",
    ]
    return capital(": ".join(part for part in told if part))


def _level(names: Names, rating: Rating) -> str:
    """The and what the sources say in their own words."""
    stated: dict[str, dict[str, None]] = {}
    for statement in rating.as_stated:
        if "level" in statement.values:
            stated.setdefault(statement.source, {})[f"“{statement.values['level']}”"] = None
    told = [listed(list(said)) + (f" in {names.source(source)}" if source else "") for source, said in stated.items()]
    return with_symbol(rating.level, rating.scale) + (f"; as stated: {', '.join(told)}" if told else "")


def _reasons(rating: Rating) -> str:
    """Where the rating starts, each step with its reason, what overrides them, the reason as a whole, the effect."""
    start = f"Starts at {words(rating.start)}" if rating.start else ""
    override = f"Set by hand: {rating.override}" if rating.override else ""
    parts = [start, *(_step(step) for step in rating.steps), override, rating.because, _effect(rating.effect)]
    sentences = [capital(part.strip().rstrip(".")) for part in parts if part]
    return ". ".join(sentences) + "." if sentences else ""


def _step(step: Step) -> str:
    sign = MINUS if step.by < 0 else "+"
    because = f": {step.because}" if step.because else ""
    return f"{sign}{abs(step.by)} {words(step.domain)}{because}"


def _effect(effect: AbsoluteEffect | None) -> str:
    if effect is None:
        return ""
    control = (
        f"{number(effect.control_per_1000)} per 1000 in the control group"
        if effect.control_per_1000 is not None
        else ""
    )
    parts = [
        f"Effect: {words(effect.measure)}{'' if effect.estimate is None else f' {number(effect.estimate)}'}",
        interval(effect.ci),
        control,
        counted(effect.participants, "participant") if effect.participants is not None else "",
        counted(effect.studies, "study") if effect.studies is not None else "",
    ]
    return ", ".join(part for part in parts if part)


def _studies(names: Names, rating: Rating) -> Line:
    found = [study for name in rating.studies if (study := names.study(name))]
    return joined([names.study_cited(study) for study in found], "; ")
