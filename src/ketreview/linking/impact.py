"""What falls with an entry: the studies, ratings, claims and lines of chapters that rest on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from ketreview.linking.corpus import Corpus
from ketreview.model.claim import Claim, Evidence
from ketreview.model.rating import Rating
from ketreview.model.review import Review
from ketreview.model.study import Study
from ketreview.source import Span

KINDS = ("claim", "challenge", "rating", "study", "chapter")
"""What can rest on an entry, what matters most first."""


class Resting(NamedTuple):
    """Something that rests on an entry.

    `kind` is one of `KINDS`; `id` is that of the claim, also for what challenges it, and of the rating or the study;
    `id` and `review` are empty for a line of a chapter. `why` says how it rests on it, and it
    is `alone` where nothing else carries it.
    """

    kind: str
    review: str
    id: str
    span: Span
    why: str
    alone: bool


def resting_on(corpus: Corpus, key: str, gone: Collection[str] = ()) -> tuple[Resting, ...]:
    """All that rests on an entry, by `KINDS`, then in order; `gone` are other keys that carry nothing any more.

    A study rests on its reports, a rating on its studies, a claim on what supports it and on the rating that it may not
    exceed. Where an entry only challenges a claim, the challenge falls and not the claim.
    """
    found = [*_in_reviews(corpus, key, {*gone, key}), *_in_chapters(corpus, key)]
    return tuple(sorted(found, key=lambda resting: KINDS.index(resting.kind)))


def _in_chapters(corpus: Corpus, key: str) -> Iterator[Resting]:
    for citation in corpus.citations_of(key):
        if citation.in_chapter:
            yield Resting("chapter", "", "", citation.span, "it is cited here", alone=False)


def _in_reviews(corpus: Corpus, key: str, gone: Collection[str]) -> Iterator[Resting]:
    citing = {citation.review for citation in corpus.citations_of(key)}
    for review in corpus.reviews:
        if review.id in citing:
            yield from _Falling(review, key, gone).all()


class _Falling:
    """What rests on a key in one review."""

    def __init__(self, review: Review, key: str, gone: Collection[str]) -> None:
        self.review, self.key, self.gone = review, key, gone
        self.studies = {study.id: study for study in review.studies if key in study.cites}
        self.fallen = {study.id for study in review.studies if study.cites and set(study.cites) <= set(gone)}
        self.ratings = {
            rating.id: rating for rating in review.certainty if not self.studies.keys().isdisjoint(rating.studies)
        }

    def all(self) -> Iterator[Resting]:
        yield from map(self._study, self.studies.values())
        yield from map(self._rating, self.ratings.values())
        for claim in self.review.claims:
            yield from self._claim(claim)

    def _study(self, study: Study) -> Resting:
        alone = study.id in self.fallen
        why = "it is the report of this study" if alone else "it is one of the reports of this study"
        return Resting("study", self.review.id, study.id, study.span("id"), why, alone)

    def _rating(self, rating: Rating) -> Resting:
        alone = set(rating.studies) <= self.fallen
        why = "this rating has no other study" if alone else "this rating counts it among its studies"
        return Resting("rating", self.review.id, rating.id, rating.span("id"), why, alone)

    def _claim(self, claim: Claim) -> Iterator[Resting]:
        supports = any(map(self._is, claim.supports))
        if supports or claim.rating in self.ratings:
            alone = supports and all(map(self._fell, claim.supports))
            why = "nothing else supports this claim" if alone else "it is among what supports this claim"
            if not supports:
                why = f"the rating of this claim, `{claim.rating}`, rests on it"
            yield Resting("claim", self.review.id, claim.id, claim.span("id"), why, alone)
        if any(map(self._is, claim.challenges)):
            alone = all(map(self._fell, claim.challenges))
            why = "nothing else challenges this claim" if alone else "it is among what challenges this claim"
            yield Resting("challenge", self.review.id, claim.id, claim.span("id"), why, alone)

    def _is(self, evidence: Evidence) -> bool:
        return evidence.cites == self.key or evidence.study in self.studies

    def _fell(self, evidence: Evidence) -> bool:
        return evidence.cites in self.gone or evidence.study in self.fallen
