"""Times whole processes in turn, A B A B, so that a busy moment of the machine falls on all of them alike."""

from __future__ import annotations

import atexit
import marshal
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO

_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH")
ENOUGH = 6.0
"""Seconds for which one program is run in a group."""
ENVIRONMENT = {name: os.environ[name] for name in _KEPT if name in os.environ}


@dataclass(frozen=True, slots=True)
class Program:
    """A command line to time, and the name that the tables give it."""

    name: str
    command: tuple[str, ...]
    exit_codes: tuple[int, ...] = (0,)
    changes: Path | None = None
    """A file that gets one more line before each run, untimed."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: seconds on the clock, seconds of processor time, and the most memory it held."""

    wall: float
    cpu: float
    peak_kib: int


@dataclass(slots=True)
class Runs:
    """The runs of one program, in the order of the rounds."""

    program: Program
    runs: list[Run] = field(default_factory=list)

    @property
    def wall(self) -> float:
        return statistics.median(run.wall for run in self.runs)

    @property
    def spread(self) -> tuple[float, float]:
        """The middle half of the times on the clock."""
        return _middle_half([run.wall for run in self.runs])

    @property
    def cpu(self) -> float:
        return statistics.median(run.cpu for run in self.runs)

    @property
    def peak_mib(self) -> float:
        return statistics.median(run.peak_kib for run in self.runs) / 1024


@dataclass(frozen=True, slots=True)
class Ratio:
    """One program's time over another's: of the medians, and the middle half of the rounds' own ratios."""

    of_medians: float
    low: float
    high: float


def ratio(above: Runs, below: Runs) -> Ratio:
    """How many times as long `above` took as `below`, round by round, as far as both were run."""
    pairs = [one.wall / other.wall for one, other in zip(above.runs, below.runs, strict=False)]
    return Ratio(above.wall / below.wall, *_middle_half(pairs))


def _middle_half(values: Sequence[float]) -> tuple[float, float]:
    if len(values) < 2:
        return values[0], values[0]
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


def in_turn(programs: Sequence[Program], rounds: int) -> list[Runs]:
    """Runs every program once to warm the caches, then up to `rounds` times in turn.

    One that is slow is run fewer times, so that it takes no more than `ENOUGH` seconds; one that takes longer is run
    once, cold.

    Raises:
        RuntimeError: a program ended with an exit code that it should not have.
    """
    timed = [Runs(program) for program in programs]
    left = {}
    for runs in timed:
        cold = _run(runs.program)
        left[runs.program] = min(rounds, int(ENOUGH / cold.wall))
        runs.runs += [] if left[runs.program] else [cold]
    for number in range(rounds):
        for runs in timed:
            if number < left[runs.program]:
                runs.runs.append(_run(runs.program))
    return timed


def smallest_mib() -> float:
    """The memory of the process that starts programs, which Linux counts as theirs: less cannot be seen."""
    return _run(Program("true", ("/bin/true",))).peak_kib / 1024


def _run(program: Program) -> Run:
    if program.changes is not None:
        with program.changes.open("a", encoding="utf-8") as file:
            file.write("# changed\n")
    code, wall, cpu, peak = launched(program.command, ENVIRONMENT)
    if code not in program.exit_codes:
        raise RuntimeError(f"{program.name} ended with {code}: {' '.join(program.command)}")
    return Run(wall, cpu, peak)


def launched(command: tuple[str, ...], environment: dict[str, str]) -> tuple[int, float, float, int]:
    """As `launcher.run`, in the process that starts all programs."""
    into, out = _launcher()
    marshal.dump((command, environment), into)
    into.flush()
    taken: tuple[int, float, float, int] = marshal.load(out)
    return taken


@cache
def _launcher() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the one process that starts all programs; it ends with this one."""
    script = str(Path(__file__).with_name("launcher.py"))
    started = subprocess.Popen([sys.executable, "-I", "-S", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    if started.stdin is None or started.stdout is None:
        raise RuntimeError("the launcher has no pipes")
    atexit.register(started.communicate)
    return started.stdin, started.stdout


def answer(program: Program) -> tuple[int, str]:
    """The exit code of a program and what it writes to stdout, untimed.

    Raises:
        RuntimeError: it writes nothing, or ends with an exit code that it should not have.
    """
    done = subprocess.run(program.command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode not in program.exit_codes or not done.stdout:
        raise RuntimeError(f"{program.name} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.returncode, done.stdout
