"""Readers of single values, and the marks that narrow them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from ketreview.model.partial_date import PartialDate
from ketreview.model.record import Length, Pattern, Range, Shorthand, Statement, Where
from ketreview.nearest import did_you_mean
from ketreview.parsing.reading import BAD, Context, Offsets, Reader, kind
from ketreview.parsing.text import shown
from ketreview.parsing.yaml_tree import Node, Scalar
from ketreview.patterns import regex


def vocabulary(cls: type[StrEnum]) -> Reader:
    """The reader of a closed vocabulary."""
    members = {member.value: member for member in cls}

    def read(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
        del offsets
        if isinstance(node, Scalar) and node.text in members:
            return members[node.text]
        if not isinstance(node, Scalar) or node.value is None:
            return context.wrong(node, f"`{name}` is {kind(node)}; it is one of {', '.join(members)}")
        meant = did_you_mean(node.text, members)
        return context.wrong(node, f"`{name}` is {shown(node.text)}; it is one of {', '.join(members)}{meant}")

    return read


def text(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
    """Reads a text, and nothing else as one."""
    del offsets
    if isinstance(node, Scalar):
        if isinstance(node.value, str):
            return node.value
        if node.value is not None:
            return context.wrong(node, f'{shown(name)} is {kind(node)}; it is a text: write "{shown(node.text)[1:-1]}"')
    return context.wrong(node, f"{shown(name)} is {kind(node)}; it is a text")


def _integer(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
    del offsets
    if isinstance(node, Scalar) and type(node.value) is int:
        return node.value
    return context.wrong(node, f"`{name}` is {kind(node)}; it is a whole number")


def _number(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
    del offsets
    if isinstance(node, Scalar) and type(node.value) in {int, float}:
        return node.value
    return context.wrong(node, f"`{name}` is {kind(node)}; it is a number")


def _boolean(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
    del offsets
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    return context.wrong(node, f"`{name}` is {kind(node)}; it is `true` or `false`")


def _date(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
    del offsets
    value = PartialDate.parse(node.text) if isinstance(node, Scalar) else None
    if value is None:
        return context.wrong(node, f"`{name}` is {kind(node)}; it is a date: 2026, 2026-01 or 2026-01-29")
    return value


SCALARS: dict[Any, Reader] = {str: text, int: _integer, float: _number, bool: _boolean, PartialDate: _date}


def marked(reader: Reader, marks: list[Any]) -> Reader:
    """The reader, narrowed by the marks of an annotation."""
    for mark in marks:
        if isinstance(mark, Pattern):
            reader = _matching(reader, regex(mark.regex), mark.expected)
        elif isinstance(mark, Range):
            reader = _between(reader, mark)
        elif isinstance(mark, Length):
            reader = _exactly(reader, mark.items)
        elif isinstance(mark, Shorthand):
            reader = _short(reader, mark.name)
    return reader


def _matching(reader: Reader, regex: re.Pattern[str], expected: str) -> Reader:
    def read(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
        value = reader(node, context, name, offsets)
        if value is not BAD and not regex.fullmatch(value):
            return context.wrong(node, f"`{name}` is {shown(value)}; it is {expected}")
        return value

    return read


def _between(reader: Reader, bounds: Range) -> Reader:
    def read(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
        value = reader(node, context, name, offsets)
        if value is not BAD and not bounds.low <= value <= bounds.high:
            allowed = f"{bounds.low:g}" if bounds.low == bounds.high else f"from {bounds.low:g} to {bounds.high:g}"
            return context.wrong(node, f"`{name}` is {shown(value)}; it is {allowed}")
        return value

    return read


def _exactly(reader: Reader, count: int) -> Reader:
    def read(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
        value = reader(node, context, name, offsets)
        if value is not BAD and len(value) != count:
            return context.wrong(node, f"`{name}` has {len(value)} items; it has {count}")
        return value

    return read


def _short(reader: Reader, name: str) -> Reader:
    def read(node: Node, context: Context, field_name: str, offsets: Offsets) -> Any:
        if isinstance(node, Scalar) and isinstance(node.value, str):
            place = (node.start, node.end)
            return (Statement(where=Where(context.source, {"": place, name: place}), values={name: node.value}),)
        return reader(node, context, field_name, offsets)

    return read
