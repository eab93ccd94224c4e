"""Text edits, and writing a file atomically."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import NamedTuple

from ketreview.source import Span


class Edit(NamedTuple):
    """Replace the text at `span` with `text`."""

    span: Span
    text: str


def write_atomically(path: Path, data: bytes, *, overwrite: bool = True) -> None:
    """Writes `data` to `path` so that a reader sees the old file or the new one, never a part.

    The permissions of an existing file are kept.

    Raises:
        FileExistsError: `overwrite` is false and the file exists.
        OSError: the folder cannot be written.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(path))
        if overwrite:
            temporary.replace(path)
        else:
            os.link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
