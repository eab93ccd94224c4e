"""Entries of the reference store, as a BibTeX file writes them."""

from __future__ import annotations

from typing import NamedTuple

from ketreview.edits import Edit
from ketreview.frozen import frozen
from ketreview.patterns import regex
from ketreview.source import Source, Span

NOTHING = "{} \t\r\n"
"""The characters of a value that is empty."""
_COMMENT_BEHIND = regex(r"[ \t]*,?[ \t]*%")


class Field(NamedTuple):
    """A field of an entry.

    `value` is without delimiters, its strings resolved; the offsets are of the name and the value.
    """

    name: str
    value: str
    start: int
    value_start: int
    value_end: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing but blanks and braces stands in it."""
        return not self.value.strip(NOTHING)


@frozen
class Entry:
    """A record of the store. Type and field names are in lower case; the key is as written.

    One that is not `whole` has a fault of reading in it, so that a field of it may not have been read.
    """

    source: Source
    type: str
    key: str
    start: int
    end: int
    key_start: int
    fields: tuple[Field, ...]
    whole: bool = True

    @property
    def span(self) -> Span:
        """From the `@` to the closing brace."""
        return Span(self.source, self.start, self.end)

    @property
    def key_span(self) -> Span:
        """The key alone."""
        return Span(self.source, self.key_start, self.key_start + len(self.key))

    @property
    def type_span(self) -> Span:
        """The type as written, without the `@`."""
        head = self.source.text[self.start : self.key_start]
        start = self.start + head.lower().index(self.type)
        return Span(self.source, start, start + len(self.type))

    def field(self, name: str) -> Field | None:
        """The first field of that name."""
        for field in self.fields:  # asked of each entry by many rules: a generator takes twice as long
            if field.name == name:
                return field
        return None

    def get(self, *names: str) -> str:
        """The value of the first of these fields that the entry has, white space folded; empty if it has none."""
        for name in names:
            found = self.field(name)
            if found is not None:
                return " ".join(found.value.split())
        return ""

    def name_span(self, field: Field) -> Span:
        """The place of a field's name."""
        return Span(self.source, field.start, field.start + len(field.name))

    def value_span(self, field: Field) -> Span:
        """The place of a field's value, with its delimiters."""
        return Span(self.source, field.value_start, field.value_end)

    def without(self, index: int) -> tuple[Edit, ...]:
        """The edit that takes a field out, with the comma before it; none where a comment stands beside it."""
        field = self.fields[index]
        before = self.fields[index - 1].value_end if index else self.key_span.end
        text = self.source.text
        if text[before : field.start].strip() != "," or _COMMENT_BEHIND.match(text, field.value_end):
            return ()
        if not index and text.startswith(")", field.value_end):  # which would become part of the key
            return ()
        return (Edit(Span(self.source, before, field.value_end), ""),)

    @property
    def year(self) -> int | None:
        """The year of `date` or `year`, where one stands there."""
        text = self.get("date", "year")
        return int(text[:4]) if len(text) >= 4 and text[:4].isdecimal() else None  # noqa: PLR2004  a year has four digits
