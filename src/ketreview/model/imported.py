"""Records of other programs' files, as entries that a store could have."""

from __future__ import annotations

from typing import NamedTuple

from ketreview.diagnostics import Diagnostic
from ketreview.frozen import frozen
from ketreview.model.entry import Entry, Field, first_texts
from ketreview.source import Source, Span


class Unmapped(NamedTuple):
    """What a record says and no field of the entry holds: its own name of it, and the place."""

    name: str
    value: str
    span: Span


@frozen
class ImportedEntry:
    """A record of another program, as an entry.

    `type` and the names of `fields` are BibLaTeX's, the values BibTeX text between balanced braces, in which nothing is
    a command that the record brought. `suggested_key` is the citation key that the record gives, often none.
    `verbatim` is the entry's own text where the file is BibTeX; `is_bibtex` says that its fields are as they stand
    there, also where the text itself cannot be taken over.
    """

    type: str
    fields: tuple[tuple[str, str], ...]
    suggested_key: str
    where: Span
    unmapped: tuple[Unmapped, ...] = ()
    verbatim: str = ""
    is_bibtex: bool = False

    def as_entry(self, key: str) -> Entry:
        """It as an entry with a key, to be compared with entries of a store; it stands where the record does."""
        start, end = self.where.start, self.where.end
        fields = tuple(Field(name, value, start, start, start) for name, value in self.fields)
        return Entry(self.where.source, self.type, key, start, end, start, first_texts(fields), fields)


@frozen
class Imported:
    """What a file of records holds, and what is wrong with it."""

    source: Source
    entries: tuple[ImportedEntry, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
