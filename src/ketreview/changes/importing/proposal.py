"""What an import proposes: records with the line each comes from, and what could not be mapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ketreview.changes.yaml_values import Fields
from ketreview.frozen import frozen
from ketreview.model.imported import ImportedEntry
from ketreview.patterns import regex
from ketreview.source import Span

_LONGEST_ID = 60
_NOT_ID = regex(r"[^a-z0-9]+")


class Unmapped(NamedTuple):
    """What of a folder went into no record, or only in part: its first words, where they stand, and why."""

    span: Span
    words: str
    why: str


class Made(NamedTuple):
    """A record as fields in their order, and the place of what it was mapped from."""

    fields: Fields
    span: Span


@frozen
class Proposal:
    """A review that a folder gives, as text, the works that its store may lack, and what was left.

    `lists` are the records by the names of their lists in the review.
    """

    id: str
    text: str
    lists: Mapping[str, Sequence[Made]]
    works: tuple[ImportedEntry, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


@dataclass(slots=True)
class Ids:
    """The ids given out, so that none is given twice."""

    taken: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)

    def new(self, text: str) -> str:
        """A free id of the words of a text."""
        base = slug(text)
        name = base
        while name in self.taken:
            self.last[base] = self.last.get(base, 1) + 1
            name = f"{base}-{self.last[base]}"
        self.taken.add(name)
        return name


def slug(text: str) -> str:
    """The words of a text as an id; `record` where it has none in Latin letters."""
    words = _NOT_ID.sub("-", text.casefold()[: 4 * _LONGEST_ID]).strip("-")
    if len(words) > _LONGEST_ID:
        words = words[:_LONGEST_ID].rpartition("-")[0] or words[:_LONGEST_ID]
    return words or "record"
