"""Everything that was read, joined: a read-only, indexed Corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from posixpath import normpath
from typing import TYPE_CHECKING

from ketreview.config import Settings
from ketreview.frozen import field, frozen
from ketreview.history import FormerKey
from ketreview.linking.books import Book
from ketreview.linking.duplicates import Duplicates
from ketreview.linking.facts import GUIDE, identified, listed_paths
from ketreview.linking.grouping import grouped
from ketreview.linking.suggesting import Suggestions
from ketreview.linking.values import FieldValues
from ketreview.linking.works import Works, names_of
from ketreview.model.citation import Citation
from ketreview.model.entry import Entry
from ketreview.model.manuscript import Manuscript
from ketreview.model.record import Record
from ketreview.model.review import Review
from ketreview.model.stated import Annotation, Appendix, Identity, ReadingFolder
from ketreview.model.trial import Trial
from ketreview.model.walk import Named, names_within
from ketreview.parsing.bibtex import BibFile

if TYPE_CHECKING:
    from ketreview.linking.retractions import Retractions
    from ketreview.parsing.retraction_watch import Export

Ids = Mapping[tuple[str, str], Record]


@frozen(slots=False)
class Corpus:
    """The project: reviews, store and the facts about its files, with look-ups.

    `sizes` holds the size in bytes of each file that a review or a reading folder lists, None for one that is not
    there. `folders` holds the files that stand in each folder that a source declares. `broken` holds, per review, the
    ids of records left out; `reviews_complete` says whether every review file gave a review. `store` is the whole
    store, as the reviews have it; `books` are the builds, then what of the chapters belongs to none. `former` says what
    became of keys that the store once had. `exports` are those of retractions.
    """

    as_of: date
    settings: Settings
    reviews: tuple[Review, ...]
    store: Book
    broken: Mapping[str, frozenset[str]]
    sizes: Mapping[str, int | None]
    folders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reviews_complete: bool = True
    chapters: tuple[Manuscript, ...] = ()
    books: tuple[Book, ...] = ()
    staged: tuple[BibFile, ...] = ()
    appendix: tuple[Appendix, ...] = ()
    reading: tuple[ReadingFolder, ...] = ()
    former: Mapping[str, FormerKey] = field(default_factory=dict)
    exports: tuple[Export, ...] = ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of the store, in the order of the files."""
        return tuple(entry for file in self.bibliography for entry in file.entries)

    @cached_property
    def values(self) -> FieldValues:
        """What the fields of the store hold, and what sources print."""
        return FieldValues(self.entries, self.reviews)

    @property
    def bibliography(self) -> tuple[BibFile, ...]:
        """The files of the store."""
        return self.store.stores

    @property
    def store_complete(self) -> bool:
        """Whether every file of the store was read to its end."""
        return self.store.complete

    @cached_property
    def works(self) -> Works:
        """The entries of the store by what names their work."""
        return Works(self.entries)

    @cached_property
    def duplicates(self) -> Duplicates:
        """Entries of one work under several keys, and identifiers that contradict each other."""
        from ketreview.linking.twins import duplicates_of  # noqa: PLC0415  loaded where somebody asks

        return duplicates_of(self.works, self.one_store, lambda key: len(self.citations_of(key)))

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

        trials = [trial for review in self.reviews for trial in review.trials]
        return grouped((number, trial) for trial in trials for number in sorted(trials_of(trial.registrations)))

    @cached_property
    def staged_keys(self) -> Mapping[str, list[Entry]]:
        """The entries that wait in staging files, by key."""
        return grouped((entry.key, entry) for file in self.staged for entry in file.entries)

    @cached_property
    def annotations(self) -> tuple[Annotation, ...]:
        """Every annotation of the appendix, in order."""
        return tuple(annotation for appendix in self.appendix for annotation in appendix.annotations)

    @cached_property
    def guides(self) -> tuple[str, ...]:
        """The files of reading folders that are guides to integration, by their names."""
        paths = (path for folder in self.reading for path in folder.files)
        return tuple(dict.fromkeys(path for path in paths if GUIDE.search(path.rsplit("/", 1)[-1])))

    @cached_property
    def appendix_paths(self) -> frozenset[str]:
        """The files of the appendix, which are chapters too."""
        return frozenset(appendix.source.path for appendix in self.appendix)

    @cached_property
    def prose_paths(self) -> frozenset[str]:
        """The paths of the chapters but the appendix."""
        return frozenset(chapter.source.path for chapter in self.chapters) - self.appendix_paths

    @cached_property
    def annotated(self) -> Mapping[str, Annotation]:
        """The first annotation of each key: one that it states, or that of an entry that it names otherwise."""
        found: dict[str, Annotation] = {}
        for annotation in self.annotations:
            entries = [entry.key for entry in self.same_work(annotation.identity)]
            for key in [*entries, *(key.value for key in annotation.identity.keys)]:
                found.setdefault(key, annotation)
        return found

    @cached_property
    def annotated_names(self) -> Mapping[tuple[str, str], Annotation]:
        """The first annotation of each DOI, PMID and title, as `works.names_of` gives them."""
        found: dict[tuple[str, str], Annotation] = {}
        for annotation in self.annotations:
            for name in names_of(annotation.identity):
                found.setdefault(name, annotation)
        return found

    def books_of(self, citation: Citation) -> Sequence[Book]:
        """The stores that a citation has to resolve in: those of each book that its chapter is part of."""
        return self._books_by_path.get(citation.span.source.path, (self.store,))

    @cached_property
    def _books_by_path(self) -> dict[str, list[Book]]:
        return grouped((path, book) for book in self.books for path in book.chapters)

    def resolves(self, citation: Citation) -> bool:
        """Whether every book that a citation is part of has its key."""
        return all(citation.key in book.by_key for book in self.books_of(citation))

    @cached_property
    def unresolved(self) -> tuple[Citation, ...]:
        """The citations whose key some book, or the store for a review, does not have."""
        return tuple(citation for citation in self.citations if not self.resolves(citation))

    @cached_property
    def may_cite_more(self) -> bool:
        """Whether a chapter cites every entry there is, or could not be read whole."""
        return any(chapter.cites_all or not chapter.whole for chapter in self.chapters)

    def citations_in(self, book: Book) -> Iterator[Citation]:
        """The citations of a book, in the order of its chapters' paths and of lines."""
        return (citation for citation in self.citations if book.holds(citation))

    @cached_property
    def book_languages(self) -> frozenset[str]:
        """The languages of what is built; empty where there are no builds, or one of which nothing could be read."""
        built = [book.chapters for book in self.books if book.build]
        spoken = (chapter.language for chapter in self.chapters if any(chapter.source.path in own for own in built))
        return frozenset(spoken) if all(built) else frozenset()

    def is_built(self, chapter: Manuscript) -> bool:
        """Whether a chapter is part of a build."""
        return any(book.build and chapter.source.path in book.chapters for book in self.books)

    def one_store(self, one: Entry, other: Entry) -> bool:
        """Whether two entries are in one store: the same build's, or that of the reviews alone."""
        paths = {one.source.path, other.source.path}
        separate = [book.paths for book in self.books if book.build and book.build.bibliography]
        return any(paths <= own for own in separate) or not all(any(path in own for own in separate) for path in paths)

    @cached_property
    def broken_ids(self) -> frozenset[str]:
        """The ids and keys in records that were left out of any review."""
        return frozenset().union(*self.broken.values())

    @cached_property
    def _by_path(self) -> dict[str, Review]:
        return {review.where.source.path: review for review in self.reviews}

    @cached_property
    def _names(self) -> dict[str, tuple[tuple[Record, Named], ...]]:
        return {review.id: tuple(names_within(review, review)) for review in self.reviews}

    @cached_property
    def _ids(self) -> dict[str, Ids]:
        return {review.id: dict(identified(review)) for review in self.reviews}

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Every place that cites a key, in the order of reviews, then of chapters, and of lines."""
        in_reviews = (
            Citation(name.value, name.span, review.id, getattr(owner, "id", ""))
            for review in self.reviews
            for owner, name in self._names[review.id]
            if name.kind == "entry"
        )
        mentions = (mention for chapter in self.chapters for mention in chapter.citations)
        in_chapters = (Citation(mention.key, mention.span, form=mention.form) for mention in mentions)
        return (*in_reviews, *in_chapters)

    @cached_property
    def _citations_by_key(self) -> dict[str, list[Citation]]:
        return grouped((citation.key, citation) for citation in self.citations)

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

    def cited_by(self, review: Review) -> frozenset[str]:
        """The keys that a review cites."""
        return frozenset(name.value for _, name in self._names[review.id] if name.kind == "entry")

    @cached_property
    def _by_id(self) -> dict[str, Review]:
        return {review.id: review for review in self.reviews}

    def review(self, review_id: str) -> Review | None:
        """The review with this id."""
        return self._by_id.get(review_id)

    def review_of(self, record: Record) -> Review:
        """The review that a record stands in."""
        return self._by_path[record.where.source.path]

    def record(self, review: Review, kind: str, name: str) -> Record | None:
        """The record of a review with this id; `kind` as in `model.review.ID_KINDS`."""
        return self._ids[review.id].get((kind, name))

    def names_in(self, review: Review) -> Sequence[tuple[Record, Named]]:
        """Each id and key that a review names, with the nearest record around it that has an id."""
        return self._names[review.id]

    @cached_property
    def known_files(self) -> frozenset[str]:
        """Every file that a review lists or declares, and every one that was read."""
        reviews = (review.where.source.path for review in self.reviews)
        stores = (file.source.path for file in self.bibliography)
        return frozenset(normpath(path) for path in [*listed_paths(self.reviews), *reviews, *stores])

    def ids_of(self, review: Review, kind: str) -> Iterator[str]:
        """The ids of one kind that a review defines."""
        return (name for known, name in self._ids[review.id] if known == kind)
