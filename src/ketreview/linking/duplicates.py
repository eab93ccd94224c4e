"""Entries of one work under several keys, and DOIs and PMIDs that contradict each other, as they were found."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

from ketreview.frozen import frozen
from ketreview.linking.grouping import grouped
from ketreview.linking.sameness import Verdict
from ketreview.model.entry import Entry


class Reason(StrEnum):
    """What entries share."""

    DOI = "doi"
    PMID = "pmid"
    TITLE = "title"


@frozen
class Work:
    """A work with several keys: all its entries and the first one of each key, in the order of the store.

    `keep` is the entry to keep: that which is cited most, then the fuller one, then the first.
    """

    entries: tuple[Entry, ...]
    firsts: tuple[Entry, ...]
    keep: Entry


@frozen
class Tie:
    """What makes entries one work: they share `name`, or `nearly` so. Pairs that another tie joins are left out."""

    reason: Reason
    name: str
    entries: tuple[Entry, ...]
    work: Work
    nearly: bool

    @property
    def place(self) -> Entry:
        """The entry that it is told at: the first that is not to be kept."""
        return next(entry for entry in self.entries if entry.key != self.work.keep.key)

    @property
    def peers(self) -> tuple[str, ...]:
        """What it is about, in whatever order the entries stand."""
        return tuple(entry.key for entry in self.entries)


@frozen
class Clash:
    """Entries that share a DOI or a PMID and cannot all be right: one of each side; they differ in `over`."""

    reason: Reason
    over: Reason
    name: str
    entries: tuple[Entry, ...]
    verdict: Verdict

    @property
    def place(self) -> Entry:
        """The entry that it is told at: the first that contradicts one before it."""
        return self.entries[1]

    @property
    def peers(self) -> tuple[str, ...]:
        """What it is about, in whatever order the entries stand, which decides what entry is there for its side."""
        return (self.over, self.name, str(len(self.entries)))


@frozen(slots=False)
class Duplicates:
    """What was found in a store: by DOI, then by PMID, then by title."""

    works: tuple[Work, ...]
    ties: tuple[Tie, ...]
    clashes: tuple[Clash, ...]

    def work_of(self, entry: Entry) -> Work | None:
        """The work of an entry, if it has several keys."""
        return self._works.get(_place(entry)) if entry.key in self.keys else None

    def ties_at(self, entry: Entry, reason: Reason) -> Iterator[Tie]:
        """The ties of one reason that are told at an entry."""
        if entry.key in self.keys:
            yield from (tie for tie in self._ties.get(_place(entry), ()) if tie.reason is reason)

    def clashes_at(self, entry: Entry, reason: Reason, over: Reason) -> Iterator[Clash]:
        """The clashes that are told at an entry, of what share one thing and differ in another."""
        if entry.key in self.keys:
            found = self._clashes.get(_place(entry), ())
            yield from (clash for clash in found if (clash.reason, clash.over) == (reason, over))

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all entries that anything is found of, so that nearly every entry is done with at once."""
        told = [work.entries for work in self.works] + [clash.entries for clash in self.clashes]
        return frozenset(entry.key for entries in told for entry in entries)

    @cached_property
    def _works(self) -> dict[tuple[str, int], Work]:
        return {_place(entry): work for work in self.works for entry in work.entries}

    @cached_property
    def _ties(self) -> dict[tuple[str, int], list[Tie]]:
        return grouped((_place(tie.place), tie) for tie in self.ties)

    @cached_property
    def _clashes(self) -> dict[tuple[str, int], list[Clash]]:
        return grouped((_place(clash.place), clash) for clash in self.clashes)


def _place(entry: Entry) -> tuple[str, int]:
    return entry.source.path, entry.start
