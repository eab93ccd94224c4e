"""A located tree to the records of `model`, driven by their annotations alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from ketreview.diagnostics import Fix, Related, shown
from ketreview.edits import Edit
from ketreview.model.places import Where
from ketreview.model.record import Record, Statement
from ketreview.nearest import nearest
from ketreview.parsing import yaml_tree
from ketreview.parsing.faults import DUPLICATE_YAML_KEY, MISSING_FIELD, UNKNOWN_FIELD
from ketreview.parsing.reading import BAD, MAX_FAULTS, Bad, Context, LostError, Offsets, Reader, kind
from ketreview.parsing.scalars import marked, scalar, text
from ketreview.parsing.yaml_tree import Node, Scalar, Sequence
from ketreview.patterns import regex
from ketreview.source import Source, Span

T = TypeVar("T", bound=Record)


def decode(cls: type[T], node: Node, context: Context) -> T | None:
    """The record that `node` holds, or None; every fault of it goes to `context.found`."""
    try:
        record = _record(cls)(node, context, "the file", {})
    except LostError:
        _remember_ids(node, context)
        return None
    if isinstance(record, Bad):
        return None
    return cast("T", record)


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
                node, f"{_said(name)} is {kind(node)}; it is a record with fields such as {_some(readers)}"
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
                context.report(MISSING_FIELD, _head(node, context.source), message)
                bad = True
        if bad:
            _remember_ids(node, context)
            return BAD
        return cls(where=Where.of(context.source, places), **values)

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
            context.wrong(key, f"{kind(key)} stands where a field name is expected")
            continue
        if key.text in seen:
            related = Related(Span(context.source, seen[key.text].start, seen[key.text].end), "first written here")
            span = Span(context.source, key.start, key.end)
            message = f"{shown(key.text)} is written twice; the first is used"
            context.report(DUPLICATE_YAML_KEY, span, message, related=(related,))
            continue
        seen[key.text] = key
        if readers is not None and key.text not in readers:
            _unknown(key, node, context, readers)
        else:
            pairs.append((key.text, value))
    return pairs


def _unknown(key: Scalar, node: yaml_tree.Mapping, context: Context, readers: Mapping[str, Any]) -> None:
    span = Span(context.source, key.start, key.end)
    meant = nearest(key.text, readers) if len(context.found) < MAX_FAULTS and len(node.pairs) < MAX_FAULTS else None
    if meant is None:
        message = f"{shown(key.text)} is not a field here; fields are {', '.join(readers)}"
        context.report(UNKNOWN_FIELD, span, message)
        return
    names = [other.text for other, _ in node.pairs if isinstance(other, Scalar)]
    fix = _renaming(key, span, meant) if meant not in names and names.count(key.text) == 1 else None
    message = f"{shown(key.text)} is not a field here; did you mean `{meant}`?"
    context.report(UNKNOWN_FIELD, span, message, fix=fix)


def _renaming(key: Scalar, span: Span, meant: str) -> Fix | None:
    """Writes another name in the place of the old one alone; None where it has an anchor or escapes."""
    start = span.text.rfind(key.text)
    if start < 0 or "&" in span.text[:start]:
        return None
    name = Span(span.source, span.start + start, span.start + start + len(key.text))
    return Fix(f"Rename it `{meant}`", safe=False, edits=(Edit(name, meant),))


def _remember_ids(node: Node, context: Context) -> None:
    """Keeps every id and key below a record that is left out, so that nothing else is reported because of it."""
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, Sequence):
            pending.extend(current.items)
        elif isinstance(current, yaml_tree.Mapping):
            for key, value in current.pairs:
                pending.append(value)
                if isinstance(key, Scalar) and key.text in {"id", "cites"}:
                    named = value.items if isinstance(value, Sequence) else [value]
                    context.broken.update(item.text for item in named if isinstance(item, Scalar))


def _reader(hint: Any, owner: type[Record]) -> Reader:
    """The reader for an annotation."""
    if get_origin(hint) is Annotated:
        base, *marks = get_args(hint)
        return marked(_reader(base, owner), marks)
    origin, args = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return _reader(next(arg for arg in args if arg is not NoneType), owner)
    if origin is tuple:
        return _statements(owner) if args[0] is Statement else _list(args[0], owner)
    if origin is not None:
        return _mapping
    if issubclass(hint, Record):
        return _record(hint)
    return scalar(hint)


def _list(item: Any, owner: type[Record]) -> Reader:
    reader = _reader(item, owner)
    keeps_rest = isinstance(item, type) and issubclass(item, Record)

    def read(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
        if not isinstance(node, Sequence):
            hint = " Write it as `[…]`." if isinstance(node, Scalar) and node.value is not None else ""
            return context.wrong(node, f"`{name}` is {kind(node)}; it is a list.{hint}")
        values = []
        bad = False
        said = f"an item of `{name}`" if keeps_rest else name
        for index, entry in enumerate(node.items):
            offsets[f"{name}.{index}"] = (entry.start, entry.end)
            value = reader(entry, context, said, offsets)
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
                node, f"a statement is {kind(node)}; it is a record: source, at, and the fields as printed"
            )
        places: Offsets = {"": (node.start, node.end)}
        values: dict[str, Any] = {}
        for key, value in _pairs(node, context, known):
            places[key] = (value.start, value.end)
            if key in {"source", "at"}:
                values[key] = text(value, context, key, places)
            elif not isinstance(value, Scalar) or value.value is None:
                values[key] = context.wrong(
                    value, f"`{key}` is {kind(value)}; what a source prints is a text, a number, true or false"
                )
            else:
                values[key] = value.value
        if BAD in values.values():
            return BAD
        return Statement(
            where=Where.of(context.source, places),
            source=values.pop("source", ""),
            at=values.pop("at", ""),
            values=values,
        )

    def read(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
        if not isinstance(node, Sequence):
            return context.wrong(node, f"`{name}` is {kind(node)}; it is a list of statements")
        offsets |= {f"{name}.{index}": (item.start, item.end) for index, item in enumerate(node.items)}
        values = [read_one(item, context) for item in node.items]
        return BAD if BAD in values else tuple(values)

    return read


def _mapping(node: Node, context: Context, name: str, offsets: Offsets) -> Any:
    if not isinstance(node, yaml_tree.Mapping):
        return context.wrong(node, f"`{name}` is {kind(node)}; it is a record of texts")
    values = {}
    for key, value in _pairs(node, context, None):
        offsets[f"{name}.{key}"] = (value.start, value.end)
        values[key] = text(value, context, key, offsets)
    return BAD if BAD in values.values() else values


def _said(name: str) -> str:
    return name if " " in name else f"`{name}`"


def _some(readers: Mapping[str, Any]) -> str:
    return ", ".join(list(readers)[4:8])


def _article(cls: type[Record]) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()
    return ("an " if words[0] in "aeiou" else "a ") + words


def _head(node: Node, source: Source) -> Span:
    """The first line of a record: where it lacks something is nowhere, so the finding points at its beginning."""
    line_end = regex(r"[\r\n]|\Z").search(source.text, node.start)
    end = line_end.start() if line_end else node.end
    return Span(source, node.start, max(node.start, min(end, node.end)))
