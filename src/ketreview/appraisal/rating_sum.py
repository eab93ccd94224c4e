"""The sum that a GRADE level is: a start by design, steps counted up to the caps of a guide, an end on the ladder.

Source: Schünemann 2018 (GRADE 18, PMC6692166, table 1); what guides set differently is in `model.profile`. Over several
outcomes, certainty is the lowest among the critical ones (the same table's caption).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ketreview.appraisal.grade import LADDER, computed
from ketreview.model.profile import MOST_RUNGS, UP, Profile
from ketreview.model.vocabulary import Design, Domain, Level


class Move(NamedTuple):
    """A step as it is stated, and the rungs that it counts for."""

    domain: Domain
    by: int
    counted: int


class Sum(NamedTuple):
    """A computed level and how it came about; `beyond` are the rungs by which the sum passed an end of the ladder."""

    start: Level
    moves: tuple[Move, ...]
    level: Level
    beyond: int


def counted(steps: Iterable[tuple[Domain, int]], profile: Profile) -> tuple[Move, ...]:
    """The steps with what they count for.

    A domain moves the level in its own direction alone, and by its cap at most, however many steps it has.
    """
    left: dict[Domain, int] = {}
    moves = []
    for domain, by in steps:
        direction = 1 if domain in UP else -1
        room = left.setdefault(domain, profile.caps.get(domain, MOST_RUNGS))
        rungs = min(max(by * direction, 0), room)
        left[domain] = room - rungs
        moves.append(Move(domain, by, rungs * direction))
    return tuple(moves)


def summed(start: Level, steps: Iterable[tuple[Domain, int]], profile: Profile) -> Sum | None:
    """The level that a guide gives; None where the start is no rung of the ladder."""
    moves = counted(steps, profile)
    total = sum(move.counted for move in moves)
    level = computed(start, [total])
    if level is None:
        return None
    return Sum(start, moves, level, LADDER.index(start) + total - LADDER.index(level))


def start_by_design(designs: Iterable[Design], profile: Profile) -> Level | None:
    """Where a body of studies starts; None where the guide does not say so for each, or they start differently."""
    starts = {profile.start.get(design) for design in designs}
    return starts.pop() if len(starts) == 1 else None


def lowest(levels: Iterable[Level]) -> Level | None:
    """The lowest of the levels that are on GRADE's ladder; None if there is none."""
    return min((level for level in levels if level in LADDER), key=LADDER.index, default=None)
