"""Text with positions: the one place that turns an offset into a line and a column, both from 1."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Any, NamedTuple

from ketreview.patterns import regex

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""What some editors put before a text in UTF-8; it is no part of the text."""
_LINE_BREAK = regex(r"\r\n|\n|\r")
_LINE_FEED = regex(r"\n")
_LARGE = 1_000_000
_NEAR = 100
_FEW = 8
"""Places of a large text up to which the lines before each are counted. For more it is noted where each line begins,
which takes as long as to count a dozen times, and as much room as the text."""


class Position(NamedTuple):
    """A place in a text: line and column count code points from 1."""

    line: int
    column: int


class Source:
    """A file's text under the name findings give it.

    `path` is relative to the project's root, with `/`. Lines end at LF, CRLF or CR, as in YAML 1.2
    (libyaml also ends them at U+0085 and U+2028, editors and compilers do not).
    """

    __slots__ = ("_counted", "_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] | None = None
        self._counted: dict[int, Position] = {}

    @property
    def newline(self) -> str:
        """How its lines end, for what is written into it: CRLF where it has one, else LF."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def __repr__(self) -> str:
        return f"Source({self.path!r}, {len(self.text)} characters)"

    @property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins."""
        if self._starts is None:
            breaks = _LINE_BREAK if "\r" in self.text else _LINE_FEED  # the latter is found in a third of the time
            self._starts = [0, *(match.end() for match in breaks.finditer(self.text))]
        return self._starts

    def position(self, offset: int) -> Position:
        """The line and column of `offset`, which may be the end of the text."""
        if self._starts is None and len(self.text) > _LARGE and (counted := self._by_counting(offset)):
            return counted
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def _by_counting(self, offset: int) -> Position | None:
        """The place of `offset` if it is one of few; None if it is not, or lines may end otherwise than at LF."""
        known = self._counted
        if offset not in known and len(known) < _FEW and "\r" not in self.text:
            start = self.text.rfind("\n", 0, offset) + 1
            known[offset] = Position(self.text.count("\n", 0, start) + 1, offset - start + 1)
        return known.get(offset)

    def _from_counted(self, number: int) -> int | None:
        """Where line `number` begins, if a place that was counted is in it or a few lines before it."""
        counted = ((place.line, offset - place.column + 1) for offset, place in self._counted.items())
        line, start = max((one for one in counted if one[0] <= number), default=(0, 0))
        if not line or number - line > _NEAR:
            return None
        for _ in range(line, number):
            start = self.text.find("\n", start) + 1
            if not start:
                return None
        return start

    def offset(self, position: Position) -> int:
        """The offset of a line and column, held inside the text."""
        starts = self.line_starts
        line = min(max(position.line, 1), len(starts))
        return min(starts[line - 1] + position.column - 1, len(self.text))

    def line(self, number: int) -> str:
        """Line `number` (from 1) without its line break."""
        start, end = self.bounds(number)
        return self.text[start:end].rstrip("\r\n")

    def bounds(self, number: int) -> tuple[int, int]:
        """Where line `number` (from 1) begins, and where it ends with its line break."""
        if self._starts is None and (start := self._from_counted(number)) is not None:
            return start, self.text.find("\n", start) + 1 or len(self.text)
        starts = self.line_starts
        return starts[number - 1], starts[number] if number < len(starts) else len(self.text)


class UnreadSource(Source):
    """A file's text that is read only when somebody asks for it."""

    __slots__ = ("_read",)

    def __init__(self, path: str, read: Callable[[], str]) -> None:
        self.path = path
        self._starts = None
        self._counted = {}
        self._read = read

    def __getattr__(self, name: str) -> Any:
        """The text, which no one has asked for before: from then on it is an attribute like any other."""
        if name != "text":
            raise AttributeError(name)
        self.text = self._read()
        return self.text


class KeptSource(UnreadSource):
    """A file's text that is read only when somebody asks for it, of which some places are `known`, by offset."""

    __slots__ = ("_lines", "known")

    def __init__(self, path: str, read: Callable[[], str]) -> None:
        super().__init__(path, read)
        self.known: dict[int, Position] = {}
        self._lines: dict[int, int] = {}

    def know(self, offset: int, line: int, column: int) -> None:
        """Takes in where an offset is."""
        self.known[offset] = Position(line, column)
        self._lines[line] = offset - column + 1

    def position(self, offset: int) -> Position:
        """As in `Source`; a place that is known is not looked for."""
        return self.known.get(offset) or super().position(offset)

    def bounds(self, number: int) -> tuple[int, int]:
        """As in `Source`."""
        start = self._lines.get(number)
        if start is None:
            return super().bounds(number)
        found = _LINE_BREAK.search(self.text, start)
        return start, found.end() if found else len(self.text)


class Span(NamedTuple):
    """A stretch of a source; `end` is exclusive."""

    source: Source
    start: int
    end: int

    @property
    def path(self) -> str:
        """The path of the source."""
        return self.source.path

    @property
    def begin(self) -> Position:
        """The place of its first character."""
        return self.source.position(self.start)

    @property
    def finish(self) -> Position:
        """The place behind its last character."""
        return self.source.position(self.end)

    @property
    def text(self) -> str:
        """The text itself."""
        return self.source.text[self.start : self.end]


def whole_file(path: str) -> Span:
    """The place for a fault of a file as a whole, or of one that could not be read: line 1, column 1."""
    return Span(Source(path, ""), 0, 0)
