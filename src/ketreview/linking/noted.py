"""A corpus that notes what rules ask of reviews, so that a later run can leave out those that have not changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from ketreview.frozen import field, frozen
from ketreview.linking.corpus import Corpus
from ketreview.model.citation import Citation
from ketreview.model.review import Review


class Notes:
    """What was asked.

    `at` is the path of the review that a rule is at, one of `reviews`; `others` are the ids that it asked for there.
    `listed` are the keys whose citations were asked for, `counted` and `first` those of which only the number or the
    first was. `unbounded` says that all reviews or citations were gone over,
    or that something was found in another file than the record that it was found at.
    """

    def __init__(self, reviews: frozenset[str]) -> None:
        self.reviews = reviews
        self.at = ""
        self.others: set[tuple[str, str]] = set()
        self.listed: set[str] = set()
        self.counted: set[str] = set()
        self.first: set[str] = set()
        self.unbounded = False
        self._quiet = False

    @contextmanager
    def unnoted(self) -> Iterator[None]:
        """Going over all reviews is not noted meanwhile."""
        self._quiet, before = True, self._quiet
        yield
        self._quiet = before

    def found(self, path: str) -> None:
        """Something is found in a file."""
        self.unbounded = self.unbounded or (self.at != path and (bool(self.at) or path in self.reviews))

    def all(self) -> None:
        """All reviews, or all that they cite, are gone over."""
        self.unbounded = self.unbounded or not self._quiet


class _Reviews(tuple[Review, ...]):
    """Reviews that note when they are gone over."""

    notes: Notes

    @classmethod
    def of(cls, reviews: Sequence[Review], notes: Notes) -> _Reviews:
        made = cls(reviews)
        made.notes = notes
        return made

    def __iter__(self) -> Iterator[Review]:
        self.notes.all()
        return super().__iter__()

    def __len__(self) -> int:
        self.notes.all()
        return super().__len__()

    def __getitem__(self, index: Any) -> Any:
        self.notes.all()
        return super().__getitem__(index)


@frozen(slots=False)
class NotedCorpus(Corpus):
    """The same corpus, noting. What it looks up by name is bounded by the names that reviews share."""

    notes: Notes = field(kw_only=True)
    unnoted: tuple[Review, ...] = ()

    @classmethod
    def of(cls, corpus: Corpus) -> NotedCorpus:
        """The corpus as it is."""
        notes = Notes(frozenset(review.where.source.path for review in corpus.reviews))
        parts = {spec.name: getattr(corpus, spec.name) for spec in fields(corpus)}
        return cls(**{**parts, "reviews": _Reviews.of(corpus.reviews, notes)}, notes=notes, unnoted=corpus.reviews)

    @property
    def known_reviews(self) -> tuple[Review, ...]:
        """As in `Corpus`; indexes are made of them without a note."""
        return self.unnoted

    @property
    def citations(self) -> tuple[Citation, ...]:
        """As in `Corpus`."""
        self.notes.all()
        return super().citations

    def citations_of(self, key: str) -> Sequence[Citation]:
        """As in `Corpus`."""
        self.notes.listed.add(key)
        return super().citations_of(key)

    def times_cited(self, key: str) -> int:
        """As in `Corpus`."""
        self.notes.counted.add(key)
        return super().times_cited(key)

    def first_citation(self, key: str) -> Citation | None:
        """As in `Corpus`."""
        self.notes.first.add(key)
        return super().first_citation(key)

    def review(self, review_id: str) -> Review | None:
        """As in `Corpus`."""
        self.notes.others.add((self.notes.at, review_id))
        return super().review(review_id)
