"""Checking a project of which some reviews changed: these are read with those that share names with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from ketreview import checking
from ketreview.checking import Selection, limits
from ketreview.checking.running import in_part
from ketreview.config import Settings
from ketreview.diagnostics import Diagnostic, Severity, Summary, unpacked, unpacked_span
from ketreview.files import Earlier, Files, Unreadable
from ketreview.history import FormerKey
from ketreview.linking.books import Book
from ketreview.linking.grouping import grouped
from ketreview.linking.kept_store import KeptStore
from ketreview.linking.labels import labels_of
from ketreview.linking.missing import NotRead, NotReadError
from ketreview.linking.part import Kept, PartOfCorpus
from ketreview.linking.shared_names import shared_names
from ketreview.model.review import Review
from ketreview.model.suppression import Suppression
from ketreview.parsing.reviews import ReviewFile, parse_review
from ketreview.parsing.text import decoded
from ketreview.pipeline.keeping import BETWEEN, KINDS, Told
from ketreview.rule import UNCITED
from ketreview.source import KeptSource

_MOST = 100
"""Reviews that are read together; with more, all are."""


class Row(NamedTuple):
    """A review as it was: what it cited and listed, and the names by which others may be held against it."""

    path: str
    id: str
    cited: str
    unresolved: str
    listed: list[str]
    folders: list[str]
    names: str


class Found(NamedTuple):
    """What a run in part gives: all findings, and what was checked."""

    findings: tuple[Diagnostic, ...]
    summary: Summary


def check_in_part(
    files: Files, settings: Settings, as_of: date, selection: Selection, earlier: Earlier
) -> Found | None:
    """The findings of the whole project; None where more than a part of it has to be read."""
    try:
        found = _Run(files, settings, as_of, selection, earlier).check()
    except (NotReadError, KeyError, ValueError, TypeError, IndexError, AttributeError):  # or what was kept is broken
        return None
    files.resume(earlier)
    return found


@dataclass
class _Run:
    files: Files
    settings: Settings
    as_of: date
    selection: Selection
    earlier: Earlier

    def __post_init__(self) -> None:
        self.kept: dict[str, Any] = self.earlier.facts
        self.rows = {row[0]: Row(*row) for row in self.kept["reviews"]}
        self.changed = frozenset(self.earlier.changed)
        self.read: dict[str, ReviewFile] = {}
        self.sources: dict[str, KeptSource] = {}
        if not self.changed <= self.rows.keys():
            raise NotReadError

    def check(self) -> Found:
        own = self.own()
        part = self.part(own, self.former(self.part(own, {})))
        told = Told.of(part)
        gone, come = self.recited(told)
        rules = [rule for rule in checking.all_rules() if self.selection.selects(rule.code)]
        of_uncited = {rule.code.id for rule in rules if rule.scope is UNCITED}
        entries = [entry for key in sorted(gone) for entry in part.entries_with(key)]
        found = [
            *self.as_before(of_uncited, come),
            *(finding for file in self.read.values() for finding in file.diagnostics),
            *(
                finding
                for finding in in_part(rules, part, entries)
                if finding.span.path in self.read or finding.code.id in of_uncited
            ),
        ]
        suppressions = grouped((comment.span.path, comment) for comment in self.comments())
        if limits.cut_short(found, checking.limit_of(limits.MOST, self.selection, suppressions)):
            raise NotReadError  # which of them are told goes by the order of all reviews
        findings = checking.judge(
            found,
            self.selection,
            self.settings,
            suppressions=suppressions,
            matches=self.kept["matches"],
            files=self.kept["files"],
        )
        return Found(findings, self.summary(findings, told))

    def own(self) -> tuple[Review, ...]:
        """The reviews that changed and those that they share names with, or did before; in order."""
        changed = self.part([self.review(path) for path in self.rows if path in self.changed], {})
        labels = frozenset(self.kept["labels"])
        if not all(labels.issuperset(labels_of(review)) for review in changed.own):
            raise NotReadError
        names = {name for review in changed.own for name in shared_names(review, changed, labels)}
        for path in self.sharing(names):
            self.review(path)
        return tuple(self.review(path) for path in self.rows if path in self.read)

    def sharing(self, names: set[str]) -> set[str]:
        """The paths of the reviews that have one of these names, or a name of a changed one, or one of theirs, …."""
        by_name = grouped((name, row.path) for row in self.rows.values() for name in row.names.split(BETWEEN))
        found = set(self.changed)
        waiting = [*names, *(name for path in found for name in self.rows[path].names.split(BETWEEN))]
        while waiting:
            more = [path for path in by_name.pop(waiting.pop(), ()) if path not in found]
            found.update(more)
            waiting += (name for path in more for name in self.rows[path].names.split(BETWEEN) if name in by_name)
            if len(found) > _MOST:
                raise NotReadError
        return found

    def review(self, path: str) -> Review:
        """A review, read now; it has to be whole, and the one that it was."""
        if path not in self.read:
            data = self.files.read(path)
            if isinstance(data, Unreadable):
                raise NotReadError
            self.read[path] = parse_review(path, data)
        file, row = self.read[path], self.rows[path]
        if file.review is None or file.broken:
            raise NotReadError
        *_, listed, folders = Told((), ()).of_review(file.review)
        if (file.review.id, listed, folders) != (row.id, row.listed, row.folders):
            raise NotReadError
        return file.review

    def part(self, own: Sequence[Review], former: dict[str, FormerKey]) -> PartOfCorpus:
        """The corpus of some reviews."""
        there: dict[str, Any] = {kind: NotRead() if kind in self.kept["there_are"] else () for kind in KINDS}
        return PartOfCorpus(
            self.as_of,
            self.settings,
            NotRead(),
            self.book,
            {row.id: frozenset() for row in self.rows.values()},
            self.kept["sizes"],
            {name: tuple(paths) for name, paths in self.kept["folders"].items()},
            former=former,
            own=tuple(own),
            kept=self.known,
            **there,
        )

    @cached_property
    def store(self) -> KeptStore:
        return KeptStore(self.kept["stores"], self.source_of)

    @cached_property
    def book(self) -> Book:
        return self.store.book(complete=self.kept["complete"])

    @cached_property
    def known(self) -> Kept:
        return Kept(
            self.store,
            tuple(row.id for row in self.rows.values()),
            frozenset(self.kept["known_files"]),
            self.kept["may_cite_more"],
            self.kept["works"],
            frozenset(self.kept["retracted"]),
        )

    def source_of(self, path: str) -> KeptSource:
        """The text of a file that did not change, read when asked for."""
        if path not in self.sources:
            self.sources[path] = KeptSource(path, lambda: decoded(Files.read(self.files, path)))  # without a note
        return self.sources[path]

    def former(self, part: PartOfCorpus) -> dict[str, FormerKey]:
        """What became of keys that are not in the store; of those that were not before, it has to be the same."""
        before = {key: FormerKey(*former) for key, former in self.kept["former"].items()}
        others = {key for row in self.unread() for key in _list(row.unresolved)}
        still = frozenset(self.kept["lost"]) & others.union(self.kept["unresolved_in_chapters"])
        lost = {*still, *(one.key for one in part.unresolved if not part.suggestions.key(one.key))}
        if lost == set(self.kept["lost"]):
            return before
        now = dict(self.files.former_keys(lost)) if lost else {}
        if any(now.get(key) != before.get(key) for key in still):
            raise NotReadError
        return now

    def unread(self) -> Iterator[Row]:
        return (row for row in self.rows.values() if row.path not in self.read)

    def recited(self, told: Told) -> tuple[set[str], set[str]]:
        """The keys that nothing cites any more, and those that a changed review cites and did not before."""
        changed = [self.rows[path] for path in self.changed]
        earlier = [key for row in changed for key in _list(row.cited)]
        later = [key for row in changed for key in told.cited.get(row.id, ())]
        before, now = set(earlier), set(later)
        listed, counted, first = self.kept["asked"]
        told_of = before | now
        recounted = any(earlier.count(key) != later.count(key) for key in told_of.intersection(counted))
        if recounted or not told_of.isdisjoint(listed):
            raise NotReadError
        self.require_firsts(told_of.intersection(first), told)
        elsewhere = set(self.kept["cited_in_chapters"])
        for row in self.rows.values():
            if row.path not in self.changed and any(key in row.cited for key in before - now):
                elsewhere.update(_list(row.cited))
        return before - now - elsewhere, now - before

    def require_firsts(self, keys: Collection[str], told: Told) -> None:
        """Refuses where the first citation of one of these keys is, or was, in a review that changed."""
        left = set(keys)
        for row in self.rows.values() if left else ():
            if row.path in self.changed and not left.isdisjoint((*_list(row.cited), *told.cited.get(row.id, ()))):
                raise NotReadError
            left.difference_update(_list(row.cited))

    def as_before(self, of_uncited: Collection[str], come: Collection[str]) -> Iterator[Diagnostic]:
        """What was found before in what is as it was."""
        codes = checking.catalogue()
        for item in self.kept["found"]:
            if item[3][0] not in self.read:
                finding = unpacked(item, self.source_of)
                if finding.code.id not in of_uncited or finding.subject.key not in come:
                    yield replace(finding, code=codes[finding.code.id])

    def comments(self) -> Iterator[Suppression]:
        for place, codes, reason, first, last in self.kept["suppressions"]:
            if place[0] not in self.read:
                span = unpacked_span(place, self.source_of)
                told = tuple((code, unpacked_span(at, self.source_of)) for code, at in codes)
                yield Suppression(span, told, reason, first, last)
        for file in self.read.values():
            yield from file.suppressions

    def summary(self, findings: Iterable[Diagnostic], told: Told) -> Summary:
        severities = [finding.severity for finding in findings]
        own = [self.rows[path] for path in self.read]
        cited = sum(len(_list(row.cited)) for row in own)
        unresolved = sum(len(_list(row.unresolved)) for row in own)
        return Summary(
            errors=severities.count(Severity.ERROR),
            warnings=severities.count(Severity.WARNING),
            infos=severities.count(Severity.INFO),
            reviews=len(self.rows),
            entries=len(self.store.keys),
            citations=self.kept["citations"] - cited + sum(map(len, told.cited.values())),
            unresolved=self.kept["unresolved"] - unresolved + sum(map(len, told.unresolved.values())),
        )


def _list(text: str) -> list[str]:
    return text.split(BETWEEN) if text else []
