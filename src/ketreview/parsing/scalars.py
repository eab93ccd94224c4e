"""Readers of single values, and the marks that narrow them, with the words for what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from ketreview.diagnostics import shown
from ketreview.model.partial_date import PartialDate
from ketreview.model.places import Where
from ketreview.model.record import Length, Pattern, Range, Shorthand, Statement
from ketreview.nearest import did_you_mean
from ketreview.parsing.accepted import Condition, accepted, condition
from ketreview.parsing.reading import BAD, Context, Offsets, Reader, kind
from ketreview.parsing.yaml_tree import Node, Scalar

# Says what is wrong with the value of a field that does not accept it.
_Fault = Callable[[Node, str], str]


def scalar(hint: Any) -> Reader:
    """The reader of a type or of a closed vocabulary."""
    accept = accepted(hint)
    fault: _Fault = _not_one_of(hint) if issubclass(hint, StrEnum) else _FAULTS[hint]

    def read(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
        del offsets
        value = accept(node.text, node.value) if isinstance(node, Scalar) else BAD
        return context.wrong(node, fault(node, name)) if value is BAD else value

    return read


def _not_one_of(cls: type[StrEnum]) -> _Fault:
    members = [member.value for member in cls]

    def fault(node: Node, name: str) -> str:
        if not isinstance(node, Scalar) or node.value is None:
            return f"`{name}` is {kind(node)}; it is one of {', '.join(members)}"
        return f"`{name}` is {shown(node.text)}; it is one of {', '.join(members)}{did_you_mean(node.text, members)}"

    return fault


def _no_text(node: Node, name: str) -> str:
    if isinstance(node, Scalar) and node.value is not None:
        return f'{shown(name)} is {kind(node)}; it is a text: write "{shown(node.text)[1:-1]}"'
    return f"{shown(name)} is {kind(node)}; it is a text"


def _no(expected: str) -> _Fault:
    return lambda node, name: f"`{name}` is {kind(node)}; it is {expected}"


_FAULTS: dict[Any, _Fault] = {
    str: _no_text,
    int: _no("a whole number"),
    float: _no("a number"),
    bool: _no("`true` or `false`"),
    PartialDate: _no("a date: 2026, 2026-01 or 2026-01-29"),
}
text = scalar(str)


def marked(reader: Reader, marks: list[Any]) -> Reader:
    """The reader, narrowed by the marks of an annotation."""
    for mark in marks:
        if (holds := condition(mark)) is not None:
            reader = _narrowed(reader, holds, mark)
        elif isinstance(mark, Shorthand):
            reader = _short(reader, mark.name)
    return reader


def _narrowed(reader: Reader, holds: Condition, mark: Any) -> Reader:
    def read(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
        value = reader(node, context, name, offsets)
        if value is not BAD and not holds(value):
            return context.wrong(node, f"`{name}` {_unlike(value, mark)}")
        return value

    return read


def _unlike(value: Any, mark: Pattern | Range | Length) -> str:
    if isinstance(mark, Pattern):
        return f"is {shown(value)}; it is {mark.expected}"
    if isinstance(mark, Length):
        return f"has {len(value)} items; it has {mark.items}"
    allowed = f"{mark.low:g}" if mark.low == mark.high else f"from {mark.low:g} to {mark.high:g}"
    return f"is {shown(value)}; it is {allowed}"


def _short(reader: Reader, name: str) -> Reader:
    def read(node: Node, context: Context, field_name: str, offsets: Offsets) -> Any:
        if isinstance(node, Scalar) and isinstance(node.value, str):
            place = (node.start, node.end)
            where = Where.of(context.source, {"": place, name: place})
            return (Statement(where=where, values={name: node.value}),)
        return reader(node, context, field_name, offsets)

    return read
