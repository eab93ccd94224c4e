"""How time and memory of `check` grow with entries, with reviews and with chapter files, at four sizes each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import book
import generate
import measure

ENTRIES, REVIEWS, FILES = "entries", "reviews", "chapter files"
ANEW, AGAIN = "check", "check again"
_STORE = 1_000
"""The entries of the store that reviews are written about."""
_FILE_MB = 0.01


@dataclass(frozen=True, slots=True)
class Point:
    """What `check` took at one size: worked out anew, and again with nothing changed."""

    size: int
    anew: measure.Runs
    again: measure.Runs


@dataclass(frozen=True, slots=True)
class Series:
    """One thing of which there is more and more, while everything else stays as it is."""

    name: str
    points: tuple[Point, ...]


Commands = Callable[[Path], tuple[measure.Program, measure.Program]]
Writer = Callable[[Path, int], None]


def series(largest: int, rounds: int, commands: Commands, age: Callable[[Path], None]) -> tuple[Series, ...]:
    """All three, up to `largest` entries and what of reviews and files goes with the largest projects."""
    writers: dict[str, tuple[Writer, int]] = {
        ENTRIES: (generate.write_store, largest),
        REVIEWS: (lambda folder, size: generate.write_reviews(folder, size, _STORE), largest * 3 // 100),
        FILES: (lambda folder, size: book.write(folder, size, size * _FILE_MB), min(4_000, largest)),
    }
    return tuple(_series(name, writer, sizes(most), rounds, commands, age) for name, (writer, most) in writers.items())


def sizes(largest: int) -> tuple[int, ...]:
    """Four sizes, each ten times the one before; where the largest is small, each at least larger than it."""
    return tuple(max(5 - step, largest // 10**step) for step in (3, 2, 1, 0))


def _series(
    name: str, writer: Writer, wanted: Sequence[int], rounds: int, commands: Commands, age: Callable[[Path], None]
) -> Series:
    programs: list[measure.Program] = []
    for size in wanted:
        folder = generate.DATA / "growth" / name.replace(" ", "-") / f"{size}"
        writer(folder, size)
        age(folder)
        programs += commands(folder)
    runs = measure.in_turn(programs, rounds)
    pairs = zip(wanted, runs[::2], runs[1::2], strict=True)
    return Series(name, tuple(Point(size, anew, again) for size, anew, again in pairs))
