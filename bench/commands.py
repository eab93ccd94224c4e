"""The command lines that are timed: ketreview's, and programs that do only a part of its work."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import measure
import page

HERE = Path(__file__).parent
AS_OF = "2026-11-20"  # the same work in every run, whatever the day

_READ_BYTES = "import sys\nfor path in sys.argv[1:]: open(path, 'rb').read()"
_PARSE_BIB = "import sys, bibtexparser\nfor path in sys.argv[1:]: bibtexparser.parse_file(path)"
_LOAD_YAML = "import sys, yaml\nfor path in sys.argv[1:]: yaml.load(open(path, 'rb'), yaml.CSafeLoader)"


def floors(reviews: list[str], store: list[str]) -> list[measure.Program]:
    """Programs that do a part of the work of `check` on these files, and nothing else."""
    return [
        _python(page.NOTHING, "-c", "pass"),
        small_table(),
        read_bytes([*reviews, *store]),
        parse_bib(store),
        _python(page.LOAD_YAML, "-c", _LOAD_YAML, *reviews),
    ]


def small_table() -> measure.Program:
    """The least that a program with typer and rich takes."""
    return _python(page.SMALL_TABLE, str(HERE / "floor_table.py"))


def read_bytes(files: list[str]) -> measure.Program:
    """Reads the files and does nothing with them."""
    return _python(page.READ_BYTES, "-c", _READ_BYTES, *files)


def parse_bib(store: list[str]) -> measure.Program:
    """Parses store files with bibtexparser."""
    return _python(page.PARSE_BIB, "-c", _PARSE_BIB, *store)


def _python(name: str, *arguments: str) -> measure.Program:
    return measure.Program(name, (sys.executable, *arguments))


def ketreview(name: str, root: Path, command: str, *options: str) -> measure.Program:
    """A command as a person starts it, on a project."""
    script = str(Path(sys.executable).with_name("ketreview"))
    line = (script, command, "--root", str(root), "--as-of", AS_OF, *options)
    return measure.Program(name, line, exit_codes=(0, 1) if command == "check" else (0,))


def check_anew(root: Path) -> measure.Program:
    """`check` without its cache."""
    return ketreview(page.CHECK, root, "check", "--no-cache")


def check_store(root: Path) -> measure.Program:
    """`check` without its cache on a copy of the project's store, without its reviews."""
    alone = root.with_name(f"{root.name}-store")
    alone.mkdir(exist_ok=True)
    shutil.copy(root / "references.bib", alone)
    age(alone)
    return ketreview(page.CHECK_STORE, alone, "check", "--no-cache")


def check_again(root: Path) -> measure.Program:
    """`check` with its cache; only its first run works anything out."""
    return ketreview(page.CHECK_AGAIN, root, "check")


def all_of_ketreview(root: Path) -> list[measure.Program]:
    """`status` and `check`, worked out anew, and again with nothing changed."""
    return [
        ketreview(page.STATUS, root, "status", "--no-cache"),
        check_anew(root),
        ketreview(page.STATUS_AGAIN, root, "status"),
        check_again(root),
    ]


def files(root: Path) -> tuple[list[str], list[str]]:
    """The reviews and the store of a project."""
    return [str(path) for path in sorted(root.glob("reviews/*.yaml"))], [str(root / "references.bib")]


def age(folder: Path) -> None:
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
