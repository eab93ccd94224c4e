"""A limit on how often one rule is told of: a hundred thousand findings say what a million would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple

from ketreview.diagnostics import Diagnostic

MOST = 100_000
"""Findings of one rule in a run over a whole project."""


class Limit(NamedTuple):
    """How many findings of a rule are told, and which of them would be: what is accepted does not count."""

    most: int
    is_told: Callable[[Diagnostic], bool]


def limited(found: Iterable[Diagnostic], limit: Limit | None) -> Iterator[Diagnostic]:
    """What a rule finds, up to the limit; then one more, which says that no others are sought.

    As any of those may be as bad as the rule has it, that one is.
    """
    findings = iter(found)
    if limit is None:
        yield from findings
        return
    first = list(islice(findings, limit.most))
    yield from first
    more = next(findings, None)
    if more is not None:  # only here is it asked what is told: it takes time
        yield from _beyond(chain((more,), findings), limit, limit.most - sum(map(limit.is_told, first)))


def _beyond(findings: Iterable[Diagnostic], limit: Limit, left: int) -> Iterator[Diagnostic]:
    for finding in findings:
        if limit.is_told(finding):
            left -= 1
        if left < 0:
            code = finding.code
            told = (
                f"more than {limit.most:,} findings of {code.id}, no others are sought: name files to see all of theirs"
            )
            yield replace(finding, message=f"{finding.message}; {told}", severity=code.severity, ceiling=code.severity)
            return
        yield finding


def cut_short(found: Sequence[Diagnostic], limit: Limit | None) -> frozenset[str]:
    """The codes of which there are more findings than are told."""
    if limit is None:
        return frozenset()
    many = _more_than(limit.most, (finding for finding in found if not finding.code.reading))
    told = (finding for finding in found if finding.code.id in many and limit.is_told(finding)) if many else ()
    return _more_than(limit.most, told)


def _more_than(most: int, found: Iterable[Diagnostic]) -> frozenset[str]:
    counted = Counter(finding.code.id for finding in found)
    return frozenset(code for code, number in counted.items() if number > most)
