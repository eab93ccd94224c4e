"""A document for a terminal, or for a pipe."""

from __future__ import annotations

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
    return out


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


def _widths(table: Table, kept: list[int], width: int) -> list[int | None]:
    """How wide each column is where not all fit whole: no word is broken, and what is left goes where most is to fold.

    None leaves it to rich: where they fit, and where the words alone do not.
    """
    whole = [_natural(table, index, table.columns[index]) for index in kept]
    words = [min(_longest_word(table, index), natural) for index, natural in zip(kept, whole, strict=True)]
    left = width - _GAP * len(kept) - sum(words)
    wanted = sum(whole) - sum(words)
    if left < 0 or wanted <= left:
        return [None] * len(kept)
    return [word + left * (natural - word) // wanted for word, natural in zip(words, whole, strict=True)]


def _longest_word(table: Table, index: int) -> int:
    texts = (table.columns[index].title, *(plain(row[index]) for row in table.rows))
    return max((cell_len(word) for text in texts for word in clean(text).split()), default=0)


def _natural(table: Table, index: int, column: Column) -> int:
    return max([cell_len(column.title), *(cell_len(plain(row[index])) for row in table.rows)])
