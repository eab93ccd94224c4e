"""Jupyter notebooks to the citations of their Markdown cells, with places in the JSON text of the file.

A key is what the JSON says; its span is what stands in the file. So the span of a key with an escape (`\\u00e9`) is
longer than the key, and that of one that runs on in the next string of its cell holds the quotes between the two.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from ketreview.diagnostics import Diagnostic, fault
from ketreview.model.manuscript import MAX_CITATIONS, Link, Manuscript, Mention
from ketreview.model.suppression import Suppression
from ketreview.parsing.file_faults import MANUSCRIPT_SYNTAX
from ketreview.parsing.manuscripts.markdown import Dialect, labels_of, read
from ketreview.parsing.suppressions import MARKER, in_chapter
from ketreview.parsing.text import decode_text
from ketreview.patterns import regex
from ketreview.source import Position, Source, Span

_TOKEN = regex(r"\"(?:[^\"\\]++|\\.?)*+\"?|[{}\[\]:,]|[^\s\"{}\[\]:,]++", re.DOTALL)
_ESCAPE = regex(r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_MORE = regex(rf"[{{]|^---|{re.escape(MARKER)}", re.MULTILINE)
"""What a cell with anything but citations has: includes and labels, metadata, comments of this program."""
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_DIALECT = Dialect(quarto=True, myst=True, whole=False)  # a footnote may be called in another cell
_CELL_NAMES = 4  # open in a cell: those of the file, its object, the list of cells, the cell


@dataclass(slots=True)
class _Cell:
    """A cell: its kind, and where the strings of its source stand, quotes left out."""

    kind: str = ""
    strings: list[tuple[int, int]] = field(default_factory=list)


def parse(path: str, data: bytes) -> Manuscript:
    """Reads the Markdown cells of a notebook, and the metadata of a raw cell that opens it. Never raises.

    Of a file that is not JSON what comes before the fault is read.
    """
    source, found = decode_text(path, data)
    faults = _faults(source)
    cells = _Cells(source)
    for number, cell in enumerate(_cells(source.text, min((at.span.start for at in faults), default=len(source.text)))):
        if cell.kind == "markdown" or (cell.kind == "raw" and number == 0):
            cells.take(cell)
    return Manuscript(
        source,
        "notebook",
        citations=tuple(cells.citations),
        includes=tuple(cells.includes),
        bibliographies=tuple(cells.bibliographies),
        cites_all=cells.cites_all,
        labels=frozenset(cells.labels),
        diagnostics=(*found, *faults, *cells.faults),
        suppressions=tuple(cells.suppressions),
        whole=not faults and not cells.faults,
    )


def _faults(source: Source) -> list[Diagnostic]:
    """Why the file is no notebook, if it is none."""
    try:
        value = json.loads(source.text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        return [
            fault(
                MANUSCRIPT_SYNTAX,
                Span(source, error.pos, error.pos),
                f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}",
            )
        ]
    except RecursionError:
        return [fault(MANUSCRIPT_SYNTAX, Span(source, 0, 0), "JSON that nests too deep")]
    if isinstance(value, dict) and isinstance(value.get("cells"), list):
        return []
    return [fault(MANUSCRIPT_SYNTAX, Span(source, 0, 0), "no notebook of format 4: it has no list `cells`")]


class _Cells:
    """Collects what the cells of a notebook hold."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.citations: list[Mention] = []
        self.includes: list[Link] = []
        self.bibliographies: list[Link] = []
        self.labels: set[str] = set()
        self.suppressions: list[Suppression] = []
        self.cites_all = False
        self.faults: list[Diagnostic] = []

    def take(self, cell: _Cell) -> None:
        """Reads a cell; the metadata of a raw one are all that is read of it."""
        decoded = _Decoded(self.source, cell.strings)
        text = decoded.text
        if len(self.citations) > MAX_CITATIONS and not _MORE.search(text):
            return  # no more citations are taken of a chapter
        reading = read(text, _DIALECT)
        metadata = reading.metadata
        self.bibliographies += [Link(text[a:b], decoded.span(a, b)) for a, b in metadata.bibliographies if a < b]
        self.cites_all |= metadata.cites_all
        raw = cell.kind == "raw"
        keys = metadata.keys if raw else reading.keys
        self.citations += [Mention(text[a:b], decoded.span(a, b), form) for a, b, form in sorted(keys)]
        if raw:
            return
        if reading.unread >= 0 and len(self.citations) <= MAX_CITATIONS:
            self.faults.append(reading.fault(decoded.span(reading.unread, reading.unread + 1)))
        self.includes += [Link(text[a:b], decoded.span(a, b)) for a, b in reading.includes]
        self.labels.update(labels_of(text))
        if MARKER in text:
            self.suppressions += [decoded.located(found) for found in in_chapter(Source("", text), reading.comments)]


