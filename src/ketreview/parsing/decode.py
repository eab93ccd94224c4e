"""A located tree to the records of `model`, driven by their annotations alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Final, TypeVar, Union, cast, get_args, get_origin

from ketreview.diagnostics import Diagnostic, Fix, Related, fault
from ketreview.edits import Edit
from ketreview.model.partial_date import PartialDate
from ketreview.model.record import Length, Pattern, Range, Record, Shorthand, Statement, Where
from ketreview.nearest import did_you_mean, nearest
from ketreview.parsing import yaml_tree
from ketreview.parsing.faults import DUPLICATE_YAML_KEY, MISSING_FIELD, UNKNOWN_FIELD, WRONG_VALUE
from ketreview.parsing.text import shown
from ketreview.parsing.yaml_tree import Node, Scalar, Sequence
from ketreview.source import Source, Span

T = TypeVar("T", bound=Record)
Offsets = dict[str, tuple[int, int]]


class _Bad:
    """Stands for a value that failed, and has been reported."""


BAD: Final = _Bad()
_MAX_HINTS = 1000


@dataclass(slots=True)
class Context:
    """What decoding one file gathers: its faults, and the ids that stand in records left out."""

    source: Source
    found: list[Diagnostic] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def wrong(self, node: Node, message: str) -> _Bad:
        """Reports a value, and gives what stands for it."""
        self.found.append(fault(WRONG_VALUE, Span(self.source, node.start, node.end), message))
        return BAD


def decode(cls: type[T], node: Node, context: Context) -> T | None:
    """The record that `node` holds, or None; every fault of it goes to `context.found`."""
    record = _record(cls)(node, context, "the file", {})
    if isinstance(record, _Bad):
        return None
    return cast("T", record)


# A reader turns a node into a value. It gets the field's name for messages, and where to put its items' offsets.
Reader = Callable[[Node, Context, str, Offsets], Any]


_SHAPES: dict[type[Record], tuple[dict[str, tuple[str, Reader]], dict[str, str]]] = {}


def _record(cls: type[Record]) -> Reader:
    """The reader of a record class; the annotations of a class are resolved once, at its first record."""

    def read(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
        del offsets
        if cls not in _SHAPES:
            _SHAPES[cls] = _shape(cls)
        readers, required = _SHAPES[cls]
        if not isinstance(node, yaml_tree.Mapping):
            return context.wrong(
                node, f"{_said(name)} is {_kind(node)}; it is a record with fields such as {_some(readers)}"
            )
        places: Offsets = {"": (node.start, node.end)}
        values: dict[str, Any] = {}
        bad = False
        for key, value in _pairs(node, context, readers):
            attribute, reader = readers[key]
            places[key] = (value.start, value.end)
            values[attribute] = result = reader(value, context, key, places)
            bad = bad or result is BAD
        for key in required:
            if required[key] not in values:
                message = f"{_article(cls)} needs `{key}`"
                context.found.append(fault(MISSING_FIELD, _head(node, context.source), message))
                bad = True
        if bad:
            _remember_ids(node, context)
            return BAD
        return cls(where=Where(context.source, places), **values)

    return read


def is_required(spec: Any) -> bool:
    """Whether a dataclass field has no default."""
    return spec.default is MISSING and spec.default_factory is MISSING


def _shape(cls: type[Record]) -> tuple[dict[str, tuple[str, Reader]], dict[str, str]]:
    specs = [spec for spec in fields(cls) if spec.name != "where"]
    readers = {spec.name.rstrip("_"): (spec.name, _reader(spec.type, cls)) for spec in specs}
    return readers, {spec.name.rstrip("_"): spec.name for spec in specs if is_required(spec)}


def _pairs(node: yaml_tree.Mapping, context: Context, readers: Mapping[str, Any] | None) -> list[tuple[str, Node]]:
    """The fields of a mapping, each once.

    Unknown ones (if `readers` says which are known) are reported and left out.
    """
    seen: dict[str, Node] = {}
    pairs = []
    for key, value in node.pairs:
        if not isinstance(key, Scalar):
            context.wrong(key, f"{_kind(key)} stands where a field name is expected")
            continue
        if key.text in seen:
            related = Related(Span(context.source, seen[key.text].start, seen[key.text].end), "first written here")
            span = Span(context.source, key.start, key.end)
            message = f"{shown(key.text)} is written twice; the first is used"
            context.found.append(fault(DUPLICATE_YAML_KEY, span, message, related=(related,)))
            continue
        seen[key.text] = key
        if readers is not None and key.text not in readers:
            _unknown(key, context, readers)
        else:
            pairs.append((key.text, value))
    return pairs


def _unknown(key: Scalar, context: Context, readers: Mapping[str, Any]) -> None:
    span = Span(context.source, key.start, key.end)
    meant = nearest(key.text, readers) if len(context.found) < _MAX_HINTS else None
    if meant is None:
        message = f"{shown(key.text)} is not a field here; fields are {', '.join(readers)}"
        context.found.append(fault(UNKNOWN_FIELD, span, message))
        return
    fix = Fix(f"Rename it `{meant}`", safe=False, edits=(Edit(span, meant),))
    context.found.append(
        fault(UNKNOWN_FIELD, span, f"{shown(key.text)} is not a field here; did you mean `{meant}`?", fix=fix)
    )


def _remember_ids(node: Node, context: Context) -> None:
    """Keeps every id below a record that is left out, so that nothing else is reported because of it."""
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, Sequence):
            pending.extend(current.items)
        elif isinstance(current, yaml_tree.Mapping):
            for key, value in current.pairs:
                pending.append(value)
                if isinstance(key, Scalar) and key.text == "id" and isinstance(value, Scalar):
                    context.broken.add(value.text)


def _reader(hint: Any, owner: type[Record]) -> Reader:
    """The reader for an annotation."""
    if get_origin(hint) is Annotated:
        base, *marks = get_args(hint)
        return _marked(_reader(base, owner), marks)
    origin, args = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return _reader(next(arg for arg in args if arg is not NoneType), owner)
    if origin is tuple:
        return _statements(owner) if args[0] is Statement else _list(args[0], owner)
    if origin is not None:
        return _mapping
    if issubclass(hint, Record):
        return _record(hint)
    return _enum(hint) if issubclass(hint, StrEnum) else _SCALARS[hint]


def _marked(reader: Reader, marks: list[Any]) -> Reader:
    for mark in marks:
        if isinstance(mark, Pattern):
            reader = _matching(reader, re.compile(mark.regex), mark.expected)
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


def _list(item: Any, owner: type[Record]) -> Reader:
    reader = _reader(item, owner)
    keeps_rest = isinstance(item, type) and issubclass(item, Record)

    def read(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
        if not isinstance(node, Sequence):
            hint = " Write it as `[…]`." if isinstance(node, Scalar) and node.value is not None else ""
            return context.wrong(node, f"`{name}` is {_kind(node)}; it is a list.{hint}")
        values = []
        bad = False
        for index, entry in enumerate(node.items):
            offsets[f"{name}.{index}"] = (entry.start, entry.end)
            value = reader(entry, context, name, offsets)
            if value is BAD:
                bad = True
            else:
                values.append(value)
        return BAD if bad and not keeps_rest else tuple(values)

    return read


def _statements(owner: type[Record]) -> Reader:
    """Reads `as_stated`: each statement may use the field names of the record that it stands in."""
    known = dict.fromkeys(["source", "at", *(spec.name.rstrip("_") for spec in fields(owner) if spec.name != "where")])

    def read_one(node: Node, context: Context) -> Any:
        if not isinstance(node, yaml_tree.Mapping):
            return context.wrong(
                node, f"a statement is {_kind(node)}; it is a record: source, at, and the fields as printed"
            )
        places: Offsets = {"": (node.start, node.end)}
        values: dict[str, Any] = {}
        for key, value in _pairs(node, context, known):
            places[key] = (value.start, value.end)
            if key in {"source", "at"}:
                values[key] = _text(value, context, key, places)
            elif not isinstance(value, Scalar) or value.value is None:
                values[key] = context.wrong(
                    value, f"`{key}` is {_kind(value)}; what a source prints is a text, a number, true or false"
                )
            else:
                values[key] = value.value
        if BAD in values.values():
            return BAD
        return Statement(
            where=Where(context.source, places), source=values.pop("source", ""), at=values.pop("at", ""), values=values
        )

    def read(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
        del offsets
        if not isinstance(node, Sequence):
            return context.wrong(node, f"`{name}` is {_kind(node)}; it is a list of statements")
        values = [read_one(item, context) for item in node.items]
        return BAD if BAD in values else tuple(values)

    return read


def _mapping(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
    if not isinstance(node, yaml_tree.Mapping):
        return context.wrong(node, f"`{name}` is {_kind(node)}; it is a record of texts")
    values = {}
    for key, value in _pairs(node, context, None):
        offsets[f"{name}.{key}"] = (value.start, value.end)
        values[key] = _text(value, context, key, offsets)
    return BAD if BAD in values.values() else values


def _enum(cls: type[StrEnum]) -> Reader:
    members = {member.value: member for member in cls}

    def read(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
        del offsets
        if isinstance(node, Scalar) and node.text in members:
            return members[node.text]
        if not isinstance(node, Scalar) or node.value is None:
            return context.wrong(node, f"`{name}` is {_kind(node)}; it is one of {', '.join(members)}")
        meant = did_you_mean(node.text, members)
        return context.wrong(node, f"`{name}` is {shown(node.text)}; it is one of {', '.join(members)}{meant}")

    return read


def _text(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
    del offsets
    if isinstance(node, Scalar):
        if isinstance(node.value, str):
            return node.value
        if node.value is not None:
            return context.wrong(node, f'`{name}` is {_kind(node)}; it is a text: write "{shown(node.text)[1:-1]}"')
    return context.wrong(node, f"`{name}` is {_kind(node)}; it is a text")


def _integer(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
    del offsets
    if isinstance(node, Scalar) and type(node.value) is int:
        return node.value
    return context.wrong(node, f"`{name}` is {_kind(node)}; it is a whole number")


def _number(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
    del offsets
    if isinstance(node, Scalar) and type(node.value) in {int, float}:
        return node.value
    return context.wrong(node, f"`{name}` is {_kind(node)}; it is a number")


def _boolean(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
    del offsets
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    return context.wrong(node, f"`{name}` is {_kind(node)}; it is `true` or `false`")


def _date(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
    del offsets
    value = PartialDate.parse(node.text) if isinstance(node, Scalar) else None
    if value is None:
        return context.wrong(node, f"`{name}` is {_kind(node)}; it is a date: 2026, 2026-01 or 2026-01-29")
    return value


_SCALARS: dict[Any, Reader] = {str: _text, int: _integer, float: _number, bool: _boolean, PartialDate: _date}


def _kind(node: Node) -> str:
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, yaml_tree.Mapping):
        return "a record"
    if node.value is None:
        return "empty (leave the field out)"
    if isinstance(node.value, str):
        return f"the text {shown(node.value)}"
    return ("the value " if isinstance(node.value, bool) else "the number ") + shown(node.text)


def _said(name: str) -> str:
    return name if " " in name else f"an item of `{name}`"


def _some(readers: Mapping[str, Any]) -> str:
    return ", ".join(list(readers)[4:8])


def _article(cls: type[Record]) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()
    return ("an " if words[0] in "aeiou" else "a ") + words


def _head(node: Node, source: Source) -> Span:
    """The first line of a record: where it lacks something is nowhere, so the finding points at its beginning."""
    line_end = re.compile(r"[\r\n]|\Z").search(source.text, node.start)
    end = line_end.start() if line_end else node.end
    return Span(source, node.start, max(node.start, min(end, node.end)))
