"""Suppression comments in reviews, stores and chapters, and the lines each one covers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from ketreview.model.entry import Entry
from ketreview.model.suppression import Suppression
from ketreview.patterns import regex
from ketreview.source import Source, Span

MARKER = "ketreview: ignore["
_CODE = regex(r"[^\s,]+")


def comment(sign: str) -> re.Pattern[str]:
    """The pattern of a suppression in a language whose comments begin with `sign`: its codes, then its reason."""
    return regex(rf"{sign}[ \t]*{re.escape(MARKER)}([^\]\r\n]*)\][ \t]*([^\r\n]*)")


_BIB = comment("%")
_CHAPTER = comment(r"(?://|%|<!--|\.\.)")
_LINE_END = regex(r"(?:-->)?[ \t]*(?:[\r\n]|\Z)")
_PARAGRAPH = regex(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)


def in_bib(source: Source, entries: Iterable[Entry]) -> tuple[Suppression, ...]:
    """The suppressions of a store; a `%` inside a value is no comment."""
    entries = list(entries)
    values = sorted((field.value_start, field.value_end) for entry in entries for field in entry.fields)
    starts = [start for start, _ in values]

    def in_value(offset: int) -> bool:
        index = bisect_left(starts, offset + 1) - 1
        return index >= 0 and offset < values[index][1]

    comments = [match for match in _BIB.finditer(source.text) if not in_value(match.start())]
    blocks: dict[int, int] = {}
    for entry in entries:
        spans = [entry.span, *(Span(source, field.start, field.value_end) for field in entry.fields)]
        for span in reversed(spans):
            blocks[span.begin.line] = span.finish.line
    lines = sorted(blocks)
    return tuple(suppression(source, match, blocks, lines, alone=is_alone(source, match)) for match in comments)


def in_chapter(source: Source, comments: Iterable[tuple[int, int]]) -> tuple[Suppression, ...]:
    """The suppressions among the comments of a chapter, whose offsets are given without what closes them.

    One that stands alone on its line covers the paragraph that follows, or the rest of the one that it stands in.
    """
    found = [(match, end) for start, end in sorted(set(comments)) if (match := _CHAPTER.match(source.text, start, end))]
    if not found:
        return ()
    alone = {match.start(): is_alone(source, match) and _ends_line(source, end) for match, end in found}
    passed = {source.position(start).line for start, single in alone.items() if single}
    blocks: dict[int, int] = {}
    for paragraph in _PARAGRAPH.finditer(source.text):
        first, last = source.position(paragraph.start()).line, source.position(paragraph.end() - 1).line
        blocks.update((line, last) for line in range(first, last + 1) if line not in passed)
    lines = sorted(blocks)
    return tuple(suppression(source, match, blocks, lines, alone=alone[match.start()]) for match, _ in found)


def is_alone(source: Source, match: re.Match[str]) -> bool:
    """Whether nothing stands before the comment on its line."""
    text, at = source.text, match.start()
    while at > 0 and text[at - 1] in " \t":
        at -= 1
    return at == 0 or text[at - 1] in "\r\n"


def _ends_line(source: Source, end: int) -> bool:
    return _LINE_END.match(source.text, end) is not None


def suppression(
    source: Source, match: re.Match[str], blocks: dict[int, int], lines: list[int], *, alone: bool
) -> Suppression:
    """The suppression of a comment; `alone` on its line it covers the next block, whose first lines are `lines`."""
    line = source.position(match.start()).line
    codes = tuple(
        (code[0], Span(source, match.start(1) + code.start(), match.start(1) + code.end()))
        for code in _CODE.finditer(match[1])
    )
    span = Span(source, match.start(), match.end())
    if not alone:
        return Suppression(span, codes, match[2].strip(), line, line)
    following = bisect_right(lines, line)
    first = lines[following] if following < len(lines) else line
    return Suppression(span, codes, match[2].strip(), first, blocks.get(first, line))
