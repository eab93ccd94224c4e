"""Runs the command in processes that are forked from one that has read the projects, and notes what each opens.

`python -m tests.injection.running` is the server: it loads the program, reads each project once, and forks a process
for each job.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import pty
import subprocess
import sys
import termios
import traceback
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import ketreview
from ketreview import cli, pipeline
from ketreview.checking import Selection
from ketreview.config import read_settings
from ketreview.files import Files
from tests.projects import AS_OF, environment

TERMINAL = {"TERM": "xterm-kitty", "COLORTERM": "truecolor", "FORCE_HYPERLINK": "1", "COLUMNS": "100"}


class Job(NamedTuple):
    """A run in `root`. With `warm`, the project is the one that the server has read."""

    root: str
    arguments: list[str]
    stdin: str = ""
    terminal: bool = False
    warm: bool = True
    environment: Mapping[str, str] = {}


class Ended(NamedTuple):
    """How a run ended: its exit code, what it wrote, each file that it opened, and each program that it started."""

    code: int
    raw: bytes
    talk: str
    opened: list[str]
    started: list[str]

    @property
    def out(self) -> str:
        return self.raw.decode()


class Runner:
    """The server, seen from a test. `scratch` is a folder for what the runs write."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._server = subprocess.Popen(
            [sys.executable, "-B", "-m", "tests.injection.running", str(scratch)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            env=environment(),
            text=True,
        )

    def run(self, root: Path, *arguments: str, **how: Any) -> Ended:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        job = Job(str(root), [*arguments, *(() if "--as-of" in arguments else AS_OF)], **how)
        self._server.stdin.write(json.dumps(job) + "\n")
        self._server.stdin.flush()
        code = int(self._server.stdout.readline())
        raw, talk, opened = ((self._scratch / name).read_bytes() for name in ("out", "talk", "opened"))
        rows = [json.loads(row) for row in opened.splitlines()]
        return Ended(
            code,
            raw,
            talk.decode(),
            [path for event, path in rows if event == "open"],
            [path for event, path in rows if event == "start"],
        )

    def is_own(self, path: str) -> bool:
        """Whether a file is Python's, the program's, or the server's."""
        folders = (
            sys.prefix,
            sys.base_prefix,
            Path(ketreview.__file__).parent,
            "/dev",
            "/proc",
            "/usr/share",
            "/usr/lib",
            "/etc/terminfo",
        )
        return any(Path(path).is_relative_to(folder) for folder in folders) or Path(path).parent == self._scratch

    def close(self) -> None:
        self._server.communicate()


class _Kept:
    """The projects that were read, and what was found in them."""

    def __init__(self) -> None:
        self._projects: dict[Path, Any] = {}
        self._found: dict[Any, Any] = {}
        self._read, self._check = pipeline.read, pipeline.check

    def warm(self, root: Path) -> None:
        if root in self._projects:
            return
        path = root / "ketreview.toml"
        settings, faults = read_settings(path.name, path.read_bytes())
        assert not faults, faults
        files = Files(root, settings.exclude)
        project = self._projects[root] = self._read(files, settings, date.fromisoformat(AS_OF[1]))
        selection = Selection.of(settings)
        self._found[root, repr(selection)] = self._check(project, selection, files)
        gc.freeze()

    def read(self, files: Files, *how: Any) -> Any:
        kept = self._projects.get(files.root)
        if kept is None or files.buffers:
            return self._read(files, *how)
        files.read("references.bib")  # so that the answer is kept, as it would be
        return kept

    def check(self, project: Any, selection: Selection, *how: Any) -> Any:
        for root, kept in self._projects.items():
            if kept is project and (root, repr(selection)) in self._found:
                return self._found[root, repr(selection)]
        return self._check(project, selection, *how)


def _child(job: Job, scratch: Path, terminal: int) -> None:
    """Becomes the run; does not return."""
    os.chdir(job.root)
    os.environ.clear()
    os.environ.update(environment(**job.environment))
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    opened = os.open(scratch / "opened", flags, 0o600)
    (scratch / "in").write_bytes(job.stdin.encode("utf-8", "surrogateescape"))
    os.dup2(os.open(scratch / "in", os.O_RDONLY), 0)
    os.dup2(terminal if job.terminal else os.open(scratch / "out", flags, 0o600), 1)
    os.dup2(os.open(scratch / "talk", flags, 0o600), 2)
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, encoding="utf-8") for number, mode in enumerate(("r", "w", "w"))
    )
    sys.argv = ["ketreview", *job.arguments]

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            os.write(opened, json.dumps(["open", path]).encode() + b"\n")
        elif event in {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}:
            os.write(opened, json.dumps(["start", str(arguments[0])]).encode() + b"\n")

    sys.addaudithook(audit)
    cli.run()


def _carried_out(job: Job, scratch: Path) -> int:
    master, slave = pty.openpty() if job.terminal else (-1, -1)
    if job.terminal:
        raw = termios.tcgetattr(slave)
        raw[1] &= ~termios.OPOST  # line ends as they are written
        termios.tcsetattr(slave, termios.TCSANOW, raw)
    child = os.fork()
    if not child:
        try:
            _child(job, scratch, slave)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(99)
    if job.terminal:
        os.close(slave)
        (scratch / "out").write_bytes(_read(master))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _read(master: int) -> bytes:
    """All that is written to a terminal; at its end Linux gives an error."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(master, 1 << 16)
        except OSError:
            part = b""
        if not part:
            os.close(master)
            return b"".join(parts)
        parts.append(part)


def _serve(scratch: Path) -> None:
    for module in pkgutil.walk_packages(ketreview.__path__, "ketreview."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    kept = _Kept()
    pipeline.read, pipeline.check = kept.read, kept.check  # type: ignore[assignment]  # they are asked of the module
    for row in sys.stdin:
        job = Job(*json.loads(row))
        if job.warm:
            kept.warm(Path(job.root))
        sys.stdout.write(f"{_carried_out(job, scratch)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
