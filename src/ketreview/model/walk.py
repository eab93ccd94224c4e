"""Walking a record: its records within, and the ids and citation keys that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
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
    found: list[Record] = []
    _gather(record, found)
    return iter(found)


def _gather(record: Record, found: list[Record]) -> None:
    """Adds to a list that all share: a large project has hundreds of thousands of records, each some levels deep."""
    found.append(record)
    for attribute, many in _plan(type(record)).records:
        value = getattr(record, attribute)
        if many:
            for item in value:
                _gather(item, found)
        elif value is not None:
            _gather(value, found)


class Walked(NamedTuple):
    """What is met in a record: what it and those in it name, each with the nearest record around it that has an id.

    `identified` are those of classes that have ids, in order.
    """

    names: list[tuple[Record, Named]]
    identified: list[Record]


def walked(record: Record) -> Walked:
    """All that is looked up in a record, met in one way through it."""
    found = Walked([], [])
    _walk(record, record, *found)
    return found


def _walk(record: Record, owner: Record, names: list[tuple[Record, Named]], identified: list[Record]) -> None:
    plan = _plan(type(record))
    if plan.has_id:
        identified.append(record)
        owner = record if getattr(record, "id", "") else owner
    for attribute, name, kind, many in plan.refs:
        value = getattr(record, attribute)
        if not value:
            continue  # an empty field names nothing
        if many:
            for index, item in enumerate(value):
                names.append((owner, Named(kind, item, record, _item(name, index))))
        else:
            names.append((owner, Named(kind, value, record, name)))
    for attribute, many in plan.records:
        value = getattr(record, attribute)
        if many:
            for item in value:
                _walk(item, owner, names, identified)
        elif value is not None:
            _walk(value, owner, names, identified)


@lru_cache(maxsize=1024)
def _item(name: str, index: int) -> str:
    """The place of an item of a list: the same text for all records, of which there are many."""
    return f"{name}.{index}"


class _Plan(NamedTuple):
    has_id: bool
    records: list[tuple[str, bool]]
    refs: list[tuple[str, str, str, bool]]


_PLANS: dict[type[Record], _Plan] = {}


def _plan(cls: type[Record]) -> _Plan:
    """What to visit in records of a class, worked out once."""
    plan = _PLANS.get(cls)
    if plan is None:
        plan = _PLANS[cls] = _make_plan(cls)
    return plan


def _make_plan(cls: type[Record]) -> _Plan:
    plan = _Plan(any(spec.name == "id" for spec in fields(cls)), [], [])
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
