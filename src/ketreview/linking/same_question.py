"""Whether two ratings of two reviews may be of one question."""

from __future__ import annotations

from ketreview.appraisal.same_work import folded
from ketreview.linking.corpus import Corpus
from ketreview.model.question import Comparison
from ketreview.model.rating import Rating
from ketreview.model.review import Review


def one_question(corpus: Corpus, one: tuple[Review, Rating], other: tuple[Review, Rating]) -> bool:
    """Whether neither outcome, population nor comparison of two ratings is another one, by id or by name."""
    return all(
        _may_be_one(_names(corpus, *one, kind), _names(corpus, *other, kind))
        for kind in ("outcome", "population", "comparison")
    )


def _may_be_one(one: set[str], other: set[str]) -> bool:
    return not one or not other or not one.isdisjoint(other)


def _names(corpus: Corpus, review: Review, rating: Rating, kind: str) -> set[str]:
    """What one side of a rating's question is called: its id, its name, or for a comparison those of its arms."""
    name = getattr(rating, kind) or (rating.subject if kind == "outcome" else "")
    record = corpus.record(review, kind, name)
    if isinstance(record, Comparison):
        arms = (corpus.record(review, "intervention", arm) for arm in (record.intervention, record.comparator))
        return {name, "|".join(folded(getattr(arm, "name", "")) for arm in arms)}
    return {text for text in (name, folded(getattr(record, "name", ""))) if text}
