"""What a BibTeX file holds, with where each part of it stands."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from ketreview.diagnostics import Diagnostic
from ketreview.frozen import frozen
from ketreview.model.entry import Entry, Field
from ketreview.model.suppression import Suppression
from ketreview.model.value import Value
from ketreview.parsing.bibtex_usual import bare_words
from ketreview.source import Source, Span


@frozen(slots=False)
class BibFile:
    """What a BibTeX file holds.

    `strings` are its `@string` abbreviations, `definitions` where they are, and `abbreviations`, in lower case, all
    that may be one: what stands in a value without braces or quotes, and is no number; `noted_words` are their places
    but for entries of the usual form. `complete` says that no part was given up. `others` are the blocks that are no
    entries: `@string`, `@preamble` and `@comment`.
    """

    source: Source
    entries: tuple[Entry, ...]
    strings: dict[str, str]
    complete: bool
    suppressions: tuple[Suppression, ...]
    diagnostics: tuple[Diagnostic, ...]
    definitions: tuple[Field, ...] = ()
    abbreviations: frozenset[str] = frozenset()
    others: tuple[Span, ...] = ()
    noted_words: tuple[Span, ...] = ()

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """The places of all that may be an abbreviation, in order."""
        usual = (Span(self.source, *place) for entry in self.entries if entry.is_usual for place in bare_words(entry))
        return tuple(sorted((*self.noted_words, *usual), key=lambda word: word.start))

    def value_at(self, offset: int) -> Value | None:
        """The value that the character at `offset` is part of; None where it is part of none."""
        index = bisect_right(self.entries, offset, key=lambda entry: entry.start) - 1
        if index < 0:
            return None
        entry = self.entries[index]
        inside = (field for field in entry.fields if field.value_start <= offset < field.value_end)
        return next((Value(field.name, field.value, entry, field) for field in inside), None)
