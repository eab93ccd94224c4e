"""Everything that was read, joined: a read-only, indexed Corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from posixpath import normpath
from typing import TypeVar

from ketreview.config import Settings
from ketreview.diagnostics import Diagnostic, Related, fault
from ketreview.model.citation import Citation
from ketreview.model.entry import Entry
from ketreview.model.integration import Integration
from ketreview.model.manuscript import Manuscript
from ketreview.model.record import Record
from ketreview.model.review import ID_KINDS, Review
from ketreview.model.source_document import ListedFile, SourceDocument
from ketreview.model.vocabulary import IntegrationKind
from ketreview.model.walk import Named, names_within, within
from ketreview.nearest import nearest_folded
from ketreview.parsing.bibtex import BibFile
from ketreview.parsing.faults import DUPLICATE_REVIEW_ID
from ketreview.parsing.reviews import ReviewFile
from ketreview.source import Span

Ids = Mapping[tuple[str, str], Record]


@dataclass(frozen=True)
class Corpus:
    """The project: reviews, store and the facts about its files, with look-ups.

    `sizes` holds the size in bytes of each file that a review lists, None for one that is not there. `folders` holds
    the files that stand in each folder that a source declares. `broken` holds, per review, the ids of records left out;
    `store_complete` says whether every store file was read to its end, `reviews_complete` whether every review file
    gave a review.
    """

    as_of: date
    settings: Settings
    reviews: tuple[Review, ...]
    bibliography: tuple[BibFile, ...]
    store_complete: bool
    broken: Mapping[str, frozenset[str]]
    sizes: Mapping[str, int | None]
    folders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reviews_complete: bool = True
    chapters: tuple[Manuscript, ...] = ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of the store, in the order of the files."""
        return tuple(entry for file in self.bibliography for entry in file.entries)

    @cached_property
    def _by_key(self) -> dict[str, list[Entry]]:
        return _grouped((entry.key, entry) for entry in self.entries)

    @cached_property
    def _by_folded_key(self) -> dict[str, list[str]]:
        return _grouped((key.casefold(), key) for key in self._by_key)

    @cached_property
    def _by_path(self) -> dict[str, Review]:
        return {review.where.source.path: review for review in self.reviews}

    @cached_property
    def _names(self) -> dict[str, tuple[tuple[Record, Named], ...]]:
        return {review.id: tuple(names_within(review, review)) for review in self.reviews}

    @cached_property
    def _ids(self) -> dict[str, Ids]:
        return {review.id: dict(_ids(review)) for review in self.reviews}

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Every place that cites a key, in the order of reviews, then of chapters, and of lines."""
        in_reviews = (
            Citation(name.value, name.span, review.id, getattr(owner, "id", ""))
            for review in self.reviews
            for owner, name in self._names[review.id]
            if name.kind == "entry"
        )
        in_chapters = (
            Citation(mention.key, mention.span, form=mention.form)
            for chapter in self.chapters
            for mention in chapter.citations
        )
        return (*in_reviews, *in_chapters)

    @cached_property
    def _citations_by_key(self) -> dict[str, list[Citation]]:
        return _grouped((citation.key, citation) for citation in self.citations)

    def entry(self, key: str) -> Entry | None:
        """The first entry with exactly this key."""
        found = self._by_key.get(key)
        return found[0] if found else None

    def entries_with(self, key: str) -> Sequence[Entry]:
        """Every entry with exactly this key."""
        return self._by_key.get(key, ())

    def keys_like(self, key: str) -> Sequence[str]:
        """The keys of the store that differ from `key` in case alone, or not at all."""
        return self._by_folded_key.get(key.casefold(), ())

    @property
    def keys(self) -> Iterable[str]:
        """Every key of the store, once."""
        return self._by_key

    def nearest_key(self, key: str) -> str | None:
        """The key of the store most like `key`, if one is."""
        if key not in self._nearest_keys:
            found = nearest_folded(key.casefold(), self._by_folded_key.keys())
            self._nearest_keys[key] = self._by_folded_key[found][0] if found is not None else None
        return self._nearest_keys[key]

    @cached_property
    def _nearest_keys(self) -> dict[str, str | None]:
        """What `nearest_key` found before: an unresolved key is often cited many times."""
        return {}

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
        read = [review.where.source.path for review in self.reviews] + [file.source.path for file in self.bibliography]
        return frozenset(normpath(path) for path in [*listed_paths(self.reviews), *read])

    def ids_of(self, review: Review, kind: str) -> Iterator[str]:
        """The ids of one kind that a review defines."""
        return (name for known, name in self._ids[review.id] if known == kind)


def link(
    reviews: Iterable[ReviewFile],
    bibliography: Iterable[BibFile],
    *,
    settings: Settings,
    as_of: date,
    sizes: Mapping[str, int | None],
    store_complete: bool,
    folders: Mapping[str, tuple[str, ...]] | None = None,
    reviews_complete: bool = True,
    chapters: Iterable[Manuscript] = (),
) -> tuple[Corpus, list[Diagnostic]]:
    """Joins what was read. A second review with an id that is taken is reported and left out."""
    reviews = tuple(reviews)
    kept: dict[str, Review] = {}
    found: list[Diagnostic] = []
    broken: dict[str, frozenset[str]] = {}
    for file in reviews:
        if file.review is None:
            continue
        first = kept.setdefault(file.review.id, file.review)
        if first is file.review:
            broken[first.id] = file.broken
            continue
        related = Related(first.span("id"), "first used here")
        message = f"the review id `{first.id}` is used already by {first.where.source.path}"
        found.append(fault(DUPLICATE_REVIEW_ID, file.review.span("id"), message, related=(related,)))
    files = tuple(bibliography)
    complete = store_complete and all(file.complete for file in files)
    every = reviews_complete and len(kept) == len(reviews)
    corpus = Corpus(
        as_of, settings, tuple(kept.values()), files, complete, broken, sizes, folders or {}, every, tuple(chapters)
    )
    return corpus, found


def listed_path(source: SourceDocument, file: ListedFile) -> str:
    """The path, from the project's root, of a file that a source lists."""
    return normpath(f"{source.folder}/{file.path}" if source.folder else file.path)


def listed_paths(reviews: Iterable[Review]) -> Iterator[str]:
    """Every path whose presence a rule or a report asks for."""
    for review in reviews:
        for source in review.sources:
            yield from (listed_path(source, file) for file in source.files)
        yield from (item.target for item in review.integration if is_observable(item))


def is_whole(record: Record, name: str) -> bool:
    """Whether no item of the list in field `name` had to be left out."""
    return f"{name}.{len(getattr(record, name))}" not in record.where.offsets


def unkeyed_references(review: Review) -> Iterator[tuple[str, Span]]:
    """The works that a review names and has no key for, each once: its studies first, then what its sources list."""
    names = [(study.reference, study.span("reference")) for study in review.studies if not study.cites]
    listed = (reference for source in review.sources for reference in source.references if not reference.cites)
    names += [(reference.label, reference.span("label")) for reference in listed]
    seen: set[str] = set()
    for name, span in names:
        if name and name.casefold() not in seen:
            seen.add(name.casefold())
            yield name, span


def is_observable(item: Integration) -> bool:
    """Whether a declared integration names a file, which can be looked for."""
    return item.kind in {IntegrationKind.FILE, IntegrationKind.BIBLIOGRAPHY}


def _ids(review: Review) -> Iterator[tuple[tuple[str, str], Record]]:
    for record in within(review):
        kind = ID_KINDS.get(type(record))
        if kind:
            yield (kind, getattr(record, "id", "")), record


K = TypeVar("K")
V = TypeVar("V")


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
