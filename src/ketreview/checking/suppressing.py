"""Applying suppression comments, and judging them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from ketreview.checking.faults import SUPPRESSION_WITHOUT_REASON, UNUSED_SUPPRESSION
from ketreview.diagnostics import Diagnostic, Fix, fault
from ketreview.edits import Edit
from ketreview.model.suppression import Suppression
from ketreview.source import Span

Suppressions = Mapping[str, Sequence[Suppression]]


def suppress(
    found: Sequence[Diagnostic], suppressions: Suppressions, judged: Collection[str]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """What remains of `found`, and what is wrong with the suppressions; only codes in `judged` can be called unused."""
    used: set[Span] = set()
    remaining = []
    for finding in found:
        accepted = [] if finding.code.reading else list(_accepting(finding, suppressions))
        used.update(accepted)
        if not accepted:
            remaining.append(finding)
    return remaining, [
        fault_found
        for comments in suppressions.values()
        for comment in comments
        for fault_found in _judge(comment, used, judged)
    ]


def _accepting(finding: Diagnostic, suppressions: Suppressions) -> Iterator[Span]:
    comments = suppressions.get(finding.span.path, ())
    if comments:
        line = finding.span.begin.line
        for comment in comments:
            if comment.covers(line):
                yield from (span for code, span in comment.codes if code == finding.code.id)


def _judge(comment: Suppression, used: set[Span], judged: Collection[str]) -> Iterator[Diagnostic]:
    if not comment.reason:
        yield fault(
            SUPPRESSION_WITHOUT_REASON, comment.span, "a suppression says why: write the reason after the bracket"
        )
    unused = [(code, span) for code, span in comment.codes if code in judged and span not in used]
    for code, span in unused:
        why = (
            "what is found while reading cannot be suppressed"
            if code.startswith("KR0")
            else "there is no such finding here"
        )
        fix = Fix("Remove the comment", safe=True, edits=(Edit(comment.span, ""),)) if len(comment.codes) == 1 else None
        yield fault(UNUSED_SUPPRESSION, span, f"`{code}` suppresses nothing: {why}", fix=fix)
