"""What several files are about to become, noted on the disk until they are, so that a run cut short can be finished.

Before the first of several files is replaced, all new ones are on the disk beside them, and the journal names them. If
the process is killed then, the next run replaces the rest. A run that writes holds a lock on its journal, which the
system lets go when the process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from ketreview.edits.temporary import is_temporary_of

NAME = ".ketreview_journal"
_HEAD = "ketreview journal"
_FORMAT = 1
_START = f'{{"{_HEAD}": '.encode()


class Step(NamedTuple):
    """A file that is to be replaced: the files beside it that hold its new content and its old one, and both."""

    location: Path
    new: Path
    kept: Path | None
    data: bytes
    before: bytes | None


class Journal:
    """The journal of a run that is about to replace several files.

    Raises:
        FileExistsError: another run is writing, or was cut short.
        OSError: it cannot be written.
    """

    def __init__(self, root: Path, steps: Sequence[Step]) -> None:
        self._path = root / NAME
        self._folders = {root, *(step.location.parent for step in steps)}
        self._handle = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            with suppress(OSError):  # a file system without locks
                _lock(self._handle)
            top = Path(os.path.realpath(root))
            os.write(
                self._handle, json.dumps({_HEAD: _FORMAT, "files": [_noted(top, step) for step in steps]}).encode()
            )
            os.fsync(self._handle)
            _sync(root)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Ends it, after all files were replaced or none; where it cannot be removed, the next run does it."""
        for folder in self._folders:
            _sync(folder)
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        os.close(self._handle)


class Finished(NamedTuple):
    """What became of the files that a run left undone: those that were `written` now, those that got their old content
    `back`, those that somebody has changed since and that were `left`; and what else is to be said."""

    written: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    trouble: str = ""


def finish(root: Path) -> Finished | None:
    """Replaces the files that an earlier run was killed before it could replace; None where there was no such run.

    If that cannot be done with all of them, those that were replaced get their old content back.

    Only files below `root` are touched, and only those that are what the earlier run left. Never raises.
    """
    path = root / NAME
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return None
    except OSError as error:
        return Finished(
            trouble=f"{NAME} cannot be read, and a run may have been killed while it wrote: {_reason(error)}"
        )
    try:
        return _finished(root, path, handle)
    except BlockingIOError:
        return None  # that run is still writing
    except OSError as error:
        return Finished(trouble=f"a run was killed while it wrote, and cannot be finished: {_reason(error)}")
    finally:
        os.close(handle)


def _finished(root: Path, path: Path, handle: int) -> Finished | None:
    _lock(handle)
    if not path.exists() or path.stat().st_ino != os.fstat(handle).st_ino:
        return None  # that run has ended in the meantime
    try:
        steps = _begun(Path(os.path.realpath(root)), path.read_bytes())
    except (ValueError, KeyError, TypeError, RecursionError):
        return Finished(trouble=f"{NAME} is no journal of a run here; remove it")
    done = _carried_on([step.seen() for step in steps])
    for step in steps:
        step.new.unlink(missing_ok=True)
        step.kept.unlink(missing_ok=True)
        _sync(step.location.parent)
    path.unlink(missing_ok=True)
    return done


class _Begun(NamedTuple):
    """A step of an earlier run: the file, what lies beside it, and the digests of what it held and was to hold."""

    name: str
    location: Path
    new: Path
    kept: Path
    before: str
    after: str

    def seen(self) -> _Seen:
        now = _digest(self.location)
        written, back = now == self.after, now == self.before
        return _Seen(
            self,
            written,
            back,
            forward=written or (back and _digest(self.new) == self.after),
            backward=back or (written and _digest(self.kept) == self.before),
        )


class _Seen(NamedTuple):
    """A step as it is found: what the file holds, and what it can be made to hold."""

    step: _Begun
    written: bool
    back: bool
    forward: bool
    backward: bool


def _carried_on(found: Sequence[_Seen]) -> Finished:
    """Makes all files new ones, or all old ones; where somebody has changed one since, the others new."""
    if all(one.back for one in found):
        return Finished()
    if not all(one.forward for one in found) and all(one.backward for one in found):
        behind = [one.step for one in found if not one.back]
        for step in behind:
            if step.before:
                step.kept.replace(step.location)
            else:
                step.location.unlink()
        return Finished(back=tuple(step.name for step in behind))
    ahead = [one.step for one in found if one.forward and not one.written]
    for step in ahead:
        step.new.replace(step.location)
    return Finished(tuple(step.name for step in ahead), left=tuple(one.step.name for one in found if not one.forward))


def _begun(top: Path, data: bytes) -> list[_Begun]:
    """The steps that a journal notes; none, if its run was killed while it wrote the journal itself.

    Raises:
        ValueError, KeyError, TypeError: they are not ones of files below `top`, or it is no journal.
    """
    try:
        noted = json.loads(data)
    except ValueError:
        if _START.startswith(data[: len(_START)]):
            return []
        raise
    return list(_steps(top, noted["files"] if noted[_HEAD] == _FORMAT else None))


def _steps(top: Path, files: Any) -> Iterator[_Begun]:
    for name, new, kept, inode, before, after in files:
        location = Path(os.path.realpath(top / name))
        step = _Begun(name, location, location.parent / new, location.parent / kept, before, after)
        beside = (step.new, step.kept)
        named = all(is_temporary_of(other, location) for other in (new, kept))
        if not (location.is_relative_to(top) and named) or any(path.is_symlink() for path in beside):
            raise ValueError(name)
        if step.new.exists() and step.new.stat().st_ino != inode:  # a copy of a project brings no work with it
            raise ValueError(name)
        yield step


def _noted(top: Path, step: Step) -> list[Any]:
    return [
        step.location.relative_to(top).as_posix(),
        step.new.name,
        (step.kept or step.new).name,
        step.new.stat().st_ino,
        "" if step.before is None else _of(step.before),
        _of(step.data),
    ]


def _digest(path: Path) -> str:
    """What a file holds, as 32 digits; empty where there is none."""
    try:
        return _of(path.read_bytes())
    except FileNotFoundError:
        return ""


def _of(data: bytes) -> str:
    from hashlib import blake2b  # noqa: PLC0415  OpenSSL takes as long to load as a small file to read

    return blake2b(data, digest_size=16).hexdigest()


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _lock(handle: int) -> None:
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sync(folder: Path) -> None:
    """Makes what was done in a folder last, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
