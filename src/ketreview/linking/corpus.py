"""Everything that was read, joined: a read-only, indexed Corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from posixpath import normpath
from typing import TYPE_CHECKING, Self

from ketreview.frozen import frozen
from ketreview.history import FormerKey
from ketreview.linking.annotating import by_key, by_name
from ketreview.linking.books import Book, languages_built
from ketreview.linking.duplicates import Duplicates
from ketreview.linking.facts import listed_paths
from ketreview.linking.gathered import Gathered
from ketreview.linking.grouping import grouped
from ketreview.linking.suggesting import Suggestions
from ketreview.model.citation import Citation
from ketreview.model.entry import Entry
from ketreview.model.record import Record
from ketreview.model.review import ID_KINDS, Review
from ketreview.model.stated import Annotation, Identity
from ketreview.model.trial import Trial
from ketreview.model.walk import Named, Walked, walked

if TYPE_CHECKING:
    from ketreview.linking.retractions import Retractions

Ids = Mapping[tuple[str, str], Record]


@frozen(slots=False)
class Corpus(Gathered):
    """The project: all that was read, with look-ups that join it."""

    def remembering(self, former: Mapping[str, FormerKey]) -> Self:
        """The same, with what became of keys; what was looked up before, and has nothing to do with them, is kept."""
        made = replace(self, former=former)
        vars(made).update({name: found for name, found in vars(self).items() if name not in {"former", "suggestions"}})
        return made

    @cached_property
    def duplicates(self) -> Duplicates:
        """Entries of one work under several keys, and identifiers that contradict each other."""
        from ketreview.linking.twins import duplicates_of  # noqa: PLC0415  loaded where somebody asks

        return duplicates_of(self.works, self.one_store, self.times_cited)

    @cached_property
    def retractions(self) -> Retractions:
        """What exports of retractions say of the works of the store."""
        from ketreview.linking.retractions import Retractions  # noqa: PLC0415  loaded where somebody asks

        return Retractions(self.exports, self.works, self.as_of)

    def same_work(self, identity: Identity) -> Sequence[Entry]:
        """The entries that an identity names."""
        return self.works.same(identity)

    @cached_property
    def trials_by_number(self) -> Mapping[str, Sequence[Trial]]:
        """The trials of all reviews by what identifies them, `appraisal.trials.Number.trial`."""
        from ketreview.appraisal.trials import trials_of  # noqa: PLC0415  loaded where somebody asks

        trials = [trial for review in self.known_reviews for trial in review.trials]
        return grouped((number, trial) for trial in trials for number in sorted(trials_of(trial.registrations)))

    @cached_property
    def annotated(self) -> Mapping[str, Annotation]:
        """The first annotation of each key: one that it states, or that of an entry that it names otherwise."""
        return by_key(self.annotations, self.same_work)

    @cached_property
    def annotated_names(self) -> Mapping[tuple[str, str], Annotation]:
        """The first annotation of each DOI, PMID and title, as `works.names_of` gives them."""
        return by_name(self.annotations)

    def books_of(self, citation: Citation) -> Sequence[Book]:
        """The stores that a citation has to resolve in: those of each book that its chapter is part of."""
        return self._books_by_path.get(citation.path, (self.store,))

    @cached_property
    def _books_by_path(self) -> dict[str, list[Book]]:
        return grouped((path, book) for book in self.books for path in book.chapters)

    def resolves(self, citation: Citation) -> bool:
        """Whether every book that a citation is part of has its key."""
        return all(citation.key in book.by_key for book in self.books_of(citation))

    @cached_property
    def unresolved(self) -> tuple[Citation, ...]:
        """The citations whose key some book, or the store for a review, does not have."""
        if self._books_by_path:
            return tuple(citation for citation in self._citations if not self.resolves(citation))
        keys = self.store.by_key
        in_chapters = (citation for citation in self._in_chapters if citation.key not in keys)
        return (*self._cited(lambda key: key not in keys), *in_chapters)

    @cached_property
    def may_cite_more(self) -> bool:
        """Whether a chapter cites every entry there is, or could not be read whole."""
        return any(chapter.cites_all or not chapter.whole for chapter in self.chapters)

    def citations_in(self, book: Book) -> Iterator[Citation]:
        """The citations of a book, in the order of its chapters' paths and of lines."""
        return (citation for citation in self._in_chapters if book.holds(citation))

    @cached_property
    def book_languages(self) -> frozenset[str]:
        """The languages of what is built; empty where there are no builds, or one of which nothing could be read."""
        return languages_built(self.books, self.chapters)

    def one_store(self, one: Entry, other: Entry) -> bool:
        """Whether two entries are in one store: the same build's, or that of the reviews alone."""
        paths = {one.source.path, other.source.path}
        separate = [book.paths for book in self.books if book.build and book.build.bibliography]
        return any(paths <= own for own in separate) or not all(any(path in own for own in separate) for path in paths)

    @cached_property
    def broken_ids(self) -> frozenset[str]:
        """The ids and keys in records that were left out of any review."""
        return frozenset().union(*self.broken.values())

    @property
    def known_reviews(self) -> tuple[Review, ...]:
        """The reviews that are looked up in: all, unless a part of the project was read."""
        return self.reviews

    @cached_property
    def _by_path(self) -> dict[str, Review]:
        return {review.where.source.path: review for review in self.known_reviews}

    @cached_property
    def _walked(self) -> dict[str, Walked]:
        return {review.id: walked(review) for review in self.known_reviews}

    @cached_property
    def _ids(self) -> dict[str, Ids]:
        return {
            review: {
                (kind, getattr(record, "id", "")): record
                for record in found.identified
                if (kind := ID_KINDS.get(type(record)))
            }
            for review, found in self._walked.items()
        }

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every place that cites a key, in the order of reviews, then of chapters, and of lines."""
        return self._citations

    @cached_property
    def _citations(self) -> tuple[Citation, ...]:
        return (*self.in_reviews, *self._in_chapters)

    @cached_property
    def in_reviews(self) -> tuple[Citation, ...]:
        """Every place in the known reviews that cites a key, in their order and of lines."""
        return tuple(self._cited())

    def _cited(self, is_wanted: Callable[[str], bool] = bool) -> Iterator[Citation]:
        """Every place in the known reviews that cites a key that is wanted: there are many, and few are asked for."""
        for review in self.known_reviews:
            for owner, name in self._walked[review.id].names:
                if name.kind == "entry" and is_wanted(name.value):
                    yield Citation(name.value, name, review.id, getattr(owner, "id", ""))

    @cached_property
    def _in_chapters(self) -> tuple[Citation, ...]:
        mentions = (mention for chapter in self.chapters for mention in chapter.citations)
        return tuple(Citation(mention.key, mention.span, form=mention.form) for mention in mentions)

    @property
    def cites_anything(self) -> bool:
        """Whether any key is cited at all."""
        return bool(self._cited_keys)

    @cached_property
    def _cited_keys(self) -> frozenset[str]:
        in_chapters = frozenset(citation.key for citation in self._in_chapters)
        return in_chapters.union(*map(self.cited_by, self.known_reviews))

    @property
    def number_of_citations(self) -> int:
        """How many places cite a key."""
        walked = self._walked.values()
        return len(self._in_chapters) + sum(name.kind == "entry" for found in walked for _, name in found.names)

    @cached_property
    def _citations_by_key(self) -> dict[str, list[Citation]]:
        return grouped((citation.key, citation) for citation in self._citations)

    @cached_property
    def _in_chapters_by_key(self) -> dict[str, list[Citation]]:
        return grouped((citation.key, citation) for citation in self._in_chapters)

    @cached_property
    def uncited(self) -> tuple[Entry, ...]:
        """The entries whose key no review and no chapter names."""
        return tuple(entry for entry in self.entries if entry.key not in self._cited_keys)

    def entry(self, key: str) -> Entry | None:
        """The first entry with exactly this key."""
        found = self.store.by_key.get(key)
        return found[0] if found else None

    def entries_with(self, key: str) -> Sequence[Entry]:
        """Every entry with exactly this key."""
        return self.store.by_key.get(key, ())

    def keys_like(self, key: str) -> Sequence[str]:
        """The keys of the store that differ from `key` in case alone, or not at all."""
        return self.store.keys_like(key)

    @property
    def keys(self) -> Iterable[str]:
        """Every key of the store, once."""
        return self.store.by_key

    @cached_property
    def suggestions(self) -> Suggestions:
        """What an unresolved key may mean."""
        return Suggestions(self.entries, self.former)

    def citations_of(self, key: str) -> Sequence[Citation]:
        """The places that cite exactly this key."""
        return self._citations_by_key.get(key, ())

    def times_cited(self, key: str) -> int:
        """How many places cite exactly this key."""
        return len(self._citations_by_key.get(key, ()))

    def first_citation(self, key: str) -> Citation | None:
        """The first place that cites exactly this key."""
        return next(iter(self._citations_by_key.get(key, ())), None)

    def in_chapters(self, key: str) -> Sequence[Citation]:
        """The places in chapters that cite exactly this key."""
        return self._in_chapters_by_key.get(key, ())

    def cited_by(self, review: Review) -> frozenset[str]:
        """The keys that a review cites."""
        return frozenset([name.value for _, name in self._walked[review.id].names if name.kind == "entry"])

    @cached_property
    def _by_id(self) -> dict[str, Review]:
        return {review.id: review for review in self.known_reviews}

    @cached_property
    def review_ids(self) -> tuple[str, ...]:
        """The ids of all reviews, in order."""
        return tuple(review.id for review in self.known_reviews)

    def review(self, review_id: str) -> Review | None:
        """The review with this id."""
        return self._by_id.get(review_id)

    def review_of(self, record: Record) -> Review:
        """The review that a record stands in."""
        return self._by_path[record.where.source.path]

    def record(self, review: Review, kind: str, name: str) -> Record | None:
        """The record of a review with this id; `kind` as in `model.review.ID_KINDS`."""
        return self._ids[review.id].get((kind, name))

    def defined(self, review: Review) -> Ids:
        """The records of a review by kind and id, as `record` gives each."""
        return self._ids[review.id]

    def names_in(self, review: Review) -> Sequence[tuple[Record, Named]]:
        """Each id and key that a review names, with the nearest record around it that has an id."""
        return self._walked[review.id].names

    @cached_property
    def known_files(self) -> frozenset[str]:
        """Every file that a review lists or declares, and every one that was read."""
        reviews = (review.where.source.path for review in self.known_reviews)
        stores = (file.source.path for file in self.bibliography)
        return frozenset(normpath(path) for path in [*listed_paths(self.known_reviews), *reviews, *stores])

    def ids_of(self, review: Review, kind: str) -> Iterator[str]:
        """The ids of one kind that a review defines."""
        return (name for known, name in self._ids[review.id] if known == kind)
