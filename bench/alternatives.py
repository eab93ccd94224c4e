"""What a person would run on a store instead of ketreview, as commands for the benchmark."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import measure
import other_tools
import planted
from generate import DATA, DEFAULT_SEED, review_count, shares

if TYPE_CHECKING:
    from generate import Work

BADNESS, BIBTEX_TIDY, PAPIS = "badness", "bibtex-tidy", "papis doctor"
BIBER, BIBTOOL, PANDOC = "biber", "bibtool", "pandoc"
PAPIS_VERSION = "0.16.1"
_WRITTEN = DATA / "written"
_FIELD = re.compile(r"^  (\w+) = \{?(.+?)\}?,$", re.MULTILINE)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A program, what of ketreview's work it does, and its command for a generated project of so many entries.

    `absent` says why it is not here. It is run on stores of up to `largest` entries.
    """

    name: str
    does: str
    version: str = ""
    command: Callable[[Path, int], tuple[str, ...]] = lambda _root, _entries: ()
    exit_codes: tuple[int, ...] = (0,)
    largest: int = 100_000
    absent: str = ""

    def shown(self) -> str:
        """The command as a person would type it."""
        words = [Path(word).name if word.startswith("/") else word for word in self.command(Path("/project"), 0)]
        return " ".join(words).replace(f"{DATA}/", "").replace("papis-0", "library")


def all_of_them(*, slow: bool) -> list[Alternative]:
    """Each of them, installed where it can be without changing the system; `slow` lets all of them have 10,000."""
    return [_badness(), _bibtex_tidy(), _biber(slow=slow), _bibtool(), _pandoc(), _papis(slow=slow)]


def programs(root: Path, entries: int, tools: list[Alternative]) -> list[measure.Program]:
    """Those that are here and can be waited for, on one project."""
    return [
        measure.Program(tool.name, tool.command(root, entries), tool.exit_codes)
        for tool in tools
        if not tool.absent and entries <= tool.largest
    ]


def _badness() -> Alternative:
    does = "lints the store: duplicate keys, fields and types of BibLaTeX's model; no reviews, no chapters"
    tool = other_tools.badness()
    if isinstance(tool, str):
        return Alternative(BADNESS, does, absent=tool)
    return Alternative(BADNESS, does, tool.version, lambda root, _: tool.command(root, [planted.STORE]))


def _bibtex_tidy() -> Alternative:
    does = "formats the store, and warns of duplicates; its time includes writing"
    tool = other_tools.bibtex_tidy()
    if isinstance(tool, str):
        return Alternative(BIBTEX_TIDY, does, absent=tool)
    return Alternative(
        BIBTEX_TIDY, does, tool.version, lambda root, _: tool.command(root, [planted.STORE]), largest=10_000
    )


def _biber(*, slow: bool) -> Alternative:
    does = "reads the store as a LaTeX build does, holds it to BibLaTeX's model, and writes it"

    def command(root: Path, _: int) -> tuple[str, ...]:
        options = ("--tool", "--validate-datamodel", "--quiet", "--nolog", f"--output-file={_WRITTEN}.bib")
        return (_found(BIBER), *options, str(root / planted.STORE))

    return _of_debian(BIBER, does, command, "--version", largest=10_000 if slow else 1_000)


def _bibtool() -> Alternative:
    does = "parses the store, seeks entries of one key, sorts and writes it"

    def command(root: Path, _: int) -> tuple[str, ...]:
        return (_found(BIBTOOL), "-q", "-d", "-s", "-i", str(root / planted.STORE), "-o", f"{_WRITTEN}.bib")

    return _of_debian(BIBTOOL, does, command, "-V", largest=10_000)  # with 100,000 it takes minutes


def _pandoc() -> Alternative:
    does = "converts the store to CSL JSON, with LaTeX and names read; it checks nothing"

    def command(root: Path, _: int) -> tuple[str, ...]:
        store = str(root / planted.STORE)
        return (_found(PANDOC), "--from=biblatex", "--to=csljson", f"--output={_WRITTEN}.json", store)

    return _of_debian(PANDOC, does, command, "--version", largest=10_000)


def _papis(*, slow: bool) -> Alternative:
    does = "checks fields of its own library, one YAML file an entry, which its database has read before"
    folder = other_tools.TOOLS / f"papis-{PAPIS_VERSION}"
    if reason := other_tools.installed_by_pip(folder, "papis", PAPIS_VERSION):
        return Alternative(PAPIS, does, absent=reason)

    def command(_: Path, entries: int) -> tuple[str, ...]:
        library = _library(entries)
        where = (f"XDG_CACHE_HOME={library}-cache", f"XDG_CONFIG_HOME={library}-config")
        line = ("--log", "ERROR", "--lib", str(library), "doctor", "--all", "--all-checks")
        return ("/usr/bin/env", *where, str(folder / "bin" / "papis"), *line)

    return Alternative(PAPIS, does, PAPIS_VERSION, command, largest=10_000 if slow else 1_000)


def _of_debian(
    name: str, does: str, command: Callable[[Path, int], tuple[str, ...]], option: str, *, largest: int = 100_000
) -> Alternative:
    program = shutil.which(name)
    if program is None:
        return Alternative(name, does, absent=f"is not installed; `apt-get install {name}` does it")
    done = subprocess.run([program, option], capture_output=True, text=True, check=False)
    number = re.search(r"\d+(?:\.\d+)+", done.stdout + done.stderr)
    return Alternative(name, does, number[0] if number else "", command, largest=largest)


def _found(name: str) -> str:
    return shutil.which(name) or name


def _library(entries: int) -> Path:
    """The generated store as a library of papis, with the numbers that it would else write into it."""
    library = DATA / f"papis-{entries}"
    for number, item in enumerate(_works(entries), 1):
        folder = library / item.key
        if not folder.exists():
            folder.mkdir(parents=True)
            lines = "".join(f"{name}: {json.dumps(value)}\n" for name, value in _record(item, number).items())
            (folder / "info.yaml").write_text(lines, encoding="utf-8")
    return library


def _works(entries: int) -> Iterator[Work]:
    for share in shares(DEFAULT_SEED, entries, review_count(entries)):
        yield from share


def _record(item: Work, number: int) -> dict[str, object]:
    fields: dict[str, object] = dict(_FIELD.findall(item.bibtex))
    names = [name.split(", ") for name in str(fields["author"]).split(" and ")]
    return fields | {
        "papis_id": f"{number:032x}",
        "ref": item.key,
        "type": "article",
        "year": item.year,
        "month": _MONTHS.index(str(fields["month"])) + 1,
        "author_list": [{"family": family, "given": given} for family, given in names],
        "files": [],
    }


if __name__ == "__main__":
    for one in all_of_them(slow=False):
        sys.stdout.write(f"{one.name} {one.version}: {one.absent or one.shown()}\n")
