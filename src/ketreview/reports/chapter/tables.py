"""Tables of a chapter: no empty column, no empty cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ketreview.document import Block, Column, Line, Table, line


def table(columns: Sequence[Column], rows: Iterable[tuple[Line, ...]], caption: str) -> Iterator[Block]:
    """The rows as a table, without the columns that none of them fills; an empty cell is a dash. No rows, no table."""
    filled = tuple(rows)
    kept = [index for index in range(len(columns)) if any(row[index] for row in filled)]
    if kept:
        cells = tuple(tuple(row[index] or line("–") for index in kept) for row in filled)
        yield Table(tuple(columns[index] for index in kept), cells, caption)
