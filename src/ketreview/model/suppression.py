"""A comment beside the data that accepts a finding, with its reason."""

from __future__ import annotations

from ketreview.frozen import frozen
from ketreview.source import Span


@frozen
class Suppression:
    """`ignore[CODE, …] reason`. It covers findings that start on the lines `first` to `last`."""

    span: Span
    codes: tuple[tuple[str, Span], ...]
    reason: str
    first: int
    last: int

    def covers(self, line: int) -> bool:
        """Whether a finding that starts on `line` is accepted."""
        return self.first <= line <= self.last
