"""Writing a file atomically, and several files together: all of them or none."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from ketreview.edits.journal import NAME, Journal, Step
from ketreview.edits.temporary import sweep, temporary

_BUSY = "another run is writing to this project; nothing was written: try again when it has ended"


class RefusedWriteError(Exception):
    """Files that are not to be written; the message says why, and none was."""


class ChangedMeanwhileError(RefusedWriteError):
    """A file is no longer what it was when it was read; nothing was written."""


class HalfWrittenError(Exception):
    """Writing failed midway, and some files could not be given their old content back; the message names them."""


class _Target(NamedTuple):
    path: str
    location: Path
    data: bytes
    before: bytes | None


def write_atomically(path: Path, data: bytes, *, overwrite: bool = True, durable: bool = True) -> None:
    """Writes `data` to `path` so that a reader sees the old file or the new one, never a part.

    The permissions of an existing file are kept. What is not `durable` may be lost or broken if the machine fails.

    Raises:
        FileExistsError: `overwrite` is false and the file exists.
        OSError: the folder cannot be written.
    """
    with ExitStack() as stack:
        sweep([path])
        new = temporary(stack, path, data, durable=durable)
        if overwrite:
            new.replace(path)
        else:
            os.link(new, path)


def write_together(root: Path, texts: Mapping[str, bytes], *, expected: Mapping[str, bytes]) -> None:
    """Writes all files of `texts` (path from `root` → content) or none.

    `expected` holds what was read of each; a path that it lacks is a new file. Both versions of every file are on the
    disk before the first is replaced, so a full disk changes nothing, and a failure midway is taken back. If the
    process is killed between two files, `finish` of the journal replaces the rest. A link to a file inside the root
    stays a link: the file that it names is written. Permissions are kept.

    Raises:
        RefusedWriteError: a path leads out of the root, two name one file and differ, or another run is writing.
        ChangedMeanwhileError: a file is not what was expected.
        OSError: a file cannot be written; all are as they were.
        HalfWrittenError: one cannot be written, and another could not be given its old content back.
    """
    targets = _targets(root, texts, expected)
    with ExitStack() as last, ExitStack() as stack:
        steps = _prepared(stack, targets)
        last.enter_context(_alone(root))
        for target in targets:
            _require_unchanged(target)
        if len(steps) > 1:
            last.callback(_journal(root, steps).close)
        try:
            for step in steps:
                step.new.replace(step.location)
        except BaseException as error:
            lost = _taken_back(root, [step for step in steps if not step.new.exists()])
            if lost:
                stack.pop_all()
                last.pop_all()
                raise HalfWrittenError(
                    f"could not be given their old content back: {'; '.join(lost)}. The next run tries to write them"
                ) from error
            raise


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Holds the lock of the project, so that no other run replaces a file between our last look at it and our writing.

    The system lets the lock go when the process ends, however it ends.
    """
    handle = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedWriteError(_BUSY) from None
        except OSError:
            pass  # a file system without locks
        yield
    finally:
        os.close(handle)


def _prepared(stack: ExitStack, targets: Sequence[_Target]) -> list[Step]:
    """Both versions of each file on the disk; of a single one the new one, as it is replaced or not."""
    sweep(target.location for target in targets)
    new = [temporary(stack, target.location, target.data) for target in targets]
    old = [
        temporary(stack, target.location, target.before) if target.before is not None and len(targets) > 1 else None
        for target in targets
    ]
    return [
        Step(target.location, made, kept, target.data, target.before)
        for target, made, kept in zip(targets, new, old, strict=True)
    ]


def _targets(root: Path, texts: Mapping[str, bytes], expected: Mapping[str, bytes]) -> list[_Target]:
    """What is to be written where, each file once, however many links name it."""
    top = os.path.realpath(root)
    found: dict[Path, _Target] = {}
    for path, data in texts.items():
        location = Path(os.path.realpath(root / path))
        if not location.is_relative_to(top) or location == Path(top):
            raise RefusedWriteError(f"{path} leads out of the project; nothing was written")
        target = found.setdefault(location, _Target(path, location, data, expected.get(path)))
        if (target.data, target.before) != (data, expected.get(path)):
            raise RefusedWriteError(f"{target.path} and {path} are one file, and would differ; nothing was written")
    return list(found.values())


def _require_unchanged(target: _Target) -> None:
    try:
        now = target.location.read_bytes()
    except FileNotFoundError:
        now = None
    if now != target.before:
        raise ChangedMeanwhileError(f"{target.path} was changed since it was read; nothing was written")


def _journal(root: Path, steps: Sequence[Step]) -> Journal:
    try:
        return Journal(root, steps)
    except FileExistsError:
        raise RefusedWriteError(f"{_BUSY} ({NAME})") from None


def _taken_back(root: Path, steps: Iterable[Step]) -> list[str]:
    """Gives the files that were replaced their old content back; a sentence for each where that failed."""
    lost = []
    for step in steps:
        try:
            if step.before is None:
                step.location.unlink(missing_ok=True)
            elif step.kept is not None:  # a single file has none, and stays what it is to be
                step.kept.replace(step.location)
        except OSError:
            path = os.path.relpath(step.location, os.path.realpath(root))
            lost.append(f"{path}, which was {f'as in {step.kept.name}' if step.kept else 'not there'}")
    return lost
