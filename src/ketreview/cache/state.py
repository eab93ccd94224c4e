"""The state of files, and of this program, by which what was kept is known to hold still."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from ketreview.files import Files, Unreadable

FOLDER = ".ketreview_cache"
FORMAT = 4
NO_STAT: Final = [0]
RACE = 2_000_000_000
"""A file as new as the answer (nanoseconds) may have been changed again in the same tick: its content is compared."""


def program() -> tuple[Any, ...]:
    """What this program is: its format and the newest of its own files; a kept answer of another one is not used."""
    own = str(Path(__file__).parents[1])
    return FORMAT, own, _newest(own), sys.version_info[:2]


@cache
def _newest(folder: str) -> int:
    return max(_times(folder), default=0)


def _times(folder: str) -> Iterator[int]:
    """When each file of Python in a folder was changed, at any depth."""
    for entry in os.scandir(folder):
        if entry.name.endswith(".py"):
            yield entry.stat().st_mtime_ns
        elif entry.is_dir() and entry.name != "__pycache__":
            yield from _times(entry.path)


def unchanged(files: Files, path: str, stat: list[int], digest: str, written: int) -> list[int] | None:
    """The state of a file that is the same; None where it is not.

    By size, time and inode, where the file is older than the answer; else by its content.
    """
    now = stat_of(f"{files.root}/{path}")
    if now == stat and now != NO_STAT and now[1] + RACE < written:
        return now
    return now if digest_of(files.read(path)) == digest else None


def stat_of(path: str) -> list[int]:
    """Size, time and inode."""
    try:
        found = os.stat(path)  # noqa: PTH116  asked of every file of a book
    except (OSError, ValueError):
        return NO_STAT
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def digest_of(data: bytes | Unreadable) -> str:
    """What a content is known by, or why there is none."""
    if isinstance(data, Unreadable):
        return f"unreadable: {data.reason}"
    from hashlib import blake2b  # noqa: PLC0415  OpenSSL takes as long to load as a small file to read

    return blake2b(data, digest_size=16).hexdigest()


def own_bytes(root: Path, name: str) -> bytes:
    """What was kept under a name; what is a link, or lies in one, is not the project's.

    Raises:
        OSError: nothing is kept.
    """
    folder = root / FOLDER
    if folder.is_symlink() or (folder / name).is_symlink():
        raise FileNotFoundError(name)
    return (folder / name).read_bytes()


def packed(value: Any) -> bytes:
    """A value as it is written."""
    return json.dumps(value, separators=(",", ":")).encode("utf-8", "replace")


def listed(value: Any) -> Any:
    """A value as JSON gives it back."""
    return json.loads(packed(value))
