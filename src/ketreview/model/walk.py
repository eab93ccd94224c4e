"""Walking a record: its records within, and the ids and citation keys that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from ketreview.model.record import Record, Ref
from ketreview.source import Span


class Named(NamedTuple):
    """A field of a record that names another one; `place` is the field, or the item of it."""

    kind: str
    value: str
    record: Record
    place: str

    @property
    def span(self) -> Span:
        """Where it is named; worked out when it is asked, as few names are told of."""
        return self.record.span(self.place)


def within(record: Record) -> Iterator[Record]:
    """The record and every record in it, in the order of the file's fields."""
    yield record
    for attribute, many in _plan(type(record)).records:
        value = getattr(record, attribute)
        if many:
            for item in value:
                yield from within(item)
        elif value is not None:
            yield from within(value)


def names_within(record: Record, owner: Record) -> Iterator[tuple[Record, Named]]:
    """What the record and every record in it name, each with the nearest record around it that has an id.

    `owner` at first.
    """
    if getattr(record, "id", ""):
        owner = record
    for name in named(record):
        yield owner, name
    for attribute, many in _plan(type(record)).records:
        value = getattr(record, attribute)
        for item in value if many else () if value is None else (value,):
            yield from names_within(item, owner)


def named(record: Record) -> Iterator[Named]:
    """What the record's own fields name; empty fields name nothing."""
    for attribute, name, kind, many in _plan(type(record)).refs:
        value = getattr(record, attribute)
        if many:
            for index, item in enumerate(value):
                yield Named(kind, item, record, f"{name}.{index}")
        elif value:
            yield Named(kind, value, record, name)


class _Plan(NamedTuple):
    records: list[tuple[str, bool]]
    refs: list[tuple[str, str, str, bool]]


_PLANS: dict[type[Record], _Plan] = {}


def _plan(cls: type[Record]) -> _Plan:
    """What to visit in records of a class, worked out once."""
    if cls not in _PLANS:
        _PLANS[cls] = _make_plan(cls)
    return _PLANS[cls]


def _make_plan(cls: type[Record]) -> _Plan:
    plan = _Plan([], [])
    for spec in fields(cls):
        if spec.name == "where":
            continue
        base, marks, many = _unwrap(spec.type)
        kind = next((mark.kind for mark in marks if isinstance(mark, Ref)), "")
        if kind:
            plan.refs.append((spec.name, spec.name.rstrip("_"), kind, many))
        elif isinstance(base, type) and issubclass(base, Record):
            plan.records.append((spec.name, many))
    return plan


def _unwrap(hint: Any) -> tuple[Any, list[Any], bool]:
    """The innermost type of an annotation, every mark on the way, and whether it is a list."""
    marks: list[Any] = []
    many = False
    while True:
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated:
            marks += args[1:]
            hint = args[0]
        elif origin in {Union, UnionType}:
            hint = next(arg for arg in args if arg is not NoneType)
        elif origin is tuple:
            many = True
            hint = args[0]
        else:
            return hint, marks, many
