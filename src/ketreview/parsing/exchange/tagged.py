"""Records of lines with tags, as RIS and MEDLINE have them: which lines are a record, and where each tag stands.

The libraries that read these formats give no places, and one bad line costs them a whole file. So each record is found
here, its continued lines are joined, and a library gets one record of whole lines at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ketreview.source import Source, Span

_LINE = re.compile(r"[^\r\n]*")


class Tag(NamedTuple):
    """A tag with its text on one line; the span is of its first line."""

    name: str
    text: str
    span: Span


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


def records(source: Source, pattern: re.Pattern[str], first: str, last: str = "") -> list[TaggedRecord]:
    """The records of a text. `pattern` matches the beginning of a tag's line, with the tag as its first group.

    `first` is the tag that begins a record. It ends at the tag `last`, or where there is none, at the next beginning;
    tags outside a record make one that does not begin with `first`.
    """
    found: list[TaggedRecord] = []
    begun = False
    for name, text, span in _tags(source, pattern):
        if last and name == last:
            if begun:
                found[-1].closed = True
            begun = False
            continue
        if name == first or not begun:
            found.append(TaggedRecord())
            begun = True
        found[-1].tags.append(Tag(name, text, span))
    return found


def _tags(source: Source, pattern: re.Pattern[str]) -> Iterator[Tag]:
    """Every tag with the lines that continue it; lines before the first are no tag's."""
    name, span = "", Span(source, 0, 0)
    parts: list[str] = []
    for start in source.line_starts:
        line = _LINE.match(source.text, start)
        end = line.end() if line else start
        tag = pattern.match(source.text, start, end)
        if tag is None:
            parts.append(source.text[start:end])
            continue
        if name:
            yield Tag(name, " ".join(" ".join(parts).split()), span)
        name, parts, span = tag[1], [source.text[tag.end() : end]], Span(source, start, end)
    if name:
        yield Tag(name, " ".join(" ".join(parts).split()), span)
