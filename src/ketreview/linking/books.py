"""Books: the chapters that are made into one thing, and the store files that their citations resolve in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from ketreview.config.settings import Build
from ketreview.frozen import frozen
from ketreview.linking.grouping import grouped
from ketreview.model.citation import Citation
from ketreview.model.entry import Entry
from ketreview.model.manuscript import Manuscript
from ketreview.parsing.bib_file import BibFile
from ketreview.source import Span


@frozen
class ListedStore:
    """A store file that a chapter lists; `path` is from the project's root, empty where there is no such file."""

    name: str
    span: Span
    path: str = ""


@frozen(slots=False)
class Book:
    """A build with what belongs to it; without a `build`, all chapters that belong to none, and the whole store.

    `chapters` are the paths of its chapters, `listed` the stores that they list. `complete` says whether every store
    file that counts for it was read to its end.
    """

    build: Build | None
    chapters: frozenset[str]
    stores: tuple[BibFile, ...]
    listed: tuple[ListedStore, ...]
    complete: bool

    @property
    def name(self) -> str:
        """The build's name; empty for the rest of the project."""
        return self.build.name if self.build else ""

    @cached_property
    def paths(self) -> frozenset[str]:
        """The paths of its store files."""
        return frozenset(store.source.path for store in self.stores)

    @cached_property
    def by_key(self) -> Mapping[str, Sequence[Entry]]:
        """The entries of each key."""
        return grouped((entry.key, entry) for store in self.stores for entry in store.entries)

    @cached_property
    def types(self) -> Counter[str]:
        """How many entries have each type."""
        return Counter(entry.type for store in self.stores for entry in store.entries)

    @cached_property
    def aliases(self) -> dict[str, list[Entry]]:
        """The entries of each further key that an entry gives itself in `ids`."""
        named = ((entry.get("ids"), entry) for store in self.stores for entry in store.entries)
        return grouped((key, entry) for ids, entry in named if ids for key in ids.replace(",", " ").split())

    @cached_property
    def _by_folded_key(self) -> dict[str, list[str]]:
        return grouped((key.casefold(), key) for key in self.by_key)

    @cached_property
    def doubles(self) -> bool:
        """Whether a key stands there more than once."""
        return len(self.by_key) < sum(len(store.entries) for store in self.stores)

    @cached_property
    def alike(self) -> bool:
        """Whether two keys differ in case alone."""
        return len(set(map(str.casefold, self.by_key))) < len(self.by_key)

    def keys_like(self, key: str) -> Sequence[str]:
        """Its keys that differ from `key` in case alone, or not at all."""
        return self._by_folded_key.get(key.casefold(), ())

    def holds(self, citation: Citation) -> bool:
        """Whether a citation stands in one of its chapters."""
        return citation.in_chapter and citation.span.path in self.chapters


def languages_built(books: Iterable[Book], chapters: Iterable[Manuscript]) -> frozenset[str]:
    """The languages of what is built; empty where there are no builds, or one of which nothing could be read."""
    built = [book.chapters for book in books if book.build]
    spoken = (chapter.language for chapter in chapters if any(chapter.source.path in own for own in built))
    return frozenset(spoken) if all(built) else frozenset()


def is_built(chapter: Manuscript, books: Iterable[Book]) -> bool:
    """Whether a chapter is part of a build."""
    return any(book.build and chapter.source.path in book.chapters for book in books)
