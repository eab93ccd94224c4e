"""CSV of other programs: its header and its rows, each with its line; never raises for what is in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import NamedTuple

from ketreview.diagnostics import shown
from ketreview.parsing.text import decode_text

_DELIMITERS = (",", ";", "\t")
_LONGEST = 1 << 20


class Row(NamedTuple):
    """The cells of a row by their column, without blanks around them; `line` is where it ends."""

    line: int
    cells: Mapping[str, str]


class Rows(NamedTuple):
    """A file's header and rows; `problem` says why it cannot be read, and is empty if it can."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problem: str = ""


def read_rows(path: str, data: bytes) -> Rows:
    """Reads CSV parted by commas, semicolons or tabs, whichever its header has most of."""
    source, found = decode_text(path, data)
    if found:
        return Rows((), (), found[0].message)
    if len(source.text) > _LONGEST:
        return Rows((), (), "the file is larger than a table of studies can be")
    head = source.text.lstrip().split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(source.text, newline=""), delimiter=delimiter)
    try:
        lines = [(reader.line_num, [_plain(cell) for cell in cells]) for cells in reader]
    except csv.Error as error:
        return Rows((), (), f"line {reader.line_num}: {error}")
    filled = [(line, cells) for line, cells in lines if any(cells)]
    if not filled:
        return Rows((), (), "the file is empty")
    header = tuple(filled[0][1])
    if doubled := next((name for name in header if name and header.count(name) > 1), ""):
        return Rows((), (), f"the column {shown(doubled)} is there twice")
    return Rows(header, tuple(Row(line, dict(zip(header, cells, strict=False))) for line, cells in filled[1:]))


def _plain(cell: str) -> str:
    """A cell without blanks around it, and without the sign that keeps a spreadsheet from running it."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:].lstrip().startswith(("=", "+", "-", "@")) else text
