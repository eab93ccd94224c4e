"""Markdown text to paragraphs, code and containers left out, as Pandoc reads them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from ketreview.parsing.manuscripts.markdown_inlines import FoundKey, Inlines
from ketreview.patterns import regex

_INDENT = regex(r"[ \t]*")
_BLANK = regex(r"(?:[ \t\r]*+\n)++")
_BREAK = regex(r"\n(?=[ \t\r\n`:~|=\-*_>])")
_FENCE = regex(r"(`{3,}+|~{3,}+)[^`\n]*+$", re.MULTILINE)
_CLOSER = regex(r"^[ \t>]*+(`{3,}|~{3,})[ \t\r]*$", re.MULTILINE)
_MARKER = regex(r"(?:[-+*]|\(?(?:\d{1,9}|#|@([\w-]*)|[ivxlcdm]+|[IVXLCDM]+|[A-Za-z])[.)])(?=[ \t\r\n]|\Z)")
_DEFINITION = regex(r"[:~](?=[ \t])")
_DIV = regex(r":{3,}[ \t]*+([^\s:])?")
_NOTE = regex(r"(\[\^[^\[\]\s]++\]):")
_REFERENCE = regex(
    r"\[(?!\^)((?:[^\[\]\\\n]++|\\.)++)\]:[ \t]*+(?:\r?\n[ \t]*+)?[^\s][^\n]*(?:\n[ \t]+[\"'(][^\n]*[\"')][ \t\r]*$)?",
    re.MULTILINE,
)
_CITES = regex(r"(?:^|[^\w.])@[\w{]")
_HEADING = regex(r"#{1,6}(?=[ \t])")
_HTML = regex(r"</?(?:div|section|article|main|aside|nav|header|footer|figure|details|center)\b[^<>\n]*>[ \t\r]*$")
_RULE = regex(r"(?:(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,}|(?:-[ \t]*+){2,}|=+[ \t]*+)\r?$", re.MULTILINE)
_TABLE = regex(r"[ \t]*+-{2,}(?:[ \t]++-{2,})+[ \t\r]*$", re.MULTILINE)
_METADATA = regex(r"---[ \t]*\r?\n(?=#|[\"']?[\w.-]++[\"']?[ \t]*+:)")
_METADATA_END = regex(r"^(?:---|\.\.\.)[ \t\r]*$", re.MULTILINE)
_BLOCKS = frozenset("`~#<[|:-=*_")  # what a block other than a paragraph begins with, if it is no container
_MAX_RULE = 1000  # characters
_QUOTE, _CODE_INDENT = -1, 4
_MAX_DEPTH = 100  # containers in one another; deeper ones are read as text


@dataclass(slots=True)
class Note:
    """The definition of a footnote: `[^1]`, and the stretch of the text; `depth` is how many containers it is in."""

    mark: str
    start: int
    end: int
    depth: int


@dataclass(slots=True)
class Found:
    """What a text holds, as offsets: keys, include paths, comments, metadata blocks, labels of example items.

    `calls` are those of footnotes, `notes` the stretches of their definitions. `unread` is as in `Inlines`.
    """

    keys: list[FoundKey]
    includes: list[tuple[int, int]]
    comments: list[tuple[int, int]]
    calls: list[tuple[int, int]]
    notes: list[Note] = field(default_factory=list)
    metadata: list[tuple[int, int]] = field(default_factory=list)
    examples: set[str] = field(default_factory=set)
    unread: int = -1


def scan(text: str) -> Found:
    """Reads a whole Markdown text. Never raises, in time linear in its length."""
    blocks = _Blocks(text)
    blocks.run()
    blocks.cut(0, len(text))
    blocks.inlines.close()
    blocks.found.unread = blocks.inlines.unread
    return blocks.found


class _Blocks:
    """Reads line by line; `para` is where the open paragraph begins, or -1.

    `stack` holds the open containers: the column at which the content of a list item begins, or `_QUOTE`.
    """

    __slots__ = ("closers", "divs", "found", "inlines", "metadata_lost", "notes", "para", "stack", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.inlines = Inlines(text)
        self.found = Found(self.inlines.keys, self.inlines.includes, self.inlines.comments, self.inlines.calls)
        self.para = -1
        self.stack: list[int] = []
        self.notes: list[Note] = []  # those that are open
        self.closers: _Closers | None = None
        self.divs = 0
        self.metadata_lost = False

    def run(self) -> None:
        text, size, position = self.text, len(self.text), 0
        while position < size:
            if self.para >= 0 and not self.stack:  # nothing but these may end a paragraph outside of containers
                ahead = _BREAK.search(text, max(position - 1, 0))
                position = ahead.end() if ahead else size
            if position < size:
                end = text.find("\n", position)
                position = self.line(position, end if end >= 0 else size)
            else:
                position = self.flush(size)
        while self.para >= 0:
            self.flush(size)

    def cut(self, depth: int, at: int) -> None:
        """Closes the containers deeper than `depth`, at the line that begins at `at`."""
        del self.stack[depth:]
        while self.notes and self.notes[-1].depth >= depth:
            self.notes.pop().end = at

    def flush(self, upto: int) -> int:
        """Ends the paragraph. It goes on, and the offset is later, where a comment or raw block runs on past `upto`."""
        if self.para < 0:
            return upto
        stop = self.inlines.scan(self.para, upto)
        self.para = stop if stop > upto and stop < len(self.text) else -1
        return stop

    def line(self, at: int, end: int) -> int:
        """Reads one line, and gives the offset at which to go on."""
        depth, position, column, floor = self.contained(at, end)
        if position == end or self.text[position] == "\r":
            return self.blank(at, end, depth)
        if self.para < 0:
            self.cut(depth, at)
        while column - floor < _CODE_INDENT:
            after = self.block(at, position, end, depth) if self.text[position] in _BLOCKS else -1
            if after >= 0:
                return after
            opened = self.container(position, end, column, floor)
            if opened is None:
                break
            stop = self.flush(at)
            if stop > at:
                return stop
            self.cut(depth, at)
            if (note := _NOTE.match(self.text, position, end)) is not None:
                self.notes.append(Note(note[1], position, end, depth))
                self.found.notes.append(self.notes[-1])
            item, position, column, floor = opened
            self.stack.append(item)
            depth += 1
            if position == end or self.text[position] == "\r":
                return end + 1
        if self.para < 0 and column - floor < _CODE_INDENT:
            self.para = position
        return end + 1

    def blank(self, at: int, end: int, depth: int) -> int:
        stop = self.flush(at)
        if stop > at:
            return stop
        if _QUOTE in self.stack[depth:]:
            self.cut(self.stack.index(_QUOTE, depth), at)
        run = _BLANK.match(self.text, at)
        return run.end() if run and not self.stack else end + 1

    def contained(self, at: int, end: int) -> tuple[int, int, int, int]:
        """How many containers the line is in; offset and column of its text; the column where their content begins."""
        position, column = self.indent(at, end, 0)
        depth = floor = 0
        for item in self.stack:
            if item == _QUOTE:
                if column - floor >= _CODE_INDENT or not self.text.startswith(">", position):
                    break
                position, column = self.quoted(position, end)
                floor = 0
            elif column >= item or position == end:
                floor = item
            else:
                break
            depth += 1
        return depth, position, column, floor

    def indent(self, at: int, end: int, column: int) -> tuple[int, int]:
        """The offset and the column behind the white space at `at`, which stands in `column`."""
        if at < end and self.text[at] not in " \t":
            return at, column
        match = _INDENT.match(self.text, at, end)
        space = match[0] if match else ""
        return at + len(space), len((" " * column + space).expandtabs(4)) if "\t" in space else column + len(space)

    def quoted(self, position: int, end: int) -> tuple[int, int]:
        after, column = self.indent(position + 1, end, 0)
        return after, max(column - 1, 0)

    def container(self, position: int, end: int, column: int, floor: int) -> tuple[int, int, int, int] | None:
        """The container that begins at `position`: its item of the stack; offset, column and floor of its content."""
        text, char = self.text, self.text[position]
        if len(self.stack) >= _MAX_DEPTH:
            return None
        if self.para < 0 and char == ">":
            return _QUOTE, *self.quoted(position, end), 0
        if self.para < 0 or any(item != _QUOTE for item in self.stack):
            match = _MARKER.match(text, position, end)
            if match is not None:
                if match[1]:
                    self.found.examples.add(match[1])
                before = column + match.end() - position
                after, column = self.indent(match.end(), end, before)
                wide = column - before > _CODE_INDENT or after == end
                floor = before + 1 if wide else column
                return floor, after, column, floor
        if char not in ":~[":
            return None
        note = self.para < 0 or bool(self.notes)  # one definition may follow another
        match = _DEFINITION.match(text, position, end) or (_NOTE.match(text, position, end) if note else None)
        if match is not None:
            after, column = self.indent(match.end(), end, column + match.end() - position)
            return floor + _CODE_INDENT, after, column, column
        return None

    def block(self, at: int, position: int, end: int, depth: int) -> int:
        """The offset behind a block other than a paragraph that begins at `position`, or -1."""
        char = self.text[position]
        if char in "`~":
            return self.fence(at, position, end, depth)
        whole = {"#": _HEADING, "<": _HTML}.get(char)  # a line that is a block
        if whole is not None and self.para < 0 and whole.match(self.text, position, end):
            self.para = position
            stop = self.flush(end)
            return max(stop, end + 1) if stop <= end else stop
        if char == "[" and self.para < 0:
            reference = _REFERENCE.match(self.text, position)
            return reference.end() if reference and not _CITES.search(reference[1]) else -1
        if char == "|" and self.para >= 0 and self.text[self.para] == "|":
            stop = self.flush(at)
            if stop <= at:
                self.para = position
            return end + 1 if stop <= at else stop
        if char == ":" and (div := _DIV.match(self.text, position, end)) is not None:
            return self.div(at, end, opens=bool(div[1]))
        return self.rule(at, position, end) if char in "-=*_" else -1

    def div(self, at: int, end: int, *, opens: bool) -> int:
        """A line of a fenced division: one may begin where a block may, and may end anywhere."""
        if self.para >= 0 and (opens or not self.divs):
            return -1
        self.divs = self.divs + 1 if opens else max(self.divs - 1, 0)
        stop = self.flush(at)
        return end + 1 if stop <= at else stop

    def fence(self, at: int, position: int, end: int, depth: int) -> int:
        text = self.text
        match = _FENCE.match(text, position, end)
        if match is None or (self.para >= 0 and text[position] == "~"):
            return -1
        if self.closers is None:
            self.closers = _Closers(text)
        close = self.closers.after(end, text[position], len(match[1]))
        if close < 0:
            return -1
        stop = self.flush(at)
        if stop > at:
            return stop
        self.cut(depth, at)
        return close

    def rule(self, at: int, position: int, end: int) -> int:
        """A metadata block, a rule, the underline of a heading; the lines of a table are text."""
        text = self.text
        if self.para < 0 and not self.stack and (match := _METADATA.match(text, position)) and not self.metadata_lost:
            close = _METADATA_END.search(text, match.end())
            if close is not None:
                self.found.metadata.append((match.end(), close.start()))
                return close.end()
            self.metadata_lost = True
        if end - position > _MAX_RULE or not _RULE.match(text, position, end) or _TABLE.match(text, position, end):
            return -1
        if text[position] == "=" and self.para < 0:
            return -1
        stop = self.flush(at)
        return stop if stop > at else end + 1


class _Closers:
    """The lines of a text that may close fenced code: found once, for a fence may be opened and never closed."""

    __slots__ = ("longest", "runs", "starts")

    def __init__(self, text: str) -> None:
        self.runs = [(match[1], match.end()) for match in _CLOSER.finditer(text)]
        self.starts = [match.start() for match in _CLOSER.finditer(text)]
        self.longest: list[dict[str, int]] = [{"`": 0, "~": 0}]
        for run, _ in reversed(self.runs):
            last = self.longest[-1]
            self.longest.append(last if len(run) <= last[run[0]] else {**last, run[0]: len(run)})
        self.longest.reverse()

    def after(self, start: int, char: str, length: int) -> int:
        """The offset behind the first line from `start` that closes a fence of `length` times `char`, or -1."""
        index = bisect_left(self.starts, start)
        if self.longest[index][char] < length:
            return -1
        while self.runs[index][0][0] != char or len(self.runs[index][0]) < length:
            index += 1
        return self.runs[index][1]
