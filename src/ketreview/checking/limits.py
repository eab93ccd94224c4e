"""A limit on how often one rule is told of: a hundred thousand findings say what a million would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from ketreview.diagnostics import Diagnostic

MOST = 100_000
"""Findings of one rule in a run over a whole project."""


def limited(found: Iterable[Diagnostic], most: int | None) -> Iterator[Diagnostic]:
    """What a rule finds, up to a number; then one more, which says that no others are sought.

    As any of those may be as bad as the rule has it, that one is.
    """
    findings = iter(found)
    yield from islice(findings, most)
    more = next(findings, None)
    if more is not None:
        told = f"more than {most:,} findings of {more.code.id}, no others are sought: name files to see all of theirs"
        worst = more.code.severity
        yield replace(more, message=f"{more.message}; {told}", severity=worst, ceiling=worst)


def cut_short(found: Iterable[Diagnostic], most: int | None) -> frozenset[str]:
    """The codes of which there are more findings than are told."""
    if most is None:
        return frozenset()
    counted = Counter(finding.code.id for finding in found if not finding.code.reading)
    return frozenset(code for code, number in counted.items() if number > most)
