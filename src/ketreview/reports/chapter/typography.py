"""The signs of a chapter's text: a true minus before numbers, no break between a number and its per cent sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ketreview.document import Block, Comment, Heading, Item, Items, Line, Paragraph, Table, Text, Verbatim
from ketreview.patterns import regex
from ketreview.reports.chapter.terms import MINUS, NO_BREAK

_MINUS = regex(r"(?<![^\s(\[“])-(?=\d)")
_PER_CENT = regex(r"(?<=\d) (?=%)")


def typeset(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with their signs set alike, whether the chapter or a review's author wrote them."""
    return tuple(_block(block) for block in blocks)


def _block(block: Block) -> Block:
    match block:
        case Heading():
            return replace(block, text=_signs(block.text))
        case Paragraph():
            return Paragraph(_line(block.line))
        case Items():
            return replace(block, items=tuple(_item(item) for item in block.items))
        case Table():
            rows = tuple(tuple(_line(cell) for cell in row) for row in block.rows)
            return replace(block, rows=rows, caption=_signs(block.caption))
        case Verbatim() | Comment():
            return block


def _item(item: Item) -> Item:
    return Item(_line(item.line), tuple(_line(content) for content in item.under))


def _line(content: Line) -> Line:
    return tuple(replace(part, text=_signs(part.text)) if isinstance(part, Text) else part for part in content)


def _signs(text: str) -> str:
    return _PER_CENT.sub(NO_BREAK, _MINUS.sub(MINUS, text))
