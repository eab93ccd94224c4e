"""The `@string` abbreviations of a store, whose files are read as one: those defined, and those used."""

from __future__ import annotations

from functools import cached_property

from ketreview.frozen import frozen
from ketreview.linking.books import Book
from ketreview.parsing.bib_file import BibFile


@frozen(slots=False)
class Strings:
    """Those of the store and of the files that wait to be merged: each file is gone over once, however many ask."""

    store: Book
    staged: tuple[BibFile, ...]
    books: tuple[Book, ...]

    @cached_property
    def are_known(self) -> bool:
        """Whether every file that may define or use a string was read whole."""
        unread = (one for book in self.books for one in book.listed if one.path not in self.store.paths)
        return self.store.complete and all(file.complete for file in self.staged) and next(unread, None) is None

    @cached_property
    def defined(self) -> frozenset[str]:
        """The strings that some file defines, in lower case."""
        return frozenset(name for file in (*self.store.stores, *self.staged) for name in file.strings)

    @cached_property
    def used(self) -> frozenset[str]:
        """The words without delimiters that stand in values, in lower case."""
        return frozenset(name for file in (*self.store.stores, *self.staged) for name in file.abbreviations)
