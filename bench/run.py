"""Times `ketreview status` and `check` beside the least that such a program can take, and writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import generate
import measure
import page

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = ROOT / "docs" / "benchmarks.md"
AS_OF = "2026-11-20"  # the same work in every run, whatever the day
_ROUNDS = {100: 15, 1_000: 15, 10_000: 7, 100_000: 3}
_SHIPPED_ROUNDS = 31

_READ_BYTES = "import sys\nfor path in sys.argv[1:]: open(path, 'rb').read()"
_PARSE_BIB = "import sys, bibtexparser\nfor path in sys.argv[1:]: bibtexparser.parse_file(path)"
_LOAD_YAML = "import sys, yaml\nfor path in sys.argv[1:]: yaml.load(open(path, 'rb'), yaml.CSafeLoader)"


def floors(reviews: list[str], store: list[str]) -> list[measure.Program]:
    """Programs that do a part of the work of `check` on these files, and nothing else."""
    return [
        _python(page.NOTHING, "-c", "pass"),
        _python(page.SMALL_TABLE, str(HERE / "floor_table.py")),
        _python(page.READ_BYTES, "-c", _READ_BYTES, *reviews, *store),
        _python(page.PARSE_BIB, "-c", _PARSE_BIB, *store),
        _python(page.LOAD_YAML, "-c", _LOAD_YAML, *reviews),
    ]


def _python(name: str, *arguments: str) -> measure.Program:
    return measure.Program(name, (sys.executable, *arguments))


def commands(root: Path) -> list[measure.Program]:
    """The commands that are timed, as a person starts them."""
    script = str(Path(sys.executable).with_name("ketreview"))
    common = ("--root", str(root), "--as-of", AS_OF)
    return [
        measure.Program(page.STATUS, (script, "status", *common)),
        measure.Program(page.CHECK, (script, "check", *common), exit_codes=(0, 1)),
    ]


def time_project(root: Path, rounds: int, entries: int | None) -> list[measure.Runs]:
    """Times floors and commands on one project, in turn."""
    reviews = [str(path) for path in sorted((root / "reviews").glob("*.yaml"))]
    programs = floors(reviews, [str(root / "references.bib")])
    programs += [verified(program, entries) for program in commands(root)]
    return measure.in_turn(programs, rounds)


def verified(program: measure.Program, entries: int | None) -> measure.Program:
    """The program with the one exit code that it has here: a crash would be fast, and could be taken for findings.

    Raises:
        RuntimeError: it gives no answer, or did not read a generated project whole.
    """
    option, part = ("--format", "project") if program.name == page.STATUS else ("--output-format", "summary")
    code, answer = measure.answer(replace(program, command=(*program.command, option, "json")))
    counts = json.loads(answer)[part]
    if entries is not None and (code, counts["entries"], counts["unresolved"]) != (0, entries, 0):
        raise RuntimeError(f"{program.name} did not read {entries} entries whole: exit code {code}, {counts}")
    return replace(program, exit_codes=(code,))


def time_all(largest: int, rounds: int | None) -> dict[str, list[measure.Runs]]:
    """Everything, by the project it was timed on."""
    print("timing the shipped project …", file=sys.stderr)
    results = {page.SHIPPED: time_project(ROOT, rounds or _SHIPPED_ROUNDS, None)}
    for size in generate.sizes(largest):
        print(f"timing {size:,} entries …", file=sys.stderr)
        folder = generate.DATA / str(size)
        generate.write(folder, size)
        results[page.generated(size)] = time_project(folder, rounds or _ROUNDS[size], size)
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--max", type=int, default=generate.DEFAULT_MAX, help="the largest store, in entries (default: %(default)s)"
    )
    parser.add_argument(
        "--rounds", type=int, help="rounds of each group (default: 31 shipped; 15, 15, 7 and 3 by size)"
    )
    parser.add_argument(
        "--date", type=date.fromisoformat, help="the day of this run; with it docs/benchmarks.md is written"
    )
    options = parser.parse_args()
    try:
        results = time_all(options.max, options.rounds)
    except RuntimeError as error:
        sys.exit(f"bench: {error}")
    text = page.render(results, options.date, options.max)
    print(text)
    if options.date is not None:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, encoding="utf-8", newline="\n")
        print(f"written: {PAGE.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()
