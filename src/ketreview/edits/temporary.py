"""Temporary files beside the files that they are to become, and those that a run left which was cut short."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from pathlib import Path

from ketreview.patterns import regex

_LONGEST = 100
_OWN = regex(r"(\d{1,9})-\w{8}\.tmp", re.ASCII)


def temporary(stack: ExitStack, path: Path, data: bytes, *, durable: bool = True) -> Path:
    """A file beside `path` that holds `data` safely, with its permissions; the stack removes what is left of it.

    Its name is hidden, ends in `.tmp`, and tells the process.
    """
    import tempfile  # noqa: PLC0415  most runs write nothing

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{_prefix(path)}{os.getpid()}-", suffix=".tmp")
    made = Path(name)
    stack.callback(_discard, made)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        if durable:
            os.fsync(file.fileno())
    made.chmod(_mode(path))
    return made


def sweep(paths: Iterable[Path]) -> None:
    """Removes the temporary files for `paths` of processes that are no more."""
    prefixes: defaultdict[Path, set[str]] = defaultdict(set)
    for path in paths:
        prefixes[path.parent].add(_prefix(path))
    for folder, wanted in prefixes.items():
        _sweep(folder, wanted.__contains__)


def sweep_folder(folder: Path) -> None:
    """Removes all temporary files in a folder of processes that are no more."""
    _sweep(folder, lambda _: True)


def _sweep(folder: Path, is_wanted: Callable[[str], bool]) -> None:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _OWN.search(entry.name)
            if found and is_wanted(entry.name[: found.start()]) and not _lives(int(found[1])):
                os.unlink(entry.path)  # noqa: PTH108  as scandir gives it


def is_temporary_of(name: str, path: Path) -> bool:
    """Whether `name` is one that a temporary file for `path` has."""
    prefix = _prefix(path)
    return name.startswith(prefix) and _OWN.fullmatch(name, len(prefix)) is not None


def _discard(made: Path) -> None:
    """Removes it; what cannot be removed is left for `sweep`."""
    with suppress(OSError):
        made.unlink(missing_ok=True)


def _prefix(path: Path) -> str:
    """Short enough for a file system that allows 255 bytes."""
    return f".{path.name.encode('utf-8', 'surrogateescape')[:_LONGEST].decode('utf-8', 'ignore')}."


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is another user's
        return True
    return True


def _mode(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
