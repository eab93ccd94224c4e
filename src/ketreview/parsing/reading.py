"""What decoding a file gathers, and what its readers share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from ketreview.diagnostics import Code, Diagnostic, Fix, Related, fault, shown
from ketreview.parsing import yaml_tree
from ketreview.parsing.faults import WRONG_VALUE
from ketreview.parsing.yaml_tree import Node, Sequence
from ketreview.source import Source, Span

Offsets = dict[str, tuple[int, int]]


class Bad:
    """Stands for a value that failed, and has been reported."""


BAD: Final = Bad()


MAX_FAULTS = 1000
"""As many are told of one file: who has more has made one mistake, not thousands."""
_GIVEN_UP = 10 * MAX_FAULTS


class LostError(Exception):
    """A file with so many faults that it is no review."""


@dataclass(slots=True)
class Context:
    """What decoding one file gathers: its faults, and the ids that stand in records left out.

    `untold` counts the faults beyond `MAX_FAULTS`.
    """

    source: Source
    found: list[Diagnostic] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    untold: int = 0

    def wrong(self, node: Node, message: str) -> Bad:
        """Reports a value, and gives what stands for it."""
        self.report(WRONG_VALUE, Span(self.source, node.start, node.end), message)
        return BAD

    def report(
        self, code: Code, span: Span, message: str, *, related: tuple[Related, ...] = (), fix: Fix | None = None
    ) -> None:
        """Reports a fault, unless a thousand are told already.

        Raises:
            LostError: there are ten times as many.
        """
        if len(self.found) < MAX_FAULTS:
            self.found.append(fault(code, span, message, related=related, fix=fix))
            return
        self.untold += 1
        if self.untold >= _GIVEN_UP:
            raise LostError

    def faults(self) -> list[Diagnostic]:
        """All of them, and at the last one how many more there are."""
        if not self.untold:
            return self.found
        last = self.found[-1]
        number = f"{self.untold:,} more faults follow"
        if self.untold >= _GIVEN_UP:
            number = f"more than {self.untold:,} faults follow, and nothing of the file is taken"
        return [*self.found, fault(last.code, last.span, f"{number}; mend these first")]


# A reader turns a node into a value. It gets the field's name for messages, and where to put its items' offsets.
Reader = Callable[[Node, Context, str, Offsets], Any]


def kind(node: Node) -> str:
    """What a value is, in words."""
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, yaml_tree.Mapping):
        return "a record"
    if node.value is None:
        return "empty (leave the field out)"
    if isinstance(node.value, str):
        return f"the text {shown(node.value)}"
    return ("the value " if isinstance(node.value, bool) else "the number ") + shown(node.text)
