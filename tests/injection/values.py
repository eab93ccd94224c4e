"""The hostile values of `values.txt`, and the value that the harmless twin of each project has in their place."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import NamedTuple

TWIN = "plain words"


class Value(NamedTuple):
    """A value, and what it is meant for."""

    kind: str
    text: str


def _values() -> tuple[Value, ...]:
    _, *parts = (Path(__file__).parent / "values.txt").read_text("utf-8").split("\n\n")
    return tuple(
        Value(kind, _unescaped(row)) for kind, *rows in (part.strip("\n").split("\n") for part in parts) for row in rows
    )


def _unescaped(row: str) -> str:
    """A row with what Python's escapes stand for; what is no ASCII stays."""
    return re.sub(r"\\(?:x..|u....|U........|.)", lambda match: codecs.decode(match.group(), "unicode_escape"), row)


VALUES = _values()
