"""A corpus of some of the reviews, and of a store known by its keys, for a run in which all else is as it was.

It answers as the whole corpus would, or ends the run (`NotReadError`): what is asked of the rest of the project is not
known here but for what is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ketreview.frozen import field, frozen
from ketreview.linking.corpus import Corpus
from ketreview.linking.duplicates import Duplicates, Work
from ketreview.linking.kept_store import KeptStore, KeptSuggestions
from ketreview.linking.missing import NotRead, NotReadError
from ketreview.model.citation import Citation
from ketreview.model.entry import Entry
from ketreview.model.review import Review

if TYPE_CHECKING:
    from ketreview.linking.retractions import Retractions


@frozen(slots=False)
class Kept:
    """What is known of the whole project.

    `ids` are those of all reviews, `works` the places of the entries of each work with several keys, of the first ones
    of each key, and of the one to keep; `retracted` the keys of retracted works.
    """

    store: KeptStore
    ids: tuple[str, ...]
    known_files: frozenset[str]
    may_cite_more: bool
    works: Sequence[tuple[Sequence[int], Sequence[int], int]]
    retracted: frozenset[str]


@frozen(slots=False)
class PartOfCorpus(Corpus):
    """`own` are the reviews that were read, in order; `reviews` are these for rules that join reviews alone."""

    own: tuple[Review, ...] = ()
    kept: Kept = field(kw_only=True)

    def joining(self) -> PartOfCorpus:
        """The same for rules that hold reviews against each other, which get those that were read."""
        made = replace(self, reviews=self.own)
        vars(made).update({name: value for name, value in vars(self).items() if name != "reviews"})
        return made

    @property
    def known_reviews(self) -> tuple[Review, ...]:
        """Those that were read."""
        return self.own

    def citations_of(self, key: str) -> Sequence[Citation]:
        """Not known.

        Raises:
            NotReadError: always.
        """
        raise NotReadError(key)

    def times_cited(self, key: str) -> int:
        """Not known, as `citations_of`."""
        return len(self.citations_of(key))

    def first_citation(self, key: str) -> Citation | None:
        """Not known, as `citations_of`."""
        return self.citations_of(key)[0]

    @property
    def cites_anything(self) -> bool:
        """Always: of a project that cites nothing, nothing is kept."""
        return True

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Not known."""
        return NotRead()

    @cached_property
    def _citations(self) -> tuple[Citation, ...]:
        return NotRead()

    @cached_property
    def unresolved(self) -> tuple[Citation, ...]:
        """The citations in reviews that were read whose key the store does not have."""
        return tuple(citation for citation in self.in_reviews if not self.resolves(citation))

    @cached_property
    def may_cite_more(self) -> bool:
        """As it was."""
        return self.kept.may_cite_more

    @cached_property
    def known_files(self) -> frozenset[str]:
        """As they were: a review that lists other files is read with all others."""
        return self.kept.known_files

    @cached_property
    def review_ids(self) -> tuple[str, ...]:
        """As they were: a review that changes its id is read with all others."""
        return self.kept.ids

    def review(self, review_id: str) -> Review | None:
        """The review with this id.

        Raises:
            NotReadError: it is there, and was not read.
        """
        found = self._by_id.get(review_id)
        if found is None and review_id in self.kept.ids:
            raise NotReadError
        return found

    @cached_property
    def suggestions(self) -> KeptSuggestions:
        """As in `Corpus`, of the kept keys."""
        return KeptSuggestions(self.kept.store, self.former)

    @cached_property
    def duplicates(self) -> Duplicates:
        """The works with several keys; what they are told for is not known."""
        entry = self.kept.store.entry
        works = tuple(
            Work(tuple(map(entry, entries)), tuple(map(entry, firsts)), entry(keep))
            for entries, firsts, keep in self.kept.works
        )
        return Duplicates(works, NotRead(), ())

    @cached_property
    def retractions(self) -> Retractions:
        """The keys of retracted works alone."""
        from ketreview.linking.retractions import Retractions  # noqa: PLC0415  loaded where somebody asks

        found = Retractions(NotRead(), self.works, self.as_of)
        vars(found)["retracted"] = self.kept.retracted
        return found
