"""A store by its keys and places: an entry is read where somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from ketreview.frozen import frozen
from ketreview.linking.books import Book
from ketreview.linking.grouping import grouped
from ketreview.linking.missing import NotRead, NotReadError
from ketreview.linking.suggesting import Suggestions
from ketreview.linking.works import first_author
from ketreview.model.entry import Entry, Field
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.bibtex import entry_at
from ketreview.source import KeptSource

_BETWEEN = "\n"
"""Between the keys, and between what else is kept of each entry: a text is read sooner than a list."""
_MOST_ODD = 100


def packed(stores: Sequence[BibFile]) -> list[Any] | None:
    """Store files as JSON can hold them.

    None where a name has a line break in it, or where an entry with a fault would be read otherwise by itself.
    """
    files = [_packed_file(file) for file in stores]
    entries = [entry for file in stores for entry in file.entries]
    authors = [_author_and_year(entry) for entry in entries]
    keys = [entry.key for entry in entries]
    whole = all(_BETWEEN not in text for text in (*keys, *authors))
    starts = _BETWEEN.join(str(entry.start) for entry in entries)
    known = whole and all(map(_reads_alone, stores))
    return [files, _BETWEEN.join(keys), starts, _BETWEEN.join(authors)] if known else None


def _reads_alone(file: BibFile) -> bool:
    """Whether the entries with a fault are the same without what stands before them; one without is, by its form.

    A scanner that met too much that is odd gives up sooner.
    """
    odd = [entry for entry in file.entries if not entry.whole]
    return len(odd) <= _MOST_ODD and all(_said(entry) == _said(_alone(file, entry.start)) for entry in odd)


def _alone(file: BibFile | KeptFile, start: int) -> Entry | None:
    return entry_at(file.source, start, (item for item in file.definitions if item.start < start))


def _said(entry: Entry | None) -> tuple[Any, ...]:
    return (entry.type, entry.key, entry.end, entry.key_start, entry.fields, entry.whole) if entry else ()


def _packed_file(file: BibFile) -> list[Any]:
    return [file.source.path, file.complete, len(file.entries), [list(field) for field in file.definitions]]


def _author_and_year(entry: Entry) -> str:
    author = first_author(entry) if entry.year is not None else ""
    return f"{entry.year} {author}" if author else ""


@frozen(slots=False)
class KeptFile:
    """A store file of a run before: how many entries it has, the strings that it defines, whether it was read whole."""

    source: KeptSource
    complete: bool
    entries: int
    definitions: tuple[Field, ...]

    def entry(self, key: str, start: int) -> Entry:
        """The entry that begins at an offset.

        Raises:
            NotReadError: it does not, so that something is not as it was.
        """
        found = _alone(self, start)
        if found is None or found.key != key:
            raise NotReadError
        return found

    @property
    def unread(self) -> BibFile:
        """The file, whose entries were not read."""
        unread: Any = NotRead()
        return BibFile(self.source, unread, unread, self.complete, *[unread] * 6)


class _ByKey(Mapping[str, Sequence[Entry]]):
    """The entries of each key, read when asked for, each once."""

    def __init__(self, keys: Sequence[str], read: Callable[[int], Entry]) -> None:
        self._places = dict(zip(keys, range(len(keys)), strict=True))
        self._several = len(self._places) < len(keys)
        self._keys, self._read = keys, read
        self._found: dict[str, list[Entry]] = {}

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __getitem__(self, key: str) -> Sequence[Entry]:
        if key not in self._found:
            self._found[key] = [self._read(place) for place in self._of(key)]
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _of(self, key: str) -> Sequence[int]:
        return self._all[key] if self._several else (self._places[key],)

    @cached_property
    def _all(self) -> dict[str, list[int]]:
        return grouped((key, place) for place, key in enumerate(self._keys))


class KeptStore:
    """The files and entries of a store, as `packed` kept them; `source_of` gives the text of a path."""

    def __init__(self, kept: Sequence[Any], source_of: Callable[[str], KeptSource]) -> None:
        files, keys, self._starts_text, self._authors_text = kept
        self.files = tuple(
            KeptFile(source_of(path), complete, number, tuple(Field(*item) for item in definitions))
            for path, complete, number, definitions in files
        )
        self.keys: list[str] = keys.split(_BETWEEN) if keys else []
        self._entries: dict[int, Entry] = {}

    def book(self, *, complete: bool) -> Book:
        """The store, as reviews have it."""
        book = Book(None, frozenset(), tuple(file.unread for file in self.files), (), complete)
        vars(book)["by_key"] = _ByKey(self.keys, self.entry)
        return book

    def entry(self, place: int) -> Entry:
        """The entry at a place in the order of the store."""
        if place not in self._entries:
            self._entries[place] = self._file(place).entry(self.keys[place], int(self._starts[place]))
        return self._entries[place]

    def _file(self, place: int) -> KeptFile:
        for file in self.files:
            if place < file.entries:
                return file
            place -= file.entries
        raise NotReadError

    @cached_property
    def _starts(self) -> list[str]:
        found: list[str] = self._starts_text.split(_BETWEEN)
        return found

    def author_years(self) -> Iterator[tuple[tuple[str, int], str]]:
        """The first author and the year of each entry that has both, with its key."""
        lines: Iterable[str] = self._authors_text.split(_BETWEEN)
        for line, key in zip(lines, self.keys, strict=False):
            if line:
                year, _, author = line.partition(" ")
                yield (author, int(year)), key


class KeptSuggestions(Suggestions):
    """What a kept store offers for keys that it does not have."""

    def __init__(self, store: KeptStore, former: Mapping[str, Any]) -> None:
        super().__init__(NotRead(), former)
        self._store = store

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(self._store.keys)

    @cached_property
    def _by_folded(self) -> dict[str, list[str]]:
        return grouped((key.casefold(), key) for key in self._store.keys)

    @cached_property
    def _by_author(self) -> dict[tuple[str, int], list[str]]:
        return grouped(self._store.author_years())
