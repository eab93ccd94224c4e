"""Times `ketreview status` and `check` beside the least that such a program can take, and writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import book
import generate
import measure
import other_tools
import page
import planted
import scanners
import tools_page

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = ROOT / "docs" / "benchmarks.md"
AS_OF = "2026-11-20"  # the same work in every run, whatever the day
_ROUNDS = {100: 15, 1_000: 15, 10_000: 7, 100_000: 3}
_SHIPPED_ROUNDS = 31
_BOOK_ROUNDS = 7
_TOOLS_ROUNDS = 7

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
    """The commands that are timed, as a person starts them: worked out anew, and again with nothing changed."""
    anew = ("--no-cache",)
    return [
        _command(page.STATUS, root, "status", *anew),
        _command(page.CHECK, root, "check", *anew),
        _command(page.STATUS_AGAIN, root, "status"),
        _command(page.CHECK_AGAIN, root, "check"),
    ]


def _command(name: str, root: Path, command: str, *options: str) -> measure.Program:
    script = str(Path(sys.executable).with_name("ketreview"))
    line = (script, command, "--root", str(root), "--as-of", AS_OF, *options)
    return measure.Program(name, line, exit_codes=(0, 1) if command == "check" else (0,))


def time_shipped(rounds: int) -> list[measure.Runs]:
    """Times floors and commands on the shipped project, in turn."""
    programs = floors(*_files(ROOT)) + [verified(program, None) for program in commands(ROOT)]
    return measure.in_turn(programs, rounds)


def time_generated(size: int, rounds: int) -> list[measure.Runs]:
    """The same on a generated project, and `check` on a copy in which one review changes before each run."""
    root, changing = generate.DATA / str(size), generate.DATA / f"{size}-changing"
    for folder in (root, changing):
        generate.write(folder, size)
        _age(folder)
    changed = replace(_command(page.CHECK_CHANGED, changing, "check"), changes=min(changing.glob("reviews/*")))
    programs = (
        floors(*_files(root)) + _badness(root) + [verified(program, size) for program in (*commands(root), changed)]
    )
    return measure.in_turn(programs, rounds)


def _badness(root: Path) -> list[measure.Program]:
    """A linter of stores on the same store, if it can be installed; it finds nothing in generated ones."""
    tool = other_tools.badness()
    return [] if isinstance(tool, str) else [measure.Program(page.BADNESS, tool.command(root, [planted.STORE]))]


def time_book(rounds: int) -> list[measure.Runs]:
    """The same on a generated book without reviews, and `check` on a copy in which one chapter changes."""
    root, changing = generate.DATA / "book", generate.DATA / "book-changing"
    for folder in (root, changing):
        book.write(folder)
        _age(folder)
    files = [str(path) for path in sorted(root.rglob("*.typ"))]
    reading = _python(page.READ_BYTES, "-c", _READ_BYTES, *files, *map(str, sorted(root.glob("bib/*"))))
    table = _python(page.SMALL_TABLE, str(HERE / "floor_table.py"))
    chapter = min(changing.glob("chapters/**/*.typ"))
    changed = replace(_command(page.CHAPTER_CHANGED, changing, "check"), changes=chapter)
    timed = [
        verified(program, book.ENTRIES)
        for program in (
            _command(page.CHECK, root, "check", "--no-cache"),
            _command(page.CHECK_AGAIN, root, "check"),
            changed,
        )
    ]
    return measure.in_turn([table, reading, *timed], rounds)


def _files(root: Path) -> tuple[list[str], list[str]]:
    """The reviews and the store of a project."""
    return [str(path) for path in sorted(root.glob("reviews/*.yaml"))], [str(root / "references.bib")]


def _age(folder: Path) -> None:
    """Makes the files an hour old, as most files are: one that is as new as a kept answer is read again."""
    for path in (*folder.rglob("*.bib"), *folder.glob("reviews/*.yaml"), *folder.rglob("*.typ")):
        made = path.stat().st_mtime - 3600
        os.utime(path, (made, made))


def verified(program: measure.Program, entries: int | None) -> measure.Program:
    """The program with the one exit code that it has here: a crash would be fast, and could be taken for findings.

    Raises:
        RuntimeError: it gives no answer, or did not read a generated project whole.
    """
    option, part = ("--format", "project") if "status" in program.command else ("--output-format", "summary")
    code, answer = measure.answer(replace(program, command=(*program.command, option, "json")))
    counts = json.loads(answer)[part]
    if entries is not None and (code, counts["entries"], counts["unresolved"]) != (0, entries, 0):
        raise RuntimeError(f"{program.name} did not read {entries} entries whole: exit code {code}, {counts}")
    return replace(program, exit_codes=(code,))


def time_all(largest: int, rounds: int | None) -> dict[str, list[measure.Runs]]:
    """Everything, by the project it was timed on."""
    print("timing the shipped project …", file=sys.stderr)
    results = {page.SHIPPED: time_shipped(rounds or _SHIPPED_ROUNDS)}
    print("timing the book …", file=sys.stderr)
    results[page.BOOK] = time_book(rounds or _BOOK_ROUNDS)
    for size in generate.sizes(largest):
        print(f"timing {size:,} entries …", file=sys.stderr)
        results[page.generated(size)] = time_generated(size, rounds or _ROUNDS[size])
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
    parser.add_argument(
        "--tools-only", action="store_true", help="run only the other tools, and renew their section of the page"
    )
    options = parser.parse_args()
    try:
        before = _kept() if options.tools_only else _timed(options)
        text = f"{before}\n{compared(options.rounds or _TOOLS_ROUNDS, options.date)}"
    except RuntimeError as error:
        sys.exit(f"bench: {error}")
    print(text)
    if options.date is not None:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, encoding="utf-8", newline="\n")
        print(f"written: {PAGE.relative_to(ROOT)}", file=sys.stderr)


def _timed(options: argparse.Namespace) -> str:
    results = time_all(options.max, options.rounds)
    return page.render(results, scanners.speeds(options.rounds or _BOOK_ROUNDS), options.date, options.max)


def _kept() -> str:
    """The page as it is, without the section of the other tools."""
    return PAGE.read_text(encoding="utf-8").split(tools_page.HEADING)[0].rstrip("\n") + "\n"


def compared(rounds: int, day: date | None) -> str:
    """The other tools on the planted faults, as the last section of the page."""
    print("running the other tools …", file=sys.stderr)
    store, reading = planted.store(), planted.reading()
    return tools_page.render(other_tools.trials(store, reading, rounds), store, reading, day)


if __name__ == "__main__":
    main()
