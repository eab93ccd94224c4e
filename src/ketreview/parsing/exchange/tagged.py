"""Records of lines with tags, as RIS and MEDLINE have them: which lines are a record, and where each tag stands.

The libraries that read these formats give no places, and one bad line costs them a whole file. So each record is found
here, its continued lines are joined, and a library gets one record of whole lines at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ketreview.patterns import regex
from ketreview.source import Source, Span

_LINE = regex(r"[^\r\n]*")


class Tag(NamedTuple):
    """A tag with its text on one line; the span is of its first line, `rows` are the lines of its text.

    `apart` says that a blank line stands before it.
    """

    name: str
    text: str
    span: Span
    rows: tuple[str, ...] = ()
    apart: bool = False


@dataclass(slots=True)
class TaggedRecord:
    """The tags of one record, in order. `closed` says that its end was marked."""

    tags: list[Tag] = field(default_factory=list)
    closed: bool = False

    @property
    def span(self) -> Span:
        """Its first line."""
        return self.tags[0].span

    def lines(self) -> Iterator[tuple[str, str]]:
        """Each tag and its text."""
        return ((tag.name, tag.text) for tag in self.tags)


def closed_records(source: Source, pattern: re.Pattern[str], first: str, last: str) -> list[TaggedRecord]:
    """The records of a text in which the tag `first` begins a record and `last` ends it.

    `pattern` matches the beginning of a tag's line, with the tag as its first group. Tags outside a record make one
    that does not begin with `first`.
    """
    found: list[TaggedRecord] = []
    begun = False
    for tag in _tags(source, pattern):
        if tag.name == last:
            if begun:
                found[-1].closed = True
            begun = False
            continue
        if tag.name == first or not begun:
            found.append(TaggedRecord())
            begun = True
        found[-1].tags.append(tag)
    return found


def parted_records(source: Source, pattern: re.Pattern[str], once: str) -> list[TaggedRecord]:
    """The records of a text in which a blank line parts them, or the second tag `once`, where the line is missing."""
    found: list[TaggedRecord] = []
    seen = False
    for tag in _tags(source, pattern):
        if tag.apart or not found or (seen and tag.name == once):
            found.append(TaggedRecord())
            seen = False
        seen = seen or tag.name == once
        found[-1].tags.append(tag)
    return found


def _tags(source: Source, pattern: re.Pattern[str]) -> Iterator[Tag]:
    """Every tag with the lines that continue it; lines before the first are no tag's."""
    name, span, apart = "", Span(source, 0, 0), False
    rows: list[str] = []
    for start in source.line_starts:
        line = _LINE.match(source.text, start)
        end = line.end() if line else start
        tag = pattern.match(source.text, start, end)
        if tag is None:
            rows.append(" ".join(source.text[start:end].split()))
            continue
        if name:
            yield _tag(name, rows, span, apart=apart)
        apart = len(rows) > bool(name) and not rows[-1]  # the first row stands beside its tag
        name, rows, span = tag[1], [" ".join(source.text[tag.end() : end].split())], Span(source, start, end)
    if name:
        yield _tag(name, rows, span, apart=apart)


def _tag(name: str, rows: list[str], span: Span, *, apart: bool) -> Tag:
    kept = tuple(filter(None, rows))
    return Tag(name, " ".join(kept), span, kept, apart)