def _cells(text: str, end: int) -> Iterator[_Cell]:
    """The cells of the file's list `cells`, up to `end`; the rest of the JSON is passed over."""
    names = [""]  # for each open object or list, and the file, the name whose value is being read
    cell = _Cell()
    string: tuple[int, int] | None = None  # the last token, if it was one: a name where a colon follows
    for token in _TOKEN.finditer(text, 0, end):
        char, name = text[token.start()], string
        string = (token.start() + 1, token.end() - 1) if char == '"' and len(token[0]) > 1 else None
        if char == ":" and name is not None:
            names[-1] = text[slice(*name)]
        elif char in "{[":
            names.append("")
            if len(names) == _CELL_NAMES:
                cell = _Cell()
        elif char in "}]" and len(names) > 1:
            if len(names) == _CELL_NAMES and names[1] == "cells":
                yield cell
            names.pop()
        elif char == "," and len(names) == _CELL_NAMES:
            names[-1] = ""
        elif string is not None and _CELL_NAMES <= len(names) <= _CELL_NAMES + 1 and names[1] == "cells":
            _take(cell, names[_CELL_NAMES - 1 :], text, string)


def _take(cell: _Cell, names: list[str], text: str, string: tuple[int, int]) -> None:
    if names == ["cell_type"]:
        cell.kind = text[slice(*string)]
    elif names in (["source"], ["source", ""]):
        cell.strings.append(string)


class _Decoded:
    """The strings of a cell as one text, each of its characters known by its place in the file."""

    __slots__ = ("_pieces", "_source", "_starts", "text")

    def __init__(self, source: Source, strings: list[tuple[int, int]]) -> None:
        parts: list[str] = []
        self._source = source
        self._starts: list[int] = []  # the offset in the text of each piece, and below its place and width in the file
        self._pieces: list[tuple[int, int]] = []
        size = 0
        for start, end in strings:
            for piece, place, width in _pieces(source.text, start, end):
                self._starts.append(size)
                self._pieces.append((place, width))
                parts.append(piece)
                size += len(piece)
        self.text = "".join(parts)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the file that holds the characters from `start` to `end`."""
        return Span(self._source, self._place(start)[0], self._place(end - 1)[1])

    def located(self, found: Suppression) -> Suppression:
        """A suppression of the cell's text, as one of the file."""
        cell = found.span.source
        first, last = (
            self.span(at, at + 1).begin.line
            for at in (cell.offset(Position(found.first, 1)), _line_end(cell, found.last))
        )
        codes = tuple((code, self.span(span.start, span.end)) for code, span in found.codes)
        return Suppression(self.span(found.span.start, found.span.end), codes, found.reason, first, last)

    def _place(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._starts, offset) - 1
        place, width = self._pieces[index]
        if width:
            return place, place + width
        begin = place + offset - self._starts[index]
        return begin, begin + 1


def _line_end(source: Source, line: int) -> int:
    """The offset of the last character of a line that is not empty."""
    return source.offset(Position(line, 1)) + len(source.line(line)) - 1


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Runs without escapes (width 0: each character is one of the file), and escapes with the width of each."""
    for escape in _ESCAPE.finditer(text, start, end):
        if escape.start() > start:
            yield text[start : escape.start()], start, 0
        high, low, unit, letter = escape.groups()
        if high:
            char = chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
        else:
            char = chr(int(unit, 16)) if unit else _LETTERS.get(letter, letter)
        yield char, escape.start(), escape.end() - escape.start()
        start = escape.end()
    if start < end:
        yield text[start:end], start, 0
