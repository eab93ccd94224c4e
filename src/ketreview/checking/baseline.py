"""Findings against a baseline: which are new, which it accepts, and which of its lines are needed no more (KR904)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from posixpath import basename, dirname
from typing import NamedTuple

from ketreview.checking import catalogue
from ketreview.checking.baseline_file import Line
from ketreview.checking.faults import FIXED_BASELINE_ENTRY
from ketreview.checking.selection import Selection
from ketreview.diagnostics import Diagnostic, Fix, Severity, fault, fingerprint, shown
from ketreview.frozen import frozen
from ketreview.linking.grouping import grouped

_Alike = tuple[str, str]


class Compared(NamedTuple):
    """The findings of a run: those that are new, and those that the baseline accepts.

    `left` says of each line how many of its findings are there no more.
    """

    new: tuple[Diagnostic, ...]
    accepted: tuple[Diagnostic, ...]
    left: Mapping[Line, int]


@frozen(slots=False)
class Reach:
    """What a run could find: with these codes, in the files that it read (`read`) or of which `is_there` knows none."""

    selection: Selection
    read: Collection[str]
    is_there: Callable[[str], bool]
    faults: Sequence[Diagnostic] = ()

    @cached_property
    def _unread(self) -> frozenset[str]:
        """The folders of which something could not be read, where only a text that is kept is concerned."""
        return frozenset(dirname(finding.span.path) for finding in self.faults)

    @cached_property
    def _is_partial(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.faults)

    def covers(self, line: Line) -> bool:
        """Whether the finding of a line would have been found, were it there."""
        code = catalogue().get(line.code)
        return (
            code is not None
            and self.selection.selects(code)
            and self.selection.selects_at(code, line.path)
            and (line.path in self.read or not self.is_there(line.path))
            and dirname(line.path) not in self._unread
            and not self._is_partial
        )


def known_by(finding: Diagnostic) -> str:
    """The fingerprint of a finding in a baseline, whatever file it is in."""
    return fingerprint(finding, path="")


def can_be_accepted(finding: Diagnostic) -> bool:
    """Whether a baseline may hold a finding; what is found while reading it may not, since it hides others."""
    return not finding.code.reading and finding.code != FIXED_BASELINE_ENTRY


def lines_of(findings: Iterable[Diagnostic], before: Iterable[Line] = ()) -> list[Line]:
    """The lines that accept these findings; one that stands in the baseline `before` keeps its message."""
    alike: dict[tuple[str, str, str], list[Diagnostic]] = {}
    for finding in findings:
        if can_be_accepted(finding):
            alike.setdefault((finding.span.path, finding.code.id, known_by(finding)), []).append(finding)
    messages = {line.name: line.message for line in before}
    return [
        Line(
            path, code, same[0].subject, messages.get((path, code, name), min(one.message for one in same)), name,
            len(same),
        )
        for (path, code, name), same in alike.items()
    ]  # fmt: skip


def compare(lines: Sequence[Line], findings: Iterable[Diagnostic], is_there: Callable[[str], bool]) -> Compared:
    """Holds findings against a baseline: those in the file that a line names first, then those that moved.

    What is about a record is the same in whatever file that stands; what is about a file, only if the old one is gone.
    """
    stock = _Stock(lines, is_there)
    findings = tuple(findings)
    at_place = {id(finding) for finding in findings if can_be_accepted(finding) and stock.takes(finding)}
    moved = {
        id(finding)
        for finding in findings
        if id(finding) not in at_place and can_be_accepted(finding) and stock.takes(finding, moved=True)
    }
    known = at_place | moved
    return Compared(
        tuple(finding for finding in findings if id(finding) not in known),
        tuple(finding for finding in findings if id(finding) in known),
        stock.left(),
    )


def renewed(
    before: Sequence[Line], found: Sequence[Diagnostic], reached: Reach, is_wanted: Callable[[str], bool]
) -> tuple[Line, ...]:
    """The lines that accept what is found in files that are wanted, and what the ones before accept elsewhere.

    What this run was not to find stays accepted.
    """
    compared = compare(before, found, reached.is_there)
    known = {id(finding) for finding in compared.accepted}
    lines = lines_of((one for one in found if id(one) in known or is_wanted(one.span.path)), before)
    joined = {line.name: line for line in lines}
    for line, number in compared.left.items():
        if not (reached.covers(line) and is_wanted(line.path)):
            more = joined[line.name].count if line.name in joined else 0
            joined[line.name] = replace(line, count=number + more)
    return tuple(joined.values())


def fixed(left: Mapping[Line, int], reach: Reach) -> Iterator[Diagnostic]:
    """KR904 for each line of which less is there than it accepts."""
    code = FIXED_BASELINE_ENTRY
    if not reach.selection.selects(code):
        return
    for line, number in left.items():
        if not (reach.selection.selects_at(code, line.span.path) and reach.covers(line)):
            continue
        kept = line.count - number
        about = shown(next((part for part in (line.subject.id, line.subject.key) if part), line.path))
        if kept:
            message = f"{line.code} of {about} is accepted {line.count} times and found {kept}"
            fix = Fix(f"Lower the count to {kept}", safe=True, edits=(line.lowered(kept),))
        else:
            message = f"{line.code} of {about} is not found any more"
            fix = Fix("Take it out of the baseline", safe=True, edits=(line.removed(),))
        finding = replace(fault(code, line.span, message, fix=fix), subject=line.subject)
        yield replace(finding, severity=reach.selection.severity_of(finding))


class _Stock:
    """What a baseline accepts, and has not given away yet."""

    def __init__(self, lines: Sequence[Line], is_there: Callable[[str], bool]) -> None:
        self._lines = lines
        self._is_there = cache(is_there)
        self._counts: dict[_Alike, Counter[str]] = {}
        self._queues: dict[_Alike, _Queue] = {}
        for line in lines:
            self._counts.setdefault((line.code, line.fingerprint), Counter())[line.path] += line.count

    def takes(self, finding: Diagnostic, *, moved: bool = False) -> bool:
        """Gives one away for a finding, if there is one in its file; or, for one that `moved`, in another."""
        alike = (finding.code.id, known_by(finding))
        counts = self._counts.get(alike)
        if not counts:
            return False
        path = self._queue(alike, finding).next(finding.span.path) if moved else finding.span.path
        if counts.get(path, 0) <= 0:
            return False
        counts[path] -= 1
        return True

    def _queue(self, alike: _Alike, finding: Diagnostic) -> _Queue:
        if alike not in self._queues:
            subject, counts = finding.subject, self._counts[alike]
            anywhere = bool(subject.review or subject.key or subject.id)
            there = {path: self._is_there(path) for path in sorted(counts)}
            gone = [path for path, still in there.items() if not still]
            rest = [path for path, still in there.items() if still and anywhere]
            self._queues[alike] = _Queue(counts, gone, rest)
        return self._queues[alike]

    def left(self) -> dict[Line, int]:
        """How many of each line were not given away; of lines that are alike, rather of the last."""
        found = {}
        for line in reversed(self._lines):
            counts = self._counts[line.code, line.fingerprint]
            number = min(line.count, counts[line.path])
            if number:
                found[line] = number
                counts[line.path] -= number
        return dict(reversed(found.items()))


class _Queue:
    """The files that findings which are alike may have been in before: first those that are gone."""

    def __init__(self, counts: Counter[str], gone: Sequence[str], rest: Sequence[str]) -> None:
        self._counts = counts
        self._all = [*gone, *rest][::-1]
        self._by_name = grouped((basename(path), path) for path in reversed(gone))

    def next(self, path: str) -> str:
        """The file that one was in which now is in `path`: rather one of the same name; empty if there is none."""
        return self._first(self._by_name.get(basename(path), [])) or self._first(self._all)

    def _first(self, paths: list[str]) -> str:
        while paths and self._counts[paths[-1]] <= 0:
            paths.pop()
        return paths[-1] if paths else ""
