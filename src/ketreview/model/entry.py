"""Entries of the reference store, as a BibTeX file writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ketreview.edits import Edit
from ketreview.patterns import regex
from ketreview.source import Source, Span

NOTHING = "{} \t\r\n"
"""The characters of a value that is empty."""
_DIGITS = 4
_COMMENT_BEHIND = regex(r"[ \t]*,?[ \t]*%")


class Word(str):
    """The text of a value that was a word without delimiters, such as `jan`, where nothing else stands in it."""

    __slots__ = ()


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


def first_texts(fields: Iterable[Field]) -> dict[str, str]:
    """The values of fields by name, of those of one name the first."""
    texts: dict[str, str] = {}
    for field in fields:
        texts.setdefault(field.name, field.value)
    return texts


@dataclass(frozen=True, eq=False)
class Entry:
    """A record of the store. Type and field names are in lower case; the key is as written.

    `texts` are the values of its fields, of those of one name the first. `placed` are the fields, or what finds them
    for an entry of the usual form: nearly no entry is ever asked where a field of it stands. One that is not `whole`
    has a fault of reading in it, so that a field of it may not have been read.
    """

    source: Source
    type: str
    key: str
    start: int
    end: int
    key_start: int
    texts: Mapping[str, str]
    placed: tuple[Field, ...] | Callable[[Entry], tuple[Field, ...]]
    whole: bool = True

    @property
    def is_usual(self) -> bool:
        """Whether it has the usual form: each field stands once, and has something in it."""
        return callable(self.placed)

    @property
    def repeats(self) -> bool:
        """Whether a field of it stands more than once."""
        return not self.is_usual and len(self.fields) > len(self.texts)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Its fields in order, with their places."""
        return self.placed(self) if callable(self.placed) else self.placed

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
        return next(field for field in self.fields if field.name == name) if name in self.texts else None

    def get(self, *names: str) -> str:
        """The value of the first of these fields that the entry has, white space folded; empty if it has none."""
        for name in names:
            text = self.texts.get(name)
            if text is not None:
                return " ".join(text.split())
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
        text = self.texts.get("date", self.texts.get("year", ""))
        digits = text.lstrip()[:_DIGITS]
        return int(digits) if len(digits) == _DIGITS and digits.isdecimal() else None
