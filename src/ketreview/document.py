"""What a report says, whatever it is rendered as: headings, paragraphs, lists, tables, citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from ketreview.frozen import frozen


class Tone(StrEnum):
    """What a text means to its reader; a renderer turns it into colour, weight or nothing."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"
    CODE = "code"


@frozen
class Text:
    """Plain text. What it holds is data: each renderer escapes it."""

    text: str
    tone: Tone = Tone.PLAIN


@frozen
class Cite:
    """A citation of store entries, in the target's own syntax."""

    keys: tuple[str, ...]
    locator: str = ""


Inline = Text | Cite
Line = tuple[Inline, ...]


@frozen
class Heading:
    """A heading; level 1 is a section of the document."""

    text: str
    level: int = 1


@frozen
class Paragraph:
    """Running text."""

    line: Line


@frozen
class Item:
    """One item of a list, with what stands under it."""

    line: Line
    under: tuple[Line, ...] = ()


@frozen
class Items:
    """A list."""

    items: tuple[Item, ...]
    ordered: bool = False


@frozen
class Column:
    """A column of a table. In a narrow terminal those with the highest `drop` go first; 0 stays.

    `width` is a share for typeset tables, relative to the other columns. What stands in a column `below` is too much to
    lose: if it is dropped, its cells stand below the table, each behind the first of its row.
    """

    title: str
    right: bool = False
    drop: int = 0
    width: float = 1.0
    below: bool = False


@frozen
class Table:
    """A table; a cell is a line."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]
    caption: str = ""


@frozen
class Verbatim:
    """Text that stands as it is, such as an example; `title` is the name of the file it would be."""

    text: str
    title: str = ""
    language: str = ""


@frozen
class Comment:
    """A line for who edits a draft, or for a tool; its readers do not see it."""

    text: str


PART_BEGINS = "ketreview:begin"
PART_ENDS = "ketreview:end"
"""The first words of the comments around a part of a draft; the name of the part follows, `REVIEW/PART`."""

Seen = Heading | Paragraph | Items | Table | Verbatim
Block = Seen | Comment


@frozen
class Document:
    """A report or a chapter. `bibliography` are the store files that its citations resolve in.

    One without a title is to stand in another one, and is rendered without a head of its own.

    `around` are the comments that stand before and after the bibliography, where it has a place of its own.
    """

    title: str
    blocks: tuple[Block, ...]
    bibliography: tuple[str, ...] = ()
    around: tuple[Comment, ...] = ()


def line(*parts: str | Inline) -> Line:
    """A line of texts and citations; empty texts are left out."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts if part != "")


def joined(parts: Iterable[Line], separator: str) -> Line:
    """The lines after one another, `separator` between them."""
    out: list[Inline] = []
    for part in parts:
        if out and part:
            out.append(Text(separator))
        out.extend(part)
    return tuple(out)


def plain(content: Line) -> str:
    """A line's words alone; citations stand as their keys."""
    return "".join(part.text if isinstance(part, Text) else f"[{'; '.join(part.keys)}]" for part in content)


def lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """Every line in the blocks, in order."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block.line
            case Items():
                yield from (content for item in block.items for content in (item.line, *item.under))
            case Table():
                yield from (cell for row in block.rows for cell in row)
            case Heading() | Verbatim() | Comment():
                pass


def packed(value: Any) -> Any:
    """A document, or a part of one, as lists and scalars that JSON can hold; `unpacked` undoes it."""
    if is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, *(packed(getattr(value, spec.name)) for spec in fields(value))]
    if isinstance(value, tuple):
        return ["", *(packed(item) for item in value)]
    return value


def unpacked(value: Any) -> Any:
    """What `packed` took apart.

    Raises:
        KeyError: it was no part of a document.
    """
    if not isinstance(value, list):
        return value
    name, *parts = value
    items = tuple(unpacked(part) for part in parts)
    if not name:
        return items
    return Text(items[0], Tone(items[1])) if name == "Text" else _PARTS[name](*items)


_PARTS: dict[str, Any] = {
    part.__name__: part for part in (Cite, Heading, Paragraph, Item, Items, Column, Table, Verbatim, Comment, Document)
}
