"""Writing a file atomically, and several files together: all of them or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple


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


def write_atomically(path: Path, data: bytes, *, overwrite: bool = True) -> None:
    """Writes `data` to `path` so that a reader sees the old file or the new one, never a part.

    The permissions of an existing file are kept.

    Raises:
        FileExistsError: `overwrite` is false and the file exists.
        OSError: the folder cannot be written.
    """
    with ExitStack() as stack:
        temporary = _temporary(stack, path, data)
        if overwrite:
            temporary.replace(path)
        else:
            os.link(temporary, path)


def write_together(root: Path, texts: Mapping[str, bytes], *, expected: Mapping[str, bytes]) -> None:
    """Writes all files of `texts` (path from `root` → content) or none.

    `expected` holds what was read of each; a path that it lacks is a new file. Both versions of every file are on the
    disk before the first is replaced, so a full disk changes nothing, and a failure midway is taken back. A link to a
    file inside the root stays a link: the file that it names is written. Permissions are kept.

    Raises:
        RefusedWriteError: a path leads out of the root, or two name one file and differ.
        ChangedMeanwhileError: a file is not what was expected.
        OSError: a file cannot be written; all are as they were.
        HalfWrittenError: one cannot be written, and another could not be given its old content back.
    """
    targets = _targets(root, texts, expected)
    with ExitStack() as stack:
        new = [_temporary(stack, target.location, target.data) for target in targets]
        old = [
            None if target.before is None else _temporary(stack, target.location, target.before) for target in targets
        ]
        for target in targets:
            _require_unchanged(target)
        steps = list(zip(targets, new, old, strict=True))
        try:
            for target, temporary, _ in steps:
                temporary.replace(target.location)
        except BaseException as error:
            lost = _taken_back(step for step in steps if not step[1].exists())
            if lost:
                stack.pop_all()
                raise HalfWrittenError(f"could not be given their old content back: {'; '.join(lost)}") from error
            raise


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


def _taken_back(steps: Iterable[tuple[_Target, Path, Path | None]]) -> list[str]:
    """Gives the files that were replaced their old content back; a sentence for each where that failed."""
    lost = []
    for target, _, kept in steps:
        try:
            if kept is None:
                target.location.unlink(missing_ok=True)
            else:
                kept.replace(target.location)
        except OSError:
            lost.append(f"{target.path}, which was {f'as in {kept.name}' if kept else 'not there'}")
    return lost


def _temporary(stack: ExitStack, path: Path, data: bytes) -> Path:
    """A file beside `path` that holds `data` safely, with its permissions; the stack removes what is left of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".tmp")
    temporary = Path(name)
    stack.callback(temporary.unlink, missing_ok=True)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.chmod(_mode(path))
    return temporary


def _mode(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
