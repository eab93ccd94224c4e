"""All that was read of a project, and what can be looked up in one kind of it alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ketreview.config import Settings
from ketreview.frozen import field, frozen
from ketreview.history import FormerKey
from ketreview.linking.books import Book
from ketreview.linking.facts import GUIDE
from ketreview.linking.grouping import grouped
from ketreview.linking.shapes import Shapes
from ketreview.linking.strings import Strings
from ketreview.linking.values import FieldValues
from ketreview.linking.works import Works
from ketreview.model.entry import Entry
from ketreview.model.manuscript import Manuscript
from ketreview.model.review import Review
from ketreview.model.stated import Annotation, Appendix, ReadingFolder
from ketreview.parsing.bib_file import BibFile

if TYPE_CHECKING:
    from ketreview.parsing.retraction_watch import Export


@frozen(slots=False)
class Gathered:
    """Reviews, store and the facts about their files.

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
        return FieldValues(self.shapes, self.reviews)

    @cached_property
    def shapes(self) -> Shapes:
        """The entries of the store by the fields that they have."""
        return Shapes(self.entries)

    @property
    def bibliography(self) -> tuple[BibFile, ...]:
        """The files of the store."""
        return self.store.stores

    @property
    def store_complete(self) -> bool:
        """Whether every file of the store was read to its end."""
        return self.store.complete

    @cached_property
    def strings(self) -> Strings:
        """The abbreviations of the store."""
        return Strings(self.store, self.staged, self.books)

    @cached_property
    def works(self) -> Works:
        """The entries of the store by what names their work."""
        return Works(self.entries)

    @cached_property
    def staged_keys(self) -> Mapping[str, list[Entry]]:
        """The entries that wait in staging files, by key."""
        return grouped((entry.key, entry) for file in self.staged for entry in file.entries)

    @cached_property
    def annotations(self) -> tuple[Annotation, ...]:
        """Every annotation of the appendix, in order."""
        return tuple(annotation for appendix in self.appendix for annotation in appendix.annotations)

    @cached_property
    def appendix_paths(self) -> frozenset[str]:
        """The files of the appendix, which are chapters too."""
        return frozenset(appendix.source.path for appendix in self.appendix)

    @cached_property
    def prose_paths(self) -> frozenset[str]:
        """The paths of the chapters but the appendix."""
        return frozenset(chapter.source.path for chapter in self.chapters) - self.appendix_paths

    @cached_property
    def guides(self) -> tuple[str, ...]:
        """The files of reading folders that are guides to integration, by their names."""
        paths = (path for folder in self.reading for path in folder.files)
        return tuple(dict.fromkeys(path for path in paths if GUIDE.search(path.rsplit("/", 1)[-1])))
