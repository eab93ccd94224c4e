"""The lines that a span covers, with what is marked in them, cut to a width."""

from __future__ import annotations

from typing import NamedTuple

from ketreview.diagnostics import Diagnostic, Related
from ketreview.source import Position, Source, Span

_MOST = 4
_HEAD = 2
_LEAD = 16
_FEW = 3
_FAR = 1_000
_NARROW = 0x1100
"""Below it stand no wide characters (UAX #11): a text of those takes a column for each."""


class Row(NamedTuple):
    """One line: what stands before the mark, in it and behind it; whether something is cut off at either end.

    `number` is 0 for a row that stands for the lines left out, whose count `marked` says.
    """

    number: int
    before: str
    marked: str
    after: str
    cut_left: bool = False
    cut_right: bool = False


def adds_to(related: Related, finding: Diagnostic) -> bool:
    """Whether the line of a related place is shown.

    It is, if the place is one of few, and the line is another and says more than the words about it do.
    """
    here, there = finding.span, related.span
    known = (here.path, here.begin.line) == (there.path, there.begin.line) or f"`{there.text}`" in related.message
    return len(finding.related) <= _FEW and not known


def rows(span: Span, width: int) -> list[Row]:
    """What is to be shown of a span: all of its lines if they are few, else the first ones and the last.

    Nothing where there is no text to show.
    """
    if not span.source.text:
        return []
    begin, end = span.begin, _end(span)
    numbers = list(range(begin.line, end.line + 1))
    if len(numbers) > _MOST:
        left_out = Row(0, "", f"{len(numbers) - _HEAD - 1} more lines", "")
        numbers = [*numbers[:_HEAD], numbers[-1]]
        shown = [_row(span, number, begin, end, width) for number in numbers]
        return [*shown[:_HEAD], left_out, shown[-1]]
    return [_row(span, number, begin, end, width) for number in numbers]


def _end(span: Span) -> Position:
    """Where a span ends; not at the beginning of a line of which it has nothing."""
    end = span.finish
    if end.column == 1 and end.line > span.begin.line:
        return Position(end.line - 1, len(span.source.line(end.line - 1)) + 1)
    return end


def _row(span: Span, number: int, begin: Position, end: Position, width: int) -> Row:
    content, lead, more = _part(span.source, number, begin.column - 1 if number == begin.line else 0)
    first = begin.column - 1 - lead if number == begin.line else len(content) - len(content.lstrip())
    last = end.column - 1 - lead if number == end.line else len(content.rstrip())
    first = min(first, len(content))
    last = max(min(last, len(content)), first)
    left, right = window(content, first, last, width)
    return Row(
        number,
        content[left:first],
        content[first : min(last, right)],
        content[min(last, right) : right],
        lead + left > 0,
        more or right < len(content),
    )


def _part(source: Source, number: int, column: int) -> tuple[str, int, bool]:
    """A line as far as it can be shown around a column: a line may be the whole file, and have a million findings.

    Beside it stand how much of the line is before it, and whether there is more behind it.
    """
    start, end = source.bounds(number)
    low, high = max(start, start + column - _FAR), min(end, start + column + _FAR)
    content = source.text[low:high]
    return (content.rstrip("\r\n") if high == end else content), low - start, high < end


def window(content: str, first: int, last: int, width: int) -> tuple[int, int]:
    """From where to where a line is shown: what is marked as far as it fits, in the midst if it does."""
    if not content.isascii() and any(ord(character) >= _NARROW for character in content):
        width = width if len(content) * 2 <= width else width // 2
    if len(content) <= width:
        return 0, len(content)
    spare = width - (last - first)
    left = first - (spare // 2 if spare > 0 else min(_LEAD, width // 4))
    left = max(0, min(left, len(content) - width))
    return left, left + width
