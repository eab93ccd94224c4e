"""Whole small projects as one text each, and what reads them: `check`, its fixes, every command, the kept answers."""

# ruff: noqa: E501  tables are wide

from __future__ import annotations

import atexit
import io
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree
from unittest.mock import patch

import typer
from typer.exceptions import TyperException

from ketreview import cache as kept
from ketreview import pipeline
from ketreview.cache import noting
from ketreview.changes.change import ChangeError
from ketreview.changes.fixing import Seen, fixed
from ketreview.changes.verified import JUDGED
from ketreview.checking import Selection, catalogue
from ketreview.checking.examples import DEFAULT_AS_OF, examples_of
from ketreview.cli import build
from ketreview.config import Settings, read_settings
from ketreview.diagnostics import Diagnostic
from ketreview.edits import finish
from ketreview.files import Files
from ketreview.render.diagnostics import Run, render_findings

SEEDS = Path(__file__).parent / "seeds"
EMPTY = Path(tempfile.gettempdir()) / "ketreview-fuzz-no-such-folder"
FORMATS = ("json", "jsonl", "sarif", "gitlab", "github", "junit", "errorformat", "html")
_FILE = re.compile(rb"^=== ([\w./-]{1,60})\r?\n", re.MULTILINE)
_SETTINGS = (
    b'chapters = ["chapters/*"]\nliterature = ["literature/**"]\nretractions = ["retractions.csv"]\n'
    b'staging = ["more.bib"]\nappendix = ["appendix.md"]\nselect = ["ALL"]\nbaseline = "baseline.json"\n'
)
_COMMANDS = """check --concise|check --no-baseline --fix --unsafe-fixes|check --diff|check --write-baseline --baseline new.json
status|certainty|certainty --sof|certainty --explain asleep|bias|flow|conflicts|pending|trials|show doe|show doe2020|refs list|refs find tea
refs where doe2020|refs duplicates|refs format|refs format --write|refs rename doe2020 new2020 --write
refs merge doe2020 klein2018 --write|refs add more.ris|refs add references.json --write|refs add references.nbib
refs add references.xml|import literature/tea|import literature/tea --write|import robvis.csv|import flow.csv --write
trials import trials.json|trials import trials.json --write --fill|export sleep|export sleep --to latex|export sleep --to markdown
export sleep --to fhir|export sleep --to robvis|export sleep --to prisma|new study sleep nap-2|new review naps --write|init|explain KR201|diff HEAD
check --output-format html|check --output-format sarif|status --format json|conflicts --format typst|pending --format csv
check - --stdin-filename reviews/sleep.yaml|check - --stdin-filename references.bib|check - --stdin-filename chapters/chapter.md"""
COMMANDS = tuple(line.split() for line in re.split(r"[|\n]", _COMMANDS))


def joined(files: Mapping[str, bytes]) -> bytes:
    """A project as one text."""
    return b"".join(
        b"=== " + path.encode() + b"\n" + data + b"\n" * (data[-1:] != b"\n") for path, data in files.items()
    )


def parted(data: bytes) -> dict[str, bytes]:
    """The files of a text that `joined` made, or that was made from one."""
    parts = _FILE.split(data)
    named = zip(parts[1::2], parts[2::2], strict=True)
    files = {name.decode(): content for name, content in named}
    return {name: content for name, content in files.items() if _is_path(name)}


def _is_path(name: str) -> bool:
    parts = name.split("/")
    return not {"", ".", ".."} & set(parts) and not parts[0].startswith(".")


@cache
def examples() -> tuple[bytes, ...]:
    """The examples of every rule, each a project."""
    found = (example for code in catalogue().values() for example in examples_of(code.documentation))
    return tuple(joined({file.path: file.data() for file in example.files}) for example in found)


@cache
def everything() -> bytes:
    """A project that has a file for every reader."""
    places = {
        "ketreview.toml": _SETTINGS,
        "reviews/sleep.yaml": _seed("review.yaml"),
        "references.bib": _seed("store.bib"),
        **{f"chapters/{name}": _seed(name) for name in ("chapter.md", "page.qmd", "chapter.tex", "chapter.typ")},
        **{f"chapters/{name}": _seed(name) for name in ("chapter.rst", "myst.md")},
        "chapters/notebook.ipynb": _seed("notebook.json"),
        "chapters/_quarto.yml": _seed("_quarto.yml"),
        "literature/tea/README.md": _seed("topic.md"),
        "literature/tea/one/README.md": _seed("work.md"),
        "more.bib": b"@misc{new2022, title = {New}}\n",
        "more.ris": _seed("references.ris"),
        **{name: _seed(name) for name in ("references.json", "references.nbib", "references.xml", "robvis.csv")},
        **{
            name: _seed(name) for name in ("flow.csv", "trials.json", "retractions.csv", "baseline.json", "appendix.md")
        },
    }
    return joined(places)


def _seed(name: str) -> bytes:
    return (SEEDS / name).read_bytes()


def check(data: bytes) -> Sequence[Diagnostic]:
    """Checks a project in memory with every rule, writes what is found in every format, and applies all fixes."""
    files = Files(EMPTY, buffers=parted(data))
    seen = _look(files)
    summary = _project(files)
    run = Run(pipeline.summarise(seen.shown, summary.corpus), DEFAULT_AS_OF)
    for name in FORMATS:
        render_findings(name, seen.shown, run).encode("utf-8", "replace")
    with suppress(ChangeError):
        fixed(files, _look, unsafe=True)
    return seen.shown


def _project(files: Files) -> pipeline.Project:
    settings, _ = _settings(files)
    return pipeline.read(files, settings, DEFAULT_AS_OF)


