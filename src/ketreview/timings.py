"""Where the time of a run went: its stages, and its rules. Nothing is measured unless somebody asks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

Record = TypeVar("Record")
Context = TypeVar("Context")
Found = TypeVar("Found")


@dataclass(slots=True)
class Spent:
    """What a rule took in all: seconds, over how many records, and how many problems it found."""

    seconds: float = 0.0
    records: int = 0
    problems: int = 0


class Timings:
    """Seconds on the clock by stage, and by the name of a rule. Stages follow one another, and add up to the run.

    What several rules look up is worked out for the first one that asks, and counts as that rule's.
    """

    def __init__(self) -> None:
        self.stages: dict[str, float] = {"start": time.process_time()}
        self.rules: dict[str, Spent] = {}
        self._last = time.perf_counter()

    def end(self, stage: str) -> None:
        """A stage ends here; it began where the one before it ended. One that comes again is added."""
        now = time.perf_counter()
        self.stages[stage] = self.stages.get(stage, 0.0) + now - self._last
        self._last = now

    def counted(
        self, rule: str, check: Callable[[Record, Context], Iterator[Found]]
    ) -> Callable[[Record, Context], Iterator[Found]]:
        """The function of a rule, which notes how often it is asked, and what it finds."""
        spent = self.rules.setdefault(rule, Spent())

        def run(record: Record, context: Context) -> Iterator[Found]:
            spent.records += 1
            for found in check(record, context):
                spent.problems += 1
                yield found

        return run

    def timed(self, rule: str, find: Callable[[], Iterable[Found]]) -> list[Found]:
        """All that a rule finds, with a note of what that takes: to choose its records, and to look at each."""
        begin = time.perf_counter()
        listed = list(find())
        self.rules.setdefault(rule, Spent()).seconds += time.perf_counter() - begin
        return listed


def not_timed(stage: str) -> None:
    """Stands for `Timings.end` in a run that is not timed."""
