"""Which settings file holds for a folder."""

from __future__ import annotations

import re
from pathlib import Path

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


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:  # one that may not be read is nobody's settings
        return b""


def holds_settings(data: bytes) -> bool:
    """Whether a pyproject.toml has a table for us; one that is broken has, if a line says so."""
    if b"ketreview" not in data:
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
