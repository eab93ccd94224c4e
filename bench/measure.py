"""Times whole processes in turn, A B A B, so that a busy moment of the machine falls on all of them alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH")
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
    """How many times as long `above` took as `below`, round by round."""
    pairs = [one.wall / other.wall for one, other in zip(above.runs, below.runs, strict=True)]
    low, _, high = statistics.quantiles(pairs, n=4, method="inclusive") if len(pairs) > 1 else pairs * 3
    return Ratio(above.wall / below.wall, low, high)


def in_turn(programs: Sequence[Program], rounds: int) -> list[Runs]:
    """Runs every program once to warm the caches, then `rounds` times in turn.

    Raises:
        RuntimeError: a program ended with an exit code that it should not have.
    """
    timed = [Runs(program) for program in programs]
    for program in programs:
        _run(program)
    for _ in range(rounds):
        for runs in timed:
            runs.runs.append(_run(runs.program))
    return timed


def _run(program: Program) -> Run:
    if program.changes is not None:
        with program.changes.open("a", encoding="utf-8") as file:
            file.write("# changed\n")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123  the descriptor is what counts
        silent = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1), (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 2)]
        begin = time.perf_counter()
        pid = os.posix_spawn(program.command[0], program.command, ENVIRONMENT, file_actions=silent)
        _, status, usage = os.wait4(pid, 0)
        wall = time.perf_counter() - begin
    code = os.waitstatus_to_exitcode(status)
    if code not in program.exit_codes:
        raise RuntimeError(f"{program.name} ended with {code}: {' '.join(program.command)}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def answer(program: Program) -> tuple[int, str]:
    """The exit code of a program and what it writes to stdout, untimed.

    Raises:
        RuntimeError: it writes nothing, or ends with an exit code that it should not have.
    """
    done = subprocess.run(program.command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode not in program.exit_codes or not done.stdout:
        raise RuntimeError(f"{program.name} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.returncode, done.stdout
