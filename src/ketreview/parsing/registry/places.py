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


class Places:
    """The places of values in a text that is JSON. What was passed on the way to one is not passed again for another.

    Items are asked for in the order in which they stand, or each costs the way from the first.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._members: dict[tuple[int, str], int] = {}
        self._items: dict[int, tuple[int, int]] = {}
        self._ends: dict[int, int] = {}

    def of(self, path: tuple[Step, ...]) -> tuple[int, int]:
        """The start and end of the value at `path`; a name that is written twice is its last.

        Where the path leads into what is not there, it is the value around that.
        """
        at = _after_space(self._text, 0)
        for step in path:
            if not self._text.startswith("[" if isinstance(step, int) else "{", at):
                break
            at = self._item(at, step) if isinstance(step, int) else self._member(at, step)
        if at not in self._ends:
            self._ends[at] = _end(self._text, at)
        return at, self._ends[at]

    def _item(self, list_at: int, wanted: int) -> int:
        index, at = self._items.get(list_at, (0, -1))
        if at < 0 or index > wanted:
            index, at = 0, _after_space(self._text, list_at + 1)
        for _ in range(index, wanted):
            at = _next(self._text, at)
        self._items[list_at] = (wanted, at)
        return at

    def _member(self, record_at: int, wanted: str) -> int:
        if (record_at, wanted) not in self._members:
            self._members[record_at, wanted] = _member(self._text, record_at, wanted)
        return self._members[record_at, wanted]


def too_deep(text: str, most: int) -> int:
    """Where a text is first nested deeper than `most` levels; its end if it is nowhere."""
    return next((match.start() for match, depth in _depths(text, 0) if depth > most), len(text))


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
