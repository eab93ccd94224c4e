"""Runs ketreview and three other tools on the planted files: what each says, its exit code, its time."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import measure
import planted
from generate import DATA

AS_OF = "2026-11-20"
BADNESS_VERSION = "0.28.0"  # judging.py says what the messages of these versions are about
BIBTEX_TIDY_VERSION = "1.14.0"
KETREVIEW, KETREVIEW_ALL = "ketreview", "ketreview, all rules"
BADNESS, BIBTEX_TIDY, BIBTEXPARSER = "badness", "bibtex-tidy", "bibtexparser"
HINT, WARNING = "hint", "warning"
STORE_FOLDER, READING_FOLDER = DATA / "planted", DATA / "planted-reading"

TOOLS = DATA / "tools"
_TIDIED = DATA / "tidied.bib"
_INSTALLING = 300
_TIDY_OPTIONS = (
    "--v2", "--duplicates=doi,citation,abstract,key", "--months", "--drop-all-caps", "--remove-empty-fields",
    "--encode-urls", "--escape", "--remove-dupe-fields", f"--output={_TIDIED}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """What a tool says: `line` is 0 where it gives none, `keys` are those that it names instead."""

    path: str
    line: int
    keys: tuple[str, ...]
    kind: str
    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that is here: its command for some files of a folder, and how to read its answer."""

    name: str
    version: str
    command: Callable[[Path, Sequence[str]], tuple[str, ...]]
    messages: Callable[[Path, Sequence[str], subprocess.CompletedProcess[str]], Iterator[Message]]
    one_file_a_run: bool = False

    def shown(self) -> str:
        """The command as a person would type it."""
        words = self.command(Path(), [planted.STORE])
        line = " ".join(shlex.quote(word) for word in (Path(words[0]).name, *words[1:]))
        return (
            line.replace(f"{_TIDIED}", "tidied.bib").replace(f"{TOOLS}/", "").replace(f"{Path(__file__).parent}/", "")
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool gave on a folder: its messages, and the exit code of each run; `tidied` is what it wrote."""

    messages: tuple[Message, ...]
    exit_codes: tuple[int, ...]
    tidied: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """All of a tool: on the store and on the files that cannot be read, with its time; or why it was not run."""

    name: str
    absent: str = ""
    tool: Tool | None = None
    store: Outcome | None = None
    reading: Outcome | None = None
    seconds: float = 0.0


def trials(store: planted.Planted, reading: planted.Planted, rounds: int) -> list[Trial]:
    """Every tool on the same files: once for what it says, then timed on the store in turn."""
    store.write(STORE_FOLDER)
    reading.write(READING_FOLDER)
    found: list[Trial] = []
    for name, make in _MAKERS.items():
        tool = make()
        if isinstance(tool, str):
            found.append(Trial(name, absent=tool))
        else:
            found.append(
                Trial(name, tool=tool, store=_outcome(tool, STORE_FOLDER), reading=_outcome(tool, READING_FOLDER))
            )
    return _timed(found, rounds)


def _timed(found: list[Trial], rounds: int) -> list[Trial]:
    programs = [
        measure.Program(one.name, one.tool.command(STORE_FOLDER, [planted.STORE]), one.store.exit_codes)
        for one in found
        if one.tool and one.store
    ]
    seconds = {runs.program.name: runs.wall for runs in measure.in_turn(programs, rounds)}
    return [replace(one, seconds=seconds.get(one.name, 0.0)) for one in found]


def _outcome(tool: Tool, folder: Path) -> Outcome:
    files = sorted(path.name for path in folder.glob("*.bib"))
    messages: list[Message] = []
    codes = []
    for share in [[name] for name in files] if tool.one_file_a_run else [files]:
        _TIDIED.unlink(missing_ok=True)
        done = _run(tool.command(folder, share))
        codes.append(done.returncode)
        messages += tool.messages(folder, share, done)
    tidied = _TIDIED.read_text(encoding="utf-8", errors="replace") if _TIDIED.exists() else ""
    return Outcome(tuple(messages), tuple(codes), tidied)


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=measure.ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_INSTALLING,
        check=False,
    )


def _installed(program: Path, *commands: Sequence[str]) -> str:
    """Runs what installs a program, unless it is there; empty, or why it could not be installed."""
    for command in () if program.exists() else commands:
        try:
            done = _run(command)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"could not be installed: {error}"
        if done.returncode:
            lines = (done.stderr or done.stdout).strip().splitlines()
            return f"could not be installed: {lines[-1] if lines else f'exit code {done.returncode}'}"
    return ""


def installed_by_pip(folder: Path, name: str, version_: str) -> str:
    """Installs a program of PyPI in a virtual environment of its own; empty, or why it could not be."""
    python = str(folder / "bin" / "python")
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{name}=={version_}")
    return _installed(folder / "bin" / name, (sys.executable, "-m", "venv", str(folder)), pip)


def _ketreview(name: str, *options: str) -> Tool:
    def command(folder: Path, _files: Sequence[str]) -> tuple[str, ...]:
        where = ("--root", str(folder), "--as-of", AS_OF, "--no-cache", "--output-format", "json")
        return (sys.executable, "-m", "ketreview", "check", *where, *options)

    def messages(_: Path, files: Sequence[str], done: subprocess.CompletedProcess[str]) -> Iterator[Message]:
        for item in json.loads(done.stdout)["diagnostics"]:
            if item["path"] in files:
                severity = HINT if item["severity"] == "info" else WARNING
                yield Message(item["path"], item["line"], (), item["code"], severity, item["message"])

    return Tool(name, version("ketreview"), command, messages)


def badness() -> Tool | str:
    """Badness, in a virtual environment of its own; or why it is not here."""
    folder = TOOLS / f"badness-{BADNESS_VERSION}"  # a new version gets a new folder
    program = folder / "bin" / "badness"
    if reason := installed_by_pip(folder, "badness", BADNESS_VERSION):
        return reason

    def command(folder: Path, files: Sequence[str]) -> tuple[str, ...]:
        return (str(program), "lint", "--no-config", "--output", "json", *(str(folder / name) for name in files))

    def messages(folder: Path, files: Sequence[str], done: subprocess.CompletedProcess[str]) -> Iterator[Message]:
        contents = {name: (folder / name).read_bytes() for name in files}
        for item in json.loads(done.stdout):
            name = Path(item["path"]).name
            line = contents[name].count(b"\n", 0, item["start"]) + 1
            severity = HINT if item["severity"] == "hint" else WARNING
            yield Message(name, line, (), item["rule"], severity, item["message"])
        for path, text in re.findall(r"cannot read (.+?): (.+)", done.stderr):
            yield Message(Path(path).name, 0, (), "cannot read", WARNING, text)

    return Tool(BADNESS, BADNESS_VERSION, command, messages)


_TIDY_KINDS = {
    "has already been used": "duplicate key",
    "an identical DOI": "duplicate doi",
    "similar content": "duplicate citation",
    "a similar abstract": "duplicate abstract",
}


def bibtex_tidy() -> Tool | str:
    """bibtex-tidy, in a folder of its own; or why it is not here."""
    folder = TOOLS / f"bibtex-tidy-{BIBTEX_TIDY_VERSION}"
    program = folder / "node_modules" / "bibtex-tidy" / "bin" / "bibtex-tidy"
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        return "could not be installed: there is no node, or no npm"
    folder.mkdir(parents=True, exist_ok=True)
    line = (npm, "install", "--silent", "--prefix", str(folder), f"bibtex-tidy@{BIBTEX_TIDY_VERSION}")
    if reason := _installed(program, line):
        return reason

    def command(folder: Path, files: Sequence[str]) -> tuple[str, ...]:
        return (node, str(program), *(str(folder / name) for name in files), *_TIDY_OPTIONS)

    def messages(_: Path, files: Sequence[str], done: subprocess.CompletedProcess[str]) -> Iterator[Message]:
        for kind, text in re.findall(r"^(DUPLICATE_ENTRY|MISSING_KEY): (.+)$", done.stdout, re.MULTILINE):
            meant = next((name for words, name in _TIDY_KINDS.items() if words in text), kind)
            keys = re.findall(r"(?:[Ee]ntry|key) (\S+?)\.?(?= has| is|$)", text)
            yield Message(files[0], 0, tuple(keys) if kind != "MISSING_KEY" else (), meant, WARNING, text)
        for number, text in re.findall(r"Line (\d+):\d+: (Syntax Error.*)", done.stderr):
            yield Message(files[0], int(number), (), "syntax error", WARNING, text)

    return Tool(BIBTEX_TIDY, BIBTEX_TIDY_VERSION, command, messages, one_file_a_run=True)


def bibtexparser() -> Tool:
    """The library that ketreview is developed with, under a script that says what it could not take."""
    script = str(Path(__file__).parent / "read_with_bibtexparser.py")

    def command(folder: Path, files: Sequence[str]) -> tuple[str, ...]:
        return (sys.executable, script, *(str(folder / name) for name in files))

    def messages(_: Path, _files: Sequence[str], done: subprocess.CompletedProcess[str]) -> Iterator[Message]:
        for item in json.loads(done.stdout):
            name = Path(item["path"]).name
            yield Message(name, item["line"], (), item["kind"], WARNING, item["text"])

    return Tool(BIBTEXPARSER, version("bibtexparser"), command, messages)


_MAKERS: dict[str, Callable[[], Tool | str]] = {
    KETREVIEW: lambda: _ketreview(KETREVIEW),
    KETREVIEW_ALL: lambda: _ketreview(KETREVIEW_ALL, "--select", "ALL"),
    BADNESS: badness,
    BIBTEX_TIDY: bibtex_tidy,
    BIBTEXPARSER: bibtexparser,
}