def _settings(files: Files) -> tuple[Settings, list[Diagnostic]]:
    data = files.read("ketreview.toml")
    return read_settings("ketreview.toml", data) if isinstance(data, bytes) else (Settings(), [])


def _look(files: Files) -> Seen[None]:
    settings, faults = _settings(files)
    project = pipeline.read(files, settings, DEFAULT_AS_OF)
    everywhere = Selection.of(settings, ("ALL",))
    shown = (*faults, *pipeline.check(project, everywhere))
    return Seen(shown, pipeline.check(project, Selection(select=JUDGED)), None)


def command(data: bytes) -> Sequence[Diagnostic]:
    """Runs a command, told by the content, in a folder that holds the project."""
    chosen = COMMANDS[blake2b(data, digest_size=2).digest()[0] % len(COMMANDS)]
    with _Folder(parted(data)) as folder:
        run(folder, chosen, parted(data).get(chosen[-1], b""))
    return ()


def run(folder: Path, arguments: Sequence[str], stdin: bytes = b"") -> int:
    """Runs `ketreview` in this process, as its entry point does; what is no refusal of a command is raised."""
    stream = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8", errors="replace")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="replace") for _ in range(2))
    with chdir(folder), redirect_stdout(out), redirect_stderr(err), patch("sys.stdin", stream):
        try:
            code = build(arguments)([*arguments, "--as-of", DEFAULT_AS_OF.isoformat()], standalone_mode=False)
        except (TyperException, typer.Abort):
            return 2
    assert code in {None, 0, 1, 2}, code
    return int(code or 0)


@cache
def _large() -> Path:
    """A project whose answers and runs are kept, in a folder that stays as long as the process."""
    folder = Path(tempfile.mkdtemp(prefix="ketreview-fuzz-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    _write(folder, {path: data for path, data in parted(everything()).items() if path.endswith(_OF_KEPT)})
    (folder / "ketreview.toml").write_bytes(b'chapters = ["chapters/*"]\n')
    for path in folder.rglob("*"):  # long unchanged, so that what is kept is taken without looking again
        os.utime(path, (10**9, 10**9))
    with _keeping_all():
        run(folder, ["check"])
    return folder


@contextmanager
def _keeping_all() -> Iterator[None]:
    """Keeps what is concluded of a small project too."""
    with patch.object(noting, "WORTHWHILE", 0), patch.object(noting, "LARGE_RUN", 0):
        yield


@cache
def _kept() -> Mapping[Path, bytes]:
    return {path: path.read_bytes() for path in sorted((_large() / kept.FOLDER).glob("*.json"))}


def answers() -> tuple[bytes, ...]:
    """What `check` keeps: its answer, what the run concluded, and the facts of single files."""
    assert len(_kept()) == len(_KINDS)
    return tuple(_kept().values())


_OF_KEPT = ("sleep.yaml", "references.bib", "chapter.md", "chapter.typ")
_KINDS = (b'"run":', b'"files":', b'"answer":')


def _kind(data: bytes) -> bytes:
    return next((kind for kind in _KINDS if kind in data), _KINDS[-1])


def kept_answer(data: bytes) -> Sequence[Diagnostic]:
    """Runs `check` with one kept file replaced by this, and without the answer if it is another; a review is changed."""
    kind = _kind(data)
    for path, content in _kept().items():
        if kind == _kind(content):
            path.write_bytes(data)
        elif _kind(content) == _KINDS[-1]:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content)
    if kind != _KINDS[-1]:
        review = _large() / "reviews/sleep.yaml"
        review.write_bytes(review.read_bytes() + b"\n")
    with _keeping_all():
        run(_large(), ["check"])
    return ()


JOURNAL = (
    b'{"ketreview journal": 1, "files": [["a.txt", ".a.txt.99-abcdefgh.tmp", ".a.txt.99-hgfedcba.tmp", 7777, "OLD", "NEW"], '
    b'["sub/b.txt", ".b.txt.99-abcdefgh.tmp", ".b.txt.99-hgfedcba.tmp", 8888, "OLD", "NEW"]]}'
)
_TEXTS = {"OLD": b"old\n", "NEW": b"new\n"}


def journal(data: bytes) -> Sequence[Diagnostic]:
    """Finishes what a journal says was begun: each file is the old one or the new one, and no other is touched."""
    names = ("a.txt", ".a.txt.99-abcdefgh.tmp", ".a.txt.99-hgfedcba.tmp")
    with _Folder({"top/x": b""}) as base:
        folder = base / "top"
        (base / "outside.txt").write_bytes(b"outside\n")
        for where, name in (("", "a"), ("sub/", "b")):
            for text, number in ((b"old\n", 0), (b"new\n", 1), (b"old\n", 2)):
                path = folder / (where + names[number].replace("a.txt", f"{name}.txt"))
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(text)
        for sign, new in ((b"7777", names[1]), (b"8888", "sub/" + names[1].replace("a.txt", "b.txt"))):
            data = data.replace(sign, str((folder / new).stat().st_ino).encode())
        for word, text in _TEXTS.items():
            data = data.replace(word.encode(), blake2b(text, digest_size=16).hexdigest().encode())
        (folder / ".ketreview_journal").write_bytes(data)
        finish(folder)
        for name in ("a.txt", "sub/b.txt"):
            assert (folder / name).read_bytes() in _TEXTS.values()
        assert (base / "outside.txt").read_bytes() == b"outside\n"
    return ()


class _Folder:
    """A folder with files in it, which is removed in the end."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def __enter__(self) -> Path:
        self.path = Path(tempfile.mkdtemp(prefix="ketreview-fuzz-"))
        _write(self.path, self.files)
        return self.path

    def __exit__(self, *_: object) -> None:
        rmtree(self.path, ignore_errors=True)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        with suppress(OSError):  # a file where a folder is to be
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
