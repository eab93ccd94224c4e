"""What a small fix makes of the lines that it changes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from ketreview.diagnostics import Fix
from ketreview.edits import Edit, edited
from ketreview.patterns import regex
from ketreview.source import Source, Span

_MOST_LINES = 6
_MOST_CHANGED = 3
_LINE_BREAK = regex(r"\r\n|\n|\r")


class Preview(NamedTuple):
    """Lines of `path` from line `number` on that go, and those that come in their place."""

    path: str
    number: int
    removed: tuple[str, ...]
    added: tuple[str, ...]


class Part(NamedTuple):
    """A line as what stays before the change, what is changed, and what stays behind it."""

    before: str
    changed: str
    after: str


def preview(fix: Fix) -> Preview | None:
    """The lines before and after, if a few lines of one file are changed; else nothing."""
    spans = [edit.span for edit in fix.edits]
    if not spans or len({span.path for span in spans}) > 1 or not spans[0].source.text:
        return None
    source = spans[0].source
    first = source.position(min(span.start for span in spans)).line
    last = source.position(max(span.end for span in spans)).line
    if last - first >= _MOST_LINES:
        return None
    lines = [source.line(number) for number in range(first, last + 1)]
    return _changed(source.path, first, lines, _after(source, fix.edits, first, last))


def _after(source: Source, edits: tuple[Edit, ...], first: int, last: int) -> list[str] | None:
    """The lines `first` to `last` after the edits; only these lines are looked at, as a store may be large.

    The last one has its line break: an edit may take that too.
    """
    start = source.bounds(first)[0]
    piece = Source(source.path, source.text[start : source.bounds(last)[1]])
    moved = [Edit(Span(piece, span.start - start, span.end - start), text) for span, text in edits]
    try:
        return _LINE_BREAK.split(edited(piece, moved))
    except ValueError:
        return None


def _changed(path: str, first: int, lines: list[str], after: list[str] | None) -> Preview | None:
    """Without the lines that stay, and only if few are left."""
    if after is None:
        return None
    if len(after) > 1 and not after[-1]:
        after = after[:-1]  # behind the last line break
    lead = _common(lines, after)
    lines, after = lines[lead:], after[lead:]
    tail = _common(lines[::-1], after[::-1])
    lines, after = lines[: len(lines) - tail], after[: len(after) - tail]
    if not 0 < max(len(lines), len(after)) <= _MOST_CHANGED:
        return None
    return Preview(path, first + lead, tuple(lines), tuple(after))


def parts(shown: Preview) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The lines that go and come, each with what is changed in it; all of it, but where one becomes another."""
    if len(shown.removed) != 1 or len(shown.added) != 1:
        return tuple(Part("", row, "") for row in shown.removed), tuple(Part("", row, "") for row in shown.added)
    old, new = shown.removed[0], shown.added[0]
    lead = _common(old, new)
    tail = _common(old[lead:][::-1], new[lead:][::-1])
    return (_part(old, lead, tail),), (_part(new, lead, tail),)


def _part(row: str, lead: int, tail: int) -> Part:
    end = len(row) - tail
    return Part(row[:lead], row[lead:end], row[end:])


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How much is the same at the beginning of both."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
