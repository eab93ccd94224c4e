"""Which settings file holds for a folder."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ketreview.patterns import regex

_MAY_HOLD = regex(
    rb"""^\s*+(?: \[.*ketreview | \[\s*["']?tool["']?\s*\] | ["']?tool["']?\s*[.=] )""", re.MULTILINE | re.VERBOSE
)
"""The lines that a table for us can begin with: `[tool.ketreview`, `[tool]`, `tool.ketreview =`, `tool = {`."""


MAX_SIZE = 1 << 20
"""Bytes of a settings file; a larger one is not read."""


def find_settings(start: Path) -> Path | None:
    """The settings file that holds for `start`: the nearest one up from it."""
    for folder in (start, *start.parents):
        own = folder / "ketreview.toml"
        if own.is_file():
            return own
        shared = folder / "pyproject.toml"
        if holds_settings(_content(shared)):
            return shared
    return None


def leads_out(path: Path) -> bool:
    """Whether a settings file is a link out of the folder that it is the settings of."""
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(path.parent))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() and not leads_out(path) else b""
    except OSError:  # one that may not be read is nobody's settings
        return b""


def holds_settings(data: bytes) -> bool:
    """Whether a pyproject.toml has a table for us; one that is broken has, if a line says so."""
    if b"ketreview" not in data or not _MAY_HOLD.search(data):
        return False
    if len(data) > MAX_SIZE:
        return _has_line_for_us(data)
    import tomllib  # noqa: PLC0415  needed only where there may be settings

    try:
        tool = tomllib.loads(data.decode()).get("tool")
    except (ValueError, RecursionError):
        return _has_line_for_us(data)
    return isinstance(tool, dict) and "ketreview" in tool


def _has_line_for_us(data: bytes) -> bool:
    return re.search(rb"^[ \t]*+\[tool\.ketreview", data, re.MULTILINE) is not None
