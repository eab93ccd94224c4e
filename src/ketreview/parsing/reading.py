"""What decoding a file gathers, and what its readers share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from ketreview.diagnostics import Diagnostic, fault
from ketreview.parsing import yaml_tree
from ketreview.parsing.faults import WRONG_VALUE
from ketreview.parsing.text import shown
from ketreview.parsing.yaml_tree import Node, Sequence
from ketreview.source import Source, Span

Offsets = dict[str, tuple[int, int]]


class Bad:
    """Stands for a value that failed, and has been reported."""


BAD: Final = Bad()


@dataclass(slots=True)
class Context:
    """What decoding one file gathers: its faults, and the ids that stand in records left out."""

    source: Source
    found: list[Diagnostic] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def wrong(self, node: Node, message: str) -> Bad:
        """Reports a value, and gives what stands for it."""
        self.found.append(fault(WRONG_VALUE, Span(self.source, node.start, node.end), message))
        return BAD


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
