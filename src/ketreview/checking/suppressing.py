"""Applying suppression comments, and judging them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate

from ketreview.checking.comment_removal import removal
from ketreview.checking.faults import SUPPRESSION_WITHOUT_REASON, UNUSED_SUPPRESSION
from ketreview.diagnostics import Diagnostic, fault
from ketreview.model.suppression import Suppression
from ketreview.patterns import regex
from ketreview.source import Span

_WORD = regex(r"\w")
Suppressions = Mapping[str, Sequence[Suppression]]


def suppress(
    found: Sequence[Diagnostic], suppressions: Suppressions, judged: Collection[str]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """What remains of `found`, and what is wrong with the suppressions; only codes in `judged` can be called unused."""
    accepting = Accepting(suppressions)
    accepted = [accepting.places(finding) for finding in found]
    used = {place for places in accepted for place in places}
    return [finding for finding, places in zip(found, accepted, strict=True) if not places], [
        fault_found
        for comments in suppressions.values()
        for comment in comments
        for fault_found in _judge(comment, used, judged)
    ]


class Accepting:
    """The comments of a project, to be asked about many findings."""

    def __init__(self, suppressions: Suppressions) -> None:
        self._by_path = {path: _ByLine(comments) for path, comments in suppressions.items() if comments}

    def places(self, finding: Diagnostic) -> list[Span]:
        """The places in comments that accept a finding; none accepts what is found while reading."""
        comments = None if finding.code.reading else self._by_path.get(finding.span.path)
        if comments is None:
            return []
        at = comments.at(finding.span.begin.line)
        return [span for comment in at for code, span in comment.codes if code == finding.code.id]


class _ByLine:
    """A file's suppressions in the order of their lines, so that a finding asks only those that may reach it."""

    def __init__(self, comments: Sequence[Suppression]) -> None:
        self._comments = sorted(comments, key=lambda comment: comment.first)
        self._firsts = [comment.first for comment in self._comments]
        self._reach = list(accumulate((comment.last for comment in self._comments), max))

    def at(self, line: int) -> Iterator[Suppression]:
        index = bisect_right(self._firsts, line) - 1
        while index >= 0 and self._reach[index] >= line:
            if self._comments[index].covers(line):
                yield self._comments[index]
            index -= 1


def _judge(comment: Suppression, used: set[Span], judged: Collection[str]) -> Iterator[Diagnostic]:
    if not _WORD.search(comment.reason):
        yield fault(
            SUPPRESSION_WITHOUT_REASON, comment.span, "a suppression says why: write the reason after the bracket"
        )
    if not comment.codes:
        yield fault(UNUSED_SUPPRESSION, comment.span, "it suppresses nothing: write the codes between the brackets")
    unused = [(code, span) for code, span in comment.codes if code in judged and span not in used]
    for code, span in unused:
        fix = removal(comment, [other for _, other in unused], span)
        yield fault(UNUSED_SUPPRESSION, span, f"`{code}` suppresses nothing: {_why_unused(code)}", fix=fix)


def _why_unused(code: str) -> str:
    if code.startswith("KR0"):
        return "what is found while reading cannot be suppressed"
    if code.startswith("KR9"):
        return "what is said of settings and comments themselves cannot be suppressed by a comment"
    return "there is no such finding here"
