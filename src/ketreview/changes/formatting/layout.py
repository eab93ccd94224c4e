"""An entry written anew: in lower case, a field a line, values as they are but in braces, comments in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ketreview.changes.formatting.order import place_of_field
from ketreview.model.entry import Entry, Field
from ketreview.parsing.bibtex_values import Values
from ketreview.patterns import regex

_COMMENT = regex(r"%[^\n]*")
_LINE_BREAK = regex(r"[\r\n]")


class Layout(NamedTuple):
    """How a store is to be written."""

    newline: str = "\n"
    indent: int = 2
    align: bool = False
    keep_order: bool = False
    keep_fields: bool = False


class Row(NamedTuple):
    """A field of an entry with the comments on the lines above it, and the one behind it."""

    above: Sequence[str]
    field: Field
    behind: str


class Parts(NamedTuple):
    """An entry with its comments: the one behind its key, its fields, and those behind the last field."""

    behind: str
    rows: Sequence[Row]
    tail: Sequence[str]

    def comments(self) -> Iterator[str]:
        """All comments in it."""
        yield from (self.behind, *self.tail)
        for row in self.rows:
            yield from (*row.above, row.behind)


def parts_of(entry: Entry) -> Parts:
    """The fields of an entry that could be read whole, and its comments."""
    text, at = entry.source.text, entry.key_start + len(entry.key)
    behinds: list[str] = []
    aboves: list[list[str]] = []
    for start, end in (*((field.start, field.value_end) for field in entry.fields), (entry.end - 1, entry.end)):
        behind, above = _comments(text[at:start])
        behinds.append(behind)
        aboves.append(above)
        at = end
    rows = [Row(*row) for row in zip(aboves, entry.fields, behinds[1:], strict=False)]
    return Parts(behinds[0], rows, aboves[-1])


def _comments(gap: str) -> tuple[str, list[str]]:
    """The comment on the line of what stands before, and those on lines of their own."""
    found = [(match.start(), match[0].rstrip()) for match in _COMMENT.finditer(gap)]
    line_break = _LINE_BREAK.search(gap)
    if found and (line_break is None or found[0][0] < line_break.start()):
        return found[0][1], [text for _, text in found[1:]]
    return "", [text for _, text in found]


def written(entry: Entry, layout: Layout) -> str:
    """The entry as the layout has it, without a line break behind it."""
    parts = parts_of(entry)
    rows = parts.rows if layout.keep_fields else sorted(parts.rows, key=lambda row: place_of_field(row.field.name))
    if not (rows or any(parts.comments())):
        return f"@{entry.type}{{{entry.key}}}"
    width = max((len(row.field.name) for row in rows), default=0) if layout.align else 0
    lines = [_with(f"@{entry.type}{{{entry.key},", parts.behind)]
    for row in rows:
        value = _value(entry.value_span(row.field).text)
        lines += _indented(row.above, layout)
        lines += _indented([_with(f"{row.field.name.ljust(width)} = {value},", row.behind)], layout)
    return layout.newline.join((*lines, *_indented(parts.tail, layout), "}"))


def _indented(rows: Iterable[str], layout: Layout) -> Iterator[str]:
    return (" " * layout.indent + row for row in rows)


def _with(text: str, comment: str) -> str:
    return f"{text} {comment}" if comment else text


def _value(text: str) -> str:
    """A value as it is, in braces where it is one text in quotes."""
    if text.startswith('"') and Values(text).quoted(0, 0, "") == len(text):
        return f"{{{text[1:-1]}}}"
    return text
