"""A document for a terminal, or for a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from ketreview.document import (
    Cite,
    Column,
    Comment,
    Document,
    Heading,
    Item,
    Items,
    Line,
    Paragraph,
    Seen,
    Table,
    Text,
    Tone,
    Verbatim,
    plain,
)
from ketreview.render.clean import clean

STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.MUTED: "dim",
    Tone.GOOD: "green",
    Tone.CAUTION: "yellow",
    Tone.BAD: "bold red",
    Tone.CODE: "cyan",
}
_GAP = 2  # a blank of padding, and the one that stands for a border


def show(document: Document, console: Console) -> None:
    """Prints a document; colour and width are the console's."""
    if document.title:
        console.print(RichText(clean(document.title), style="bold"))
    after_block = False
    for block in document.blocks:
        if isinstance(block, Comment):
            continue
        if after_block and not isinstance(block, Heading):
            console.print()
        console.print(_block(block, console.width))
        after_block = not isinstance(block, Heading)


def _block(block: Seen, width: int) -> RenderableType:
    if isinstance(block, Heading):
        return RichText("\n" + clean(block.text), style="bold underline" if block.level == 1 else "bold")
    if isinstance(block, Paragraph):
        return _line(block.line)
    if isinstance(block, Items):
        marks = (f"{index}." if block.ordered else "•" for index in range(1, len(block.items) + 1))
        return Group(*(_item(item, mark) for item, mark in zip(block.items, marks, strict=True)))
    if isinstance(block, Verbatim):
        return _verbatim(block)
    return _table(block, width)


def _verbatim(block: Verbatim) -> RenderableType:
    body = Padding(RichText(clean(block.text, lines=True), style="cyan"), (0, 0, 0, 4), expand=False)
    return Group(RichText(f"  {clean(block.title)}", style="dim"), body) if block.title else body


def _item(item: Item, mark: str) -> RenderableType:
    own = RichText(f"{mark} ", style="dim").append_text(_line(item.line))
    under = [Padding(_line(part), (0, 0, 0, 4), expand=False) for part in item.under]
    return Group(own, *under)


def _line(content: Line) -> RichText:
    text = RichText()
    for part in content:
        if isinstance(part, Cite):
            text.append(clean(f"[{', '.join(part.keys)}]"), style="cyan")
        else:
            text.append(clean(part.text), style=STYLES[part.tone])
    return text


def _table(table: Table, width: int) -> RenderableType:
    kept = _fitting(table, width)
    out = RichTable(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    for index, space in zip(kept, _widths(table, kept, width), strict=True):
        column = table.columns[index]
        out.add_column(clean(column.title), justify="right" if column.right else "left", overflow="fold", width=space)
    for row in table.rows:
        out.add_row(*(_line(row[index]) for index in kept))
    below = [*_below(table, kept)]
    return Group(out, *below) if below else out


def _below(table: Table, kept: list[int]) -> Iterator[RenderableType]:
    """What there was no room for and is too much to lose: a line for each cell with words, behind its row's first."""
    for index, column in enumerate(table.columns):
        cells = [row for row in table.rows if any(sign.isalnum() for sign in plain(row[index]))]
        if index in kept or not column.below or not cells:
            continue
        yield RichText(f"\n{clean(column.title)}", style="bold")
        yield from (_item(Item((*row[0], Text(": "), *row[index])), "•") for row in cells)


def _fitting(table: Table, width: int) -> list[int]:
    """The columns that fit: while the table is too wide, the one that may go first goes."""
    widths = [_natural(table, index, column) for index, column in enumerate(table.columns)]
    kept = list(range(len(table.columns)))
    while sum(widths[index] + _GAP for index in kept) > width:
        droppable = [index for index in kept if table.columns[index].drop]
        if not droppable:
            break
        kept.remove(max(droppable, key=lambda index: table.columns[index].drop))
    return kept


_MODEST = 3
"""A column lacks little where this many such columns would fit into what is left."""


def _widths(table: Table, kept: list[int], width: int) -> list[int | None]:
    """How wide each column is where not all fit whole: no word is broken, and what is left goes where most is to fold.

    A column that lacks little is made whole first, so that a level or a state stands in one line. Where the words alone
    do not fit, the longest are broken. None leaves it to rich: where all fit, and where nothing would be readable.
    """
    whole = [_natural(table, index, table.columns[index]) for index in kept]
    room = width - _GAP * (len(kept) - 1)
    if sum(whole) <= room:
        return [None] * len(kept)
    words = [
        natural if natural <= _SHORT else _longest_word(table, index)
        for index, natural in zip(kept, whole, strict=True)
    ]
    longest = next((longest for longest in range(max(words), 0, -1) if sum(_cut(words, longest)) <= room), 0)
    return [*_shared(whole, _cut(words, longest), room)] if longest >= _READABLE else [None] * len(kept)


_SHORT, _READABLE = 10, 8
"""Columns up to the one are not folded; words longer than the other may be broken."""


def _cut(words: list[int], longest: int) -> list[int]:
    return [min(word, longest) for word in words]


def _shared(whole: list[int], words: list[int], room: int) -> list[int]:
    """The words of each column, and its part of what they leave of the room."""
    widths = list(words)
    left, wanted = room - sum(words), sum(whole) - sum(words)
    for place in sorted(range(len(whole)), key=lambda place: whole[place] - words[place]):
        lacking = whole[place] - words[place]
        if lacking * _MODEST > left:
            break
        left, wanted, widths[place] = left - lacking, wanted - lacking, whole[place]
    for place, natural in enumerate(whole):
        lacking = natural - widths[place]
        more = left * lacking // wanted if wanted else 0
        left, wanted, widths[place] = left - more, wanted - lacking, widths[place] + more
    return widths


def _longest_word(table: Table, index: int) -> int:
    texts = (table.columns[index].title, *(plain(row[index]) for row in table.rows))
    return max((cell_len(word) for text in texts for word in clean(text).split()), default=0)


def _natural(table: Table, index: int, column: Column) -> int:
    return max([cell_len(column.title), *(cell_len(plain(row[index])) for row in table.rows)])
