"""Where Markdown's emphasis ends: Pandoc reads no citation right behind it."""

from __future__ import annotations

_LONGEST = 3  # of a run that may open emphasis


class Emphasis:
    """Follows the runs of `*` and `_` of one paragraph, as `enclosure` of Pandoc's reader does.

    `closed` is the offset behind the run that closed emphasis last, or -1.
    """

    __slots__ = ("_open", "closed")

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []
        self.closed = -1

    def take(self, text: str, start: int, end: int, limit: int) -> None:
        """Takes the run from `start` to `end`; the paragraph ends at `limit`."""
        char, at = text[start], start
        inside_word = char == "_" and end < limit and text[end].isalnum()
        while at < end:
            size = self._size(char)
            least = 2 if size == 2 else 1  # noqa: PLR2004  strong emphasis ends at two signs, other at one
            left = end - at
            if not size or left < least or (inside_word and left == least):
                break
            if size == 1 and (left == 2 or (inside_word and left == _LONGEST)):  # noqa: PLR2004  `**`
                self._open.append((char, 2))  # strong emphasis within emphasis
                at += 2
                continue
            used = min(size, left - (inside_word and left <= size))
            self._open.pop()
            if used < size:
                self._open.append((char, size - used))
            at += used
            self.closed = at
        if at < end:
            self._opened(text, at, end, limit)

    def _size(self, char: str) -> int:
        return self._open[-1][1] if self._open and self._open[-1][0] == char else 0

    def _opened(self, text: str, at: int, end: int, limit: int) -> None:
        behind_word = text[at] == "_" and at > 0 and (self.closed == at or text[at - 1].isalnum())
        if not behind_word and end - at <= _LONGEST and end < limit and not text[end].isspace():
            self._open.append((text[at], end - at))
