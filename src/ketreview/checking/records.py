"""The records of a file, each with a name and the text by which it is seen to be the same: what `--since` compares."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from ketreview.files import CHAPTER_SUFFIXES, SITE_FILES
from ketreview.model.entry import Entry
from ketreview.model.record import Record
from ketreview.model.review import ID_KINDS, Review
from ketreview.model.source_document import SourceDocument
from ketreview.model.suppression import Suppression
from ketreview.model.walk import within
from ketreview.source import Source, Span

Name = tuple[str, ...]
ENTRY = "entry"
_BY_LINE = (".ipynb", *SITE_FILES)


class Named(NamedTuple):
    """A record: `name` is what it is known by, `text` its words with what is accepted of it, white space folded."""

    name: Name
    text: str
    start: int
    end: int


class Place:
    """What stands in one file, by offset."""

    def __init__(self, source: Source, suppressions: Sequence[Suppression], records: Iterable[Named] = ()) -> None:
        self._source = source
        self._suppressions = suppressions
        self.records = sorted(records, key=lambda record: (record.start, -record.end))
        self._starts = [record.start for record in self.records]

    @property
    def path(self) -> str:
        """The path of the file."""
        return self._source.path

    def at(self, offset: int) -> Named:
        """The record that an offset is in; where it is in none, its paragraph or line."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0:
            if offset <= self.records[index].end:
                return self.records[index]
            index = self._around[index]
        return self._block(offset)

    @cached_property
    def _around(self) -> list[int]:
        """For each record the one around it; -1 where there is none."""
        found: list[int] = []
        open_: list[int] = []
        for index, record in enumerate(self.records):
            while open_ and self.records[open_[-1]].end < record.end:
                open_.pop()
            found.append(open_[-1] if open_ else -1)
            open_.append(index)
        return found

    def _block(self, offset: int) -> Named:
        index = bisect_right(self._block_starts, offset) - 1
        return self.blocks[max(index, 0)]

    @cached_property
    def blocks(self) -> list[Named]:
        """Its paragraphs if it is a chapter, else its lines."""
        text, starts = self._source.text, self._source.line_starts
        ends = [*starts[1:], len(text)]
        rows = zip(starts, ends, strict=True)
        joined = self._source.path.endswith(CHAPTER_SUFFIXES) and not self._source.path.endswith(_BY_LINE)
        spans: list[tuple[int, int]] = []
        open_ = False
        for start, end in rows:
            blank = not text[start:end].strip()
            if joined and open_ and not blank:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
            open_ = not blank
        return [Named((), self._words(start, end), start, end) for start, end in spans]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def _words(self, start: int, end: int) -> str:
        return words(Span(self._source, start, end), self._suppressions)


def entries(source: Source, found: Iterable[Entry], suppressions: Sequence[Suppression]) -> Place:
    """The entries of a store file, each by its key; what stands for a string of the file counts by its value."""
    return Place(
        source,
        suppressions,
        (
            Named((ENTRY, entry.key), _with_values(entry, words(entry.span, suppressions)), entry.start, entry.end)
            for entry in found
        ),
    )


def _with_values(entry: Entry, text: str) -> str:
    return "\0".join((text, *(" ".join(item.value.split()) for item in entry.fields)))


def records(review: Review, suppressions: Sequence[Suppression]) -> Place:
    """The records of a review by kind and id, with all that is in them.

    What has no id of its own, and what a source document prints, is known by its words. The review itself is no record.
    """
    return Place(review.where.source, suppressions, _records(review, suppressions))


def _records(review: Review, suppressions: Sequence[Suppression]) -> Iterator[Named]:
    owners: dict[Record, str] = {}
    for record in within(review):
        kind = ID_KINDS.get(type(record), "")
        own = getattr(record, "id", "") if kind else ""
        if record is review or (not kind and owners.get(record) == ""):
            continue
        owners.update(dict.fromkeys(within(record), own if isinstance(record, SourceDocument) else "") if kind else ())
        span = record.span()
        text = words(span, suppressions)
        name = (review.id, kind, own) if kind else (review.id, owners.get(record, ""), type(record).__name__, text)
        yield Named(name, text, span.start, span.end)


def words(span: Span, suppressions: Sequence[Suppression]) -> str:
    """The text of a place on one line, and the codes that are accepted there by a comment above it."""
    text = " ".join(span.text.split())
    if not suppressions:
        return text
    first, last = span.begin.line, span.finish.line
    codes = sorted(code for one in suppressions if first <= one.first <= last for code, _ in one.codes)
    return f"{text}\0{' '.join(codes)}" if codes else text


def differing(before: Iterable[Named], now: Iterable[Named]) -> frozenset[Name]:
    """The names of records that are not the same in both: added, gone, or with other words."""
    counts = Counter((record.name, record.text) for record in now)
    counts.subtract((record.name, record.text) for record in before)
    return frozenset(name for (name, _), number in counts.items() if number)
