"""Runs the command in a process that ends, waits or is refused at a chosen step that touches the disk, or at a moment.

`python -m tests.killing` is a server: it loads the program once, and forks a process for each job that it reads.
"""

from __future__ import annotations

import builtins
import io
import json
import os
import pkgutil
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import ketreview
from ketreview import cli
from tests.projects import environment

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink", "os.truncate"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Job(NamedTuple):
    """A run in `root`.

    At step `stop` it is killed, or fails with the error `fails`, or waits while a run with the arguments `meanwhile`
    does all its work. `largest` bounds files. With `reading`, opening a file to read it is a step, too. With `after`,
    it is killed when so many seconds have passed, and no steps are taken note of.
    """

    root: str
    arguments: list[str]
    stop: int = -1
    fails: int = 0
    largest: int = -1
    meanwhile: tuple[str, ...] = ()
    reading: bool = False
    after: float = -1


class Ended(NamedTuple):
    """How a run ended: its exit code (negative, if by a signal), what it wrote, and each step that touched the disk.

    `meanwhile` is how the run ended that it waited for.
    """

    code: int
    out: str
    talk: str
    steps: list[str]
    meanwhile: list[Any]


class Killer:
    """The server, seen from a test."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-B", "-m", "tests.killing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[1],
            env=environment(),
            text=True,
        )

    def run(self, root: Path, *arguments: str, **how: Any) -> Ended:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(Job(str(root), list(arguments), **how)) + "\n")
        self._server.stdin.flush()
        return Ended(*json.loads(self._server.stdout.readline()))

    def close(self) -> None:
        self._server.communicate()


class _Steps:
    """Counts what touches the disk below a folder, and stops at one of them."""

    def __init__(self, job: Job, note: Callable[[bytes], object]) -> None:
        self._root = os.path.realpath(job.root)
        self._job, self._note, self._count = job, note, 0

    def take(self, name: str) -> None:
        number, self._count = self._count, self._count + 1
        self._note(name.encode() + b"\n")
        if number == self._job.stop:
            if self._job.meanwhile:
                os.kill(os.getpid(), signal.SIGSTOP)
                return
            if not self._job.fails:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(self._job.fails, os.strerror(self._job.fails))

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            touches = flags & _WRITES or self._job.reading
            if isinstance(path, str | os.PathLike) and touches and self._below(path):
                self.take(f"open {_shown(path)}")
        elif event in CHANGES and any(self._below(part) for part in arguments if isinstance(part, str | os.PathLike)):
            self.take(f"{event[3:]} {_shown(arguments[0])}")

    def _below(self, path: str | os.PathLike[str]) -> bool:
        return os.path.realpath(os.path.dirname(path)).startswith(self._root)  # noqa: PTH120

    def fsync(self, handle: int, real: Callable[[int], None] = os.fsync) -> None:
        self.take("fsync")
        real(handle)

    def write(self, handle: int, data: bytes, real: Callable[[int, bytes], int] = os.write) -> int:
        """In two parts, as a disk may do it."""
        self.take("write")
        done = real(handle, data[: len(data) // 2])
        self.take("write the rest")
        return done + real(handle, data[done:])

    def open(self, file: Any, mode: str = "r", *rest: Any, real: Callable[..., Any] = open, **how: Any) -> Any:
        """Any other way to write a file."""
        opened = real(file, mode, *rest, **how)
        if not set(mode) & set("wax+") or isinstance(file, int) or not self._below(file):
            return opened
        raw = io.FileIO(os.dup(opened.fileno()), "w")
        opened.close()
        parts = io.BufferedWriter(_Parts(raw, self))
        return parts if "b" in mode else io.TextIOWrapper(parts, encoding="utf-8", write_through=True)

    def fdopen(self, handle: int, mode: str, real: Callable[..., Any] = os.fdopen) -> Any:
        return io.BufferedWriter(_Parts(real(handle, mode, buffering=0), self))


class _Parts(io.RawIOBase):
    """A file that is written in two parts."""

    def __init__(self, file: io.FileIO, steps: _Steps) -> None:
        self._file, self._steps = file, steps

    def write(self, data: Any) -> int:
        return self._steps.write(self._file.fileno(), bytes(data))

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._file.fileno()

    def close(self) -> None:
        self._file.close()
        super().close()


def _shown(path: str | os.PathLike[str]) -> str:
    return os.path.basename(os.fspath(path))  # noqa: PTH119


def _child(job: Job, out: int, talk: int, steps: int) -> None:
    """Becomes the run; does not return."""
    os.chdir(job.root)
    for stream, target in ((1, out), (2, talk)):
        os.dup2(target, stream)
    sys.stdout, sys.stderr = (os.fdopen(stream, "w", encoding="utf-8") for stream in (1, 2))
    write = os.write
    taken = _Steps(job, lambda row: write(steps, row))
    if job.after < 0:
        os.fsync, os.write, os.fdopen = taken.fsync, taken.write, taken.fdopen  # type: ignore[assignment]
        builtins.open = io.open = taken.open
        sys.addaudithook(taken.audit)
    if job.largest >= 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job.largest, job.largest))
    sys.argv = ["ketreview", *job.arguments]
    cli.run()


def _carried_out(job: Job) -> Ended:
    """What a run writes has to fit into a pipe: a limit of files would be one of theirs, too."""
    pipes = [os.pipe() for _ in range(3)]
    child = os.fork()
    if not child:
        try:
            _child(job, *(into for _, into in pipes))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(99)
    for _, into in pipes:
        os.close(into)
    if job.after >= 0:
        time.sleep(job.after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, os.WUNTRACED)
    meanwhile: list[Any] = []
    if os.WIFSTOPPED(status):
        meanwhile = list(_carried_out(Job(job.root, list(job.meanwhile))))
        os.kill(child, signal.SIGCONT)
        _, status = os.waitpid(child, 0)
    out, talk, steps = (_read(end) for end, _ in pipes)
    return Ended(os.waitstatus_to_exitcode(status), out, talk, steps.splitlines(), meanwhile)


def _read(end: int) -> str:
    with open(end, "rb") as file:
        return file.read().decode(errors="replace")


def _serve() -> None:
    for module in pkgutil.walk_packages(ketreview.__path__, "ketreview."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for row in sys.stdin:
        sys.stdout.write(json.dumps(_carried_out(Job(*json.loads(row)))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
