"""Fuzzes every reader for a while and notes what was tried: mutants of good files, led by coverage where atheris is.

atheris (PyPI) is no dependency of the project; where it is not installed, the same mutants are tried without coverage.
An input that makes a traceback, or takes more than ten seconds, is kept in bench/.data/fuzz/ and told.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import platform
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from random import Random
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

from mutants import LONGEST, mutant

if TYPE_CHECKING:
    from readers import Reader

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "reliability" / "fuzz.json"
KEPT = HERE / ".data" / "fuzz"
HANG = 10
_BEGUN = 3
_SHOWN = 6
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HERE.parent / "src"), "PYTHONHASHSEED": "0"}


class HangError(BaseException):
    """An input takes too long."""


@dataclass
class Tried:
    """What was tried of a reader so far; `faults` has the last lines of each traceback by its place."""

    reader: Reader
    end: float
    begun: float = field(default_factory=time.monotonic)
    inputs: int = 0
    slowest: float = 0
    hangs: int = 0
    faults: dict[tuple[str, str, int], str] = field(default_factory=dict)

    def one(self, data: bytes) -> None:
        """Reads one input; whatever comes of it is noted."""
        self.inputs += 1
        start = time.process_time()
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, HANG)
            self.reader(data)
        except HangError as error:
            self.hangs += 1
            self.note(error, data)
        except Exception as error:  # every one is what is looked for
            self.note(error, data)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        self.slowest = max(self.slowest, time.process_time() - start)

    def note(self, error: BaseException, data: bytes) -> None:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = (type(error).__name__, Path(last.filename).name, last.lineno or 0)
        if place not in self.faults:
            self.faults[place] = "".join(traceback.format_exception(error)[-_SHOWN:])
            KEPT.mkdir(parents=True, exist_ok=True)
            KEPT.joinpath("-".join([self.reader.name, *map(str, place)]).replace("/", "_")).write_bytes(data)

    def finish(self) -> NoReturn:
        """Gives what was tried to the parent, and ends the process, whatever goes on in it."""
        row = {
            "reader": self.reader.name,
            "inputs": self.inputs,
            "seconds": round(time.monotonic() - self.begun, 1),
            "tracebacks": len(self.faults) - min(self.hangs, 1),
            "hangs": self.hangs,
            "slowest_s": round(self.slowest, 2),
            "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
        print(json.dumps({"row": row, "faults": list(self.faults.values())}), file=sys.__stdout__, flush=True)
        os._exit(0)

    @property
    def over(self) -> bool:
        return time.monotonic() > self.end


def _too_long(_number: int, _frame: FrameType | None) -> NoReturn:
    raise HangError


def child(name: str, seconds: float, seed: int, engine: str) -> NoReturn:
    """Fuzzes one reader in this process."""
    atheris: Any = None
    if engine == "atheris":
        atheris = importlib.import_module("atheris")
    reader = next(one for one in _readers(atheris) if one.name == name)
    for good in reader.seeds:
        reader(good)
    signal.signal(signal.SIGVTALRM, _too_long)
    tried = Tried(reader, time.monotonic() + seconds)
    random = Random(seed)
    if atheris is not None:
        _with_coverage(atheris, tried, random, seed)
    while not tried.over:
        tried.one(mutant(random, random.choice(reader.seeds), reader.words, reader.seeds))
    tried.finish()


def _readers(atheris: Any = None) -> tuple[Reader, ...]:
    """Every reader; with atheris, all that they import is instrumented, so that nothing may import them sooner."""
    instruments = atheris and atheris.instrument_imports(include=["ketreview"], enable_loader_override=False)
    with instruments or nullcontext():
        from readers import readers  # noqa: PLC0415  it has to be imported here for the instruments
    return readers()


def _with_coverage(atheris: Any, tried: Tried, random: Random, seed: int) -> None:
    """Leaves the choice of what is changed further to libFuzzer: what reached something new."""
    reader = tried.reader

    def test(data: bytes) -> None:
        if tried.over:
            tried.finish()
        tried.one(data)

    def changed(data: bytes, most: int, number: int) -> bytes:
        if number % 4 == 0:
            return bytes(atheris.Mutate(data, most))
        return mutant(random, data or random.choice(reader.seeds), reader.words, reader.seeds)[:most]

    folder = Path(tempfile.mkdtemp(prefix="ketreview-fuzz-corpus-"))
    for number, good in enumerate(reader.seeds):
        (folder / str(number)).write_bytes(good)
    flags = [
        f"-max_len={LONGEST}",
        "-rss_limit_mb=0",
        "-timeout=1000",
        f"-seed={seed}",
        "-len_control=0",
        "-verbosity=0",
    ]
    KEPT.mkdir(parents=True, exist_ok=True)
    flags.append(f"-artifact_prefix={KEPT}/")
    atheris.Setup([sys.argv[0], *flags, str(folder)], test, custom_mutator=changed)
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15, help="for each reader")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="only readers whose name holds this word")
    parser.add_argument("--engine", choices=["atheris", "mutants"], default=_best())
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name}")
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child, options.seconds, options.seed, options.engine)
    rows = []
    for reader in _readers():
        if options.only.casefold() in reader.name.casefold():
            row, faults = _run(reader.name, options)
            print(*row.values(), sep="  ", flush=True)
            print(*faults, sep="\n", end="\n" * bool(faults))
            rows.append(row)
    if options.write:
        _write(rows, options)
    return int(any(row["tracebacks"] or row["hangs"] for row in rows))


def _run(name: str, options: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """Fuzzes a reader in a process of its own; libFuzzer's own end is no finding, and is begun again."""
    command = [sys.executable, str(HERE / "fuzz.py"), "--child", name, "--engine", options.engine]
    command += ["--seconds", str(options.seconds), "--seed"]
    said = ""
    for seed in range(options.seed, options.seed + _BEGUN):
        with tempfile.TemporaryDirectory(prefix="ketreview-fuzz-", dir=_memory()) as folder:  # a child removes nothing
            environment = {**_ENVIRONMENT, "TMPDIR": folder}
            done = subprocess.run([*command, str(seed)], check=False, capture_output=True, text=True, env=environment)
        if not done.returncode and done.stdout.strip():
            told = json.loads(done.stdout.splitlines()[-1])
            return told["row"], told["faults"]
        said = done.stderr[-2000:]
        print(f"{name}: the process ended with {done.returncode}; see {KEPT}", flush=True)
    raise RuntimeError(f"{name}: {said}")


def _memory() -> str | None:
    """Where many small files are made soonest."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _best() -> str:
    return "atheris" if importlib.util.find_spec("atheris") else "mutants"


def _write(rows: list[dict[str, Any]], options: argparse.Namespace) -> None:
    engine = f"atheris {version('atheris')}" if options.engine == "atheris" else "mutants without coverage"
    made = {
        "date": date.today().isoformat(),
        "command": f"python bench/fuzz.py --seconds {options.seconds:g} --seed {options.seed} --write",
        "engine": f"{engine}, Python {platform.python_version()}",
        "rows": rows,
    }
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
