"""Which bracket of a TeX text closes which, each place looked at once."""

from __future__ import annotations

import re
from sys import maxsize

from ketreview.patterns import regex

_TOKEN = regex(r"[\[\](){}]|\\.|%[^\n]*+(?:\n[ \t]*+)?|\n[ \t]*+(?=\n)", re.DOTALL)
_GAP = regex(r"[ \t]*+(?:(?:%[^\n]*+)?\n[ \t]*+(?=\S))*+")
_ANGLES = regex(r"<[^<>\n]*+>")
_TAIL = regex(r"(?:[^\[\]{}\\%\n]++|\[[^\[\]{}\\%\n]*+\])*+\]")
_MAX_NESTED = 8
_MAX_OPTIONAL = 4
_MAX_OPEN = 10_000


class Groups:
    """The arguments of commands. Questions go forward: what was skipped by an earlier one is not looked at again.

    An argument ends where its paragraph does, as for TeX's commands that are not `\\long`, so what is not closed costs
    one paragraph.
    """

    __slots__ = ("_closing", "_seen", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._closing: dict[int, int] = {}
        self._seen = 0

    def closing(self, position: int, *, long: bool = False) -> int:
        """The offset of what closes the bracket at `position`, or -1. A `long` argument may hold empty lines."""
        if position >= self._seen:
            self._scan(position, long)
        return self._closing.get(position, -1)

    def _scan(self, position: int, long: bool) -> None:
        closing = self._closing
        braces: list[int] = []
        waiting: list[tuple[list[int], list[int]]] = [([], [])]
        for match in _TOKEN.finditer(self.text, position):
            sign = match.group()
            at = match.start()
            if sign == "{":
                if len(braces) == _MAX_OPEN:
                    break
                braces.append(at)
                waiting.append(([], []))
            elif sign == "}":
                if not braces:
                    break
                closing[braces.pop()] = at
                waiting.pop()
            elif sign in "[(":
                waiting[-1][sign == "("].append(at)
            elif sign in "])":
                # TeX ends an optional argument at the first `]` outside braces, however many `[` came before
                pending = waiting[-1][sign == ")"]
                closing.update(dict.fromkeys(pending, at))
                pending.clear()
            elif sign[0] == "\n" and not long:
                break
            if not braces and position in closing:
                self._seen = match.end()
                return
        else:
            self._seen = len(self.text)
            return
        self._seen = at

    def gap(self, position: int) -> int:
        """The offset behind blanks, comments and line ends that TeX skips before an argument."""
        match = _GAP.match(self.text, position)
        return match.end() if match else position

    def optional(self, position: int) -> int:
        """The offset behind optional arguments, `<…>` included."""
        text = self.text
        for _ in range(_MAX_OPTIONAL):
            at = self.gap(position)
            if text.startswith("[", at):
                end = self._bracketed(at)
            else:
                angles = _ANGLES.match(text, at)
                end = angles.end() if angles else -1
            if end < 0:
                break
            position = end
        return position

    def _bracketed(self, at: int) -> int:
        end = self.closing(at) + 1
        if not end:
            return -1
        if not self.text.startswith(("[", "{", "<"), self.gap(end)) and self.text.find("[", at + 1, end) >= 0:
            # newer commands and other readers count brackets: `[see [a]]{key}`
            tail: re.Match[str] | None = None
            for _ in range(_MAX_NESTED):
                tail = _TAIL.match(self.text, tail.end() if tail else end)
                if tail is None:
                    break
                if self.text.startswith(("[", "{", "<"), self.gap(tail.end())):
                    return tail.end()
        return end

    def parenthesised(self, position: int) -> int:
        """The offset behind the one or two `(…)` of a multicite command."""
        for _ in range(2):
            at = self.gap(position)
            end = self.closing(at) if self.text.startswith("(", at) else -1
            if end < 0:
                break
            position = end + 1
        return position

    def star(self, position: int) -> int:
        """The offset behind a `*`, where one follows."""
        at = self.gap(position)
        return at + 1 if self.text.startswith("*", at) else position

    def unclosed(self, position: int, shape: str) -> int:
        """The offset of the brace of an argument that nothing closes, or -1."""
        if shape.endswith("+"):
            position = self.parenthesised(position)
        for kind in shape.rstrip("+"):
            if kind == "o":
                position = self.optional(position)
                continue
            at = self.gap(position)
            end = self.closing(at) if self.text.startswith("{", at) else at
            if end <= at:
                return at if end < 0 else -1
            position = end + 1
        return -1

    def arguments(
        self, position: int, shape: str, *, long: bool = False, most: int = maxsize
    ) -> tuple[list[tuple[int, int]], int]:
        """The insides of the arguments that `shape` marks with `k`, and the offset behind all arguments.

        A shape with `+` is read `most` times.
        """
        found: list[tuple[int, int]] = []
        repeats = shape.endswith("+")
        if repeats:
            position = self.parenthesised(position)
        for _ in range(most if repeats else 1):
            start, held = position, len(found)
            for kind in shape.rstrip("+"):
                if kind == "o":
                    position = self.optional(position)
                    continue
                at = self.gap(position)
                end = self.closing(at, long=long) if self.text.startswith("{", at) else -1
                if end < 0:
                    return found[:held], start
                if kind == "k":
                    found.append((at + 1, end))
                position = end + 1
        return found, position
