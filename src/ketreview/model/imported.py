"""Records of other programs' files, as entries that a store could have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ketreview.diagnostics import Diagnostic
from ketreview.source import Source, Span


class Unmapped(NamedTuple):
    """What a record says and no field of the entry holds: its own name of it, and the place."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """A record of another program, as an entry.

    `type` and the names of `fields` are BibLaTeX's, the values BibTeX text between balanced braces, in which nothing is
    a command that the record brought. `suggested_key` is the citation key that the record gives, often none.
    `verbatim` is the entry's own text where the file is BibTeX, and its fields are then as they stand there.
    """

    type: str
    fields: tuple[tuple[str, str], ...]
    suggested_key: str
    where: Span
    unmapped: tuple[Unmapped, ...] = ()
    verbatim: str = ""

    def get(self, *names: str) -> str:
        """The value of the first of these fields that the entry has, white space folded; empty if it has none."""
        values = dict(reversed(self.fields))
        return next((" ".join(values[name].split()) for name in names if name in values), "")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file of records holds, and what is wrong with it."""

    source: Source
    entries: tuple[ImportedEntry, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
