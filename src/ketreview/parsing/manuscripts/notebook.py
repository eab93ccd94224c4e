"""Jupyter notebooks to the citations of their Markdown cells, with places in the JSON text of the file.

A key's span is its text as JSON writes it, so a key with an escape (`\\u00e9`) is longer there than the key.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from ketreview.model.manuscript import Link, Manuscript, Mention
from ketreview.parsing.manuscripts.markdown import Reading, read
from ketreview.parsing.text import decode_text
from ketreview.source import Source, Span

_TOKEN = re.compile(r"\"(?:[^\"\\]++|\\.?)*+\"?|[{}\[\]:,]|[^\s\"{}\[\]:,]++", re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL
)
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_CELL_NAMES = 4  # open in a cell: those of the file, its object, the list of cells, the cell


@dataclass(slots=True)
class _Cell:
    """A cell: its kind, and where the strings of its source stand, quotes left out."""

    kind: str = ""
    strings: list[tuple[int, int]] = field(default_factory=list)


def parse(path: str, data: bytes) -> Manuscript:
    """Reads the Markdown cells of a notebook, and the metadata of a raw cell that opens it. Never raises."""
    source, diagnostics = decode_text(path, data)
    citations: list[Mention] = []
    includes: list[Link] = []
    bibliographies: list[Link] = []
    cites_all = False
    for number, cell in enumerate(_cells(source.text)):
        raw = cell.kind == "raw" and number == 0
        if cell.kind != "markdown" and not raw:
            continue
        text = _Decoded(source, cell.strings)
        reading = read(text.text, quarto=True, whole=False)
        if raw:
            reading = Reading(reading.metadata.keys, [], [], reading.metadata)
        citations += [Mention(text.text[a:b], text.span(a, b), form) for a, b, form in sorted(reading.keys)]
        includes += [Link(text.text[a:b], text.span(a, b)) for a, b in reading.includes]
        bibliographies += [Link(text.text[a:b], text.span(a, b)) for a, b in reading.metadata.bibliographies if a < b]
        cites_all |= reading.metadata.cites_all
    return Manuscript(
        source,
        "notebook",
        citations=tuple(citations),
        includes=tuple(includes),
        bibliographies=tuple(bibliographies),
        cites_all=cites_all,
        diagnostics=tuple(diagnostics),
    )


def _cells(text: str) -> Iterator[_Cell]:
    """The cells of the file's list `cells`; the rest of the JSON is passed over."""
    names = [""]  # for each open object or list, and the file, the name whose value is being read
    cell = _Cell()
    string: tuple[int, int] | None = None  # the last token, if it was one: a name where a colon follows
    for token in _TOKEN.finditer(text):
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

    def _place(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._starts, offset) - 1
        place, width = self._pieces[index]
        if width:
            return place, place + width
        begin = place + offset - self._starts[index]
        return begin, begin + 1


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
