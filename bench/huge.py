"""Runs whole commands on inputs of 10 MB of every language in four bad shapes, and notes time and memory of each."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huge_files import HEAD, SHAPES, languages
from measure import launched

if TYPE_CHECKING:
    from huge_files import Language

RESULTS = Path(__file__).parent / "results" / "reliability" / "huge.json"
SIZE = 10_000_000
MOST_SECONDS = 10
MOST_MIB = 1024
_GIVEN_UP = 120
_BUG = 70
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent / "src")}
_LIMITED = f'ulimit -t {_GIVEN_UP}; cd "$0"; exec "$@" 2>said'
"""For a shell: the first argument is where to run, the others are the command, which takes the shell's place."""


@dataclass(frozen=True, slots=True)
class Took:
    """What a run took; `ended` is its exit code, or why it had none."""

    cpu: float
    peak_mib: float
    ended: str

    @property
    def is_within(self) -> bool:
        """Whether it ended as a run should, in the time and memory that it may take."""
        return self.cpu <= MOST_SECONDS and self.peak_mib <= MOST_MIB and self.ended in {"0", "1", "2"}


def run(language: Language, shape: str, size: int) -> Took:
    """Runs the language's command in a new folder that holds a file of that shape."""
    with tempfile.TemporaryDirectory(prefix="ketreview-huge-") as folder:
        root = Path(folder)
        (root / "ketreview.toml").write_text(language.settings, encoding="utf-8")
        (root / "reviews").mkdir()
        (root / "reviews/a.yaml").write_text(HEAD.replace("huge", "a"), encoding="utf-8")
        (root / "references.bib").write_text("@misc{good, title = {Good}}\n", encoding="utf-8")
        path = root / language.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(language.shapes[shape](size), encoding="utf-8", newline="")
        return _timed((sys.executable, "-m", "ketreview", *language.command, "--root", folder), root)


def _timed(command: tuple[str, ...], folder: Path) -> Took:
    """Runs a command in a folder; the kernel ends one that takes far too long."""
    code, _, cpu, peak = launched(("/bin/sh", "-c", _LIMITED, str(folder), *command), _ENVIRONMENT)
    failed = code == _BUG or b"Traceback" in (folder / "said").read_bytes()
    ended = "given up" if code in {-signal.SIGXCPU, -signal.SIGKILL} else "a bug" if failed else str(code)
    return Took(cpu, peak / 1024, ended)


def _row(language: Language, shape: str, size: int) -> Mapping[str, Any]:
    took = run(language, shape, size)
    numbers = f"{took.cpu:6.1f} s {took.peak_mib:6.0f} MiB"
    print(f"{language.name:28} {shape:22} {numbers}  {took.ended}{'' if took.is_within else '  !'}", flush=True)
    return {
        "reader": language.name,
        "shape": shape,
        "mb": round(size / 1e6, 1),
        "exit": took.ended,
        "seconds": round(took.cpu, 1),
        "peak_mib": round(took.peak_mib),
        "within": took.is_within,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="bytes of each input")
    parser.add_argument("--only", default="", help="only languages whose name holds this word")
    parser.add_argument("--shape", default="", help="only shapes whose name holds this word")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name}")
    options = parser.parse_args()
    chosen = [one for one in languages() if options.only.casefold() in one.name.casefold()]
    shapes = [shape for shape in SHAPES if options.shape.casefold() in shape]
    rows = [_row(language, shape, options.size) for language in chosen for shape in shapes]
    if options.write:
        made = {"date": date.today().isoformat(), "command": "python bench/huge.py --write", "rows": rows}
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return int(not all(row["within"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
