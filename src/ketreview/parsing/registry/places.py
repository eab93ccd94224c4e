"""Where a value stands in a JSON text: Python's reader gives no places, so they are looked for when one is needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ketreview.patterns import regex

Step = str | int
_STRUCTURE = regex(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)
_SCALAR = regex(r'"[^"\\]*(?:\\.[^"\\]*)*"|[^\s,\]}]+', re.DOTALL)
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}
_SPACE = regex(r"[ \t\r\n]*")


def place_of(text: str, path: tuple[Step, ...]) -> tuple[int, int]:
    """The start and end of the value at `path` in a text that is JSON; a name that is written twice is its last.

    Where the path leads into what is not there, it is the value around that.
    """
    at = _after_space(text, 0)
    for step in path:
        if not text.startswith("[" if isinstance(step, int) else "{", at):
            break
        at = _item(text, at, step) if isinstance(step, int) else _member(text, at, step)
    return at, _end(text, at)


def too_deep(text: str, most: int) -> int:
    """Where a text is first nested deeper than `most` levels; its end if it is nowhere."""
    return next((match.start() for match, depth in _depths(text, 0) if depth > most), len(text))


def _item(text: str, at: int, wanted: int) -> int:
    at = _after_space(text, at + 1)
    for _ in range(wanted):
        at = _next(text, at)
    return at


def _member(text: str, at: int, wanted: str) -> int:
    found = at
    at = _after_space(text, at + 1)
    while text.startswith('"', at):
        end = _end(text, at)
        name = json.loads(text[at:end])
        at = _after_space(text, _after_space(text, end) + 1)
        if name == wanted:
            found = at
        at = _next(text, at)
    return found


def _next(text: str, at: int) -> int:
    """Where the item after the one at `at` begins, past its comma."""
    after = _after_space(text, _end(text, at))
    return _after_space(text, after + 1) if text.startswith(",", after) else after


def _end(text: str, at: int) -> int:
    """Where the value that begins at `at` ends."""
    if text[at : at + 1] not in {"[", "{"}:
        match = _SCALAR.match(text, at)
        return match.end() if match else at
    return next((match.end() for match, depth in _depths(text, at) if depth == 0), len(text))


def _depths(text: str, at: int) -> Iterator[tuple[re.Match[str], int]]:
    """Each bracket and string from `at` on, and how deep it leads."""
    depth = 0
    for match in _STRUCTURE.finditer(text, at):
        depth += _STEPS.get(match[0], 0)
        yield match, depth


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
