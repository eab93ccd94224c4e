"""Ratings joined with what they rest on: their studies, the guide they follow, the sum that this makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ketreview.appraisal.rating_sum import Sum, lowest, start_by_design, summed
from ketreview.linking.corpus import Corpus
from ketreview.model.profile import PROFILES, Profile
from ketreview.model.question import Comparison, Outcome
from ketreview.model.rating import OverallCertainty, Rating
from ketreview.model.review import Review
from ketreview.model.study import Study
from ketreview.model.vocabulary import Design, Importance, Level, Scale


class Judged(NamedTuple):
    """What a guide makes of a rating.

    `by_design` is where the guide lets this evidence start, None where it does not say so. `sum` is None where nothing
    can be summed up: off the GRADE scale, without a start, where there is no evidence, under an unknown guide.
    """

    profile: str
    known: bool
    designs: tuple[Design, ...]
    by_design: Level | None
    sum: Sum | None

    @property
    def level(self) -> Level | None:
        """The computed level."""
        return self.sum.level if self.sum else None


class Overall(NamedTuple):
    """The certainty over critical outcomes, as computed: `level` is None where none of them is on the ladder."""

    level: Level | None
    critical: tuple[Rating, ...]


def profile_name(rating: Rating, corpus: Corpus) -> str:
    """The guide that a rating follows: its own, else the project's."""
    return rating.profile or corpus.settings.profile


def profile_of(rating: Rating, corpus: Corpus) -> Profile | None:
    """That guide; None if nobody has described it."""
    name = profile_name(rating, corpus)
    return PROFILES.get(name) or corpus.settings.profiles.get(name)


def named_studies(rating: Rating) -> tuple[str, ...]:
    """The ids of the studies that a rating or a step of it names, each once."""
    return tuple(dict.fromkeys([*rating.studies, *(name for step in rating.steps for name in step.studies)]))


def body_of(rating: Rating, corpus: Corpus) -> tuple[Study, ...]:
    """The studies that a rating rests on; empty where one of them is not known."""
    review = corpus.review_of(rating)
    found = [corpus.record(review, "study", name) for name in named_studies(rating)]
    known = tuple(study for study in found if isinstance(study, Study))
    return known if len(known) == len(found) else ()


def judged(rating: Rating, corpus: Corpus) -> Judged:
    """What its guide makes of a rating: a start that is stated goes before the one by design."""
    profile = profile_of(rating, corpus)
    designs = tuple(dict.fromkeys(study.design for study in body_of(rating, corpus)))
    by_design = start_by_design(designs, profile) if profile and rating.scale is Scale.GRADE else None
    start = rating.start or (by_design if rating.steps else None)
    total = None
    if profile and start and rating.scale is Scale.GRADE and rating.level is not Level.NO_EVIDENCE:
        total = summed(start, ((step.domain, step.by) for step in rating.steps), profile)
    return Judged(profile_name(rating, corpus), profile is not None, designs, by_design, total)


def from_design(rating: Rating, found: Judged, corpus: Corpus) -> Sum | None:
    """What the steps of a rating give from where its guide lets its evidence start, if that is not where it starts."""
    profile = profile_of(rating, corpus)
    if profile is None or found.by_design is None or found.sum is None or found.by_design is found.sum.start:
        return None
    return summed(found.by_design, ((step.domain, step.by) for step in rating.steps), profile)


def is_randomised(rating: Rating, corpus: Corpus) -> bool:
    """Whether a body is of randomised trials: all its designs are, or it starts high where its guide lets only them."""
    profile = profile_of(rating, corpus)
    others = {*judged(rating, corpus).designs} - {Design.RANDOMISED_TRIAL}
    if profile is None or any(design in profile.start for design in others):
        return False
    if body_of(rating, corpus) and not others:
        return True
    highest = {design for design, level in profile.start.items() if level is Level.HIGH}
    return rating.start is Level.HIGH and highest == {Design.RANDOMISED_TRIAL}


def population_of(rating: Rating, review: Review, corpus: Corpus) -> str:
    """In whom a rating holds: its own population, else its comparison's."""
    comparison = corpus.record(review, "comparison", rating.comparison)
    return rating.population or (comparison.population if isinstance(comparison, Comparison) else "")


def summary_rows(review: Review, corpus: Corpus) -> dict[tuple[str, str], list[Rating]]:
    """The rows of each Summary of Findings table: GRADE ratings of outcomes, by comparison and population."""
    tables: dict[tuple[str, str], list[Rating]] = {}
    for rating in review.certainty:
        if rating.scale is Scale.GRADE and rating.outcome:
            tables.setdefault((rating.comparison, population_of(rating, review, corpus)), []).append(rating)
    return tables


def overall_of(ratings: Sequence[Rating], review: Review, corpus: Corpus) -> Overall:
    """The lowest level among ratings of critical outcomes. An outcome without evidence has no level to be lowest."""
    critical = tuple(_critical(ratings, review, corpus))
    return Overall(lowest(rating.level for rating in critical), critical)


def lowest_stated(review: Review) -> Level | None:
    """The lowest level that a review states for a critical outcome: what the evidence as a whole is worth (GRADE).

    An outcome without evidence has no level to be lowest; where no critical outcome has evidence, that is the answer.
    """
    outcomes = review.question.outcomes if review.question else ()
    critical = {outcome.id for outcome in outcomes if outcome.importance is Importance.CRITICAL}
    stated = [one.level for one in review.certainty if one.scale is Scale.GRADE and one.outcome in critical]
    return lowest(stated) or (Level.NO_EVIDENCE if Level.NO_EVIDENCE in stated else None)


def _critical(ratings: Sequence[Rating], review: Review, corpus: Corpus) -> Iterator[Rating]:
    for rating in ratings:
        outcome = corpus.record(review, "outcome", rating.outcome)
        if isinstance(outcome, Outcome) and outcome.importance is Importance.CRITICAL and rating.scale is Scale.GRADE:
            yield rating


def covered_by(stated: OverallCertainty, review: Review, corpus: Corpus) -> list[Rating]:
    """The ratings that a stated overall certainty is about: those of its comparison and population, or all."""
    return [
        rating
        for rating in review.certainty
        if (not stated.comparison or rating.comparison == stated.comparison)
        and (not stated.population or population_of(rating, review, corpus) == stated.population)
    ]
