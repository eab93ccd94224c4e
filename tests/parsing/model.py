"""The model's record classes as data: for each a smallest review that holds one, and wrong values for each of its fields."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from ketreview.model.partial_date import PartialDate
from ketreview.model.record import Record, Shorthand, Statement
from ketreview.model.review import Review

Path = tuple[str | int, ...]
_TEXTS = {"years": "2005/2024", "languages": "en", "places": "GB", "path": "a.md", "folder": "a"}


@dataclass(frozen=True)
class Place:
    """A field of a record class, and where the smallest review that has it holds the record."""

    cls: type[Record]
    field: str
    hint: Any
    path: Path

    @property
    def name(self) -> str:
        return f"{self.cls.__name__}.{self.field}"


def unwrap(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """An annotation without marks and None, and its marks."""
    marks: tuple[Any, ...] = ()
    while True:
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            marks += tuple(more)
        elif get_origin(hint) in {Union, UnionType}:
            hint = next(arg for arg in get_args(hint) if arg is not NoneType)
        else:
            return hint, marks


def hints(cls: type[Record]) -> dict[str, Any]:
    """The fields of a class as a review writes them."""
    found = get_type_hints(cls, include_extras=True)
    return {spec.name.rstrip("_"): found[spec.name] for spec in fields(cls) if spec.name != "where"}


def required(cls: type[Record]) -> set[str]:
    names = {spec.name for spec in fields(cls) if spec.default is spec.default_factory}
    return {name.rstrip("_") for name in names}


def good(hint: Any, name: str) -> Any:
    """A valid value."""
    base, marks = unwrap(hint)
    if get_origin(base) is tuple:
        length = next((mark.items for mark in marks if hasattr(mark, "items")), 1)
        item = get_args(base)[0]
        return [{"source": "s"} if item is Statement else good(item, name) for _ in range(length)]
    if get_origin(base) is not None:
        return {"key": "text"}
    if issubclass(base, Record):
        return smallest(base)
    if issubclass(base, StrEnum):
        return next(iter(base)).value
    if base is str:
        return _TEXTS.get(name, "a")
    return {int: 1, float: 1.5, bool: True, PartialDate: "2026-01"}[base]


def smallest(cls: type[Record]) -> dict[str, Any]:
    """A record with the fields that it must have, and nothing else."""
    return {name: good(hint, name) for name, hint in hints(cls).items() if name in required(cls)}


def wrong(hint: Any) -> list[Any]:
    """Values of every other type, or not among the allowed ones."""
    base, marks = unwrap(hint)
    if get_origin(base) is tuple:
        others: list[Any] = [5, True, None, {"a": 1}, [None], [[]]]
        return others if any(isinstance(mark, Shorthand) for mark in marks) else ["text", *others]
    if get_origin(base) is not None:
        return ["text", 5, None, [], {"a": 1}, {"a": []}, {"a": None}]
    if issubclass(base, Record):
        return ["text", 5, None, [], {"no such field": 1}]
    if issubclass(base, StrEnum):
        return ["no such value", 5, True, None, [], {}]
    values: dict[Any, list[Any]] = {
        str: [5, 1.5, True, None, [], {}],
        int: ["5", 1.5, True, None, [], {}],
        float: ["5", True, None, [], {}],
        bool: ["yes", 1, None, [], {}],
        PartialDate: ["soon", "2026-13", 1.5, True, None, [], {}],
    }
    return values[base]


@cache
def places() -> tuple[Place, ...]:
    """Every field of every record class, each class where it is met first."""
    return tuple(_places(Review, (), set()))


def _places(cls: type[Record], path: Path, seen: set[type[Record]]) -> Iterator[Place]:
    if cls in seen or cls is Statement:
        return
    seen.add(cls)
    for name, hint in hints(cls).items():
        yield Place(cls, name, hint, path)
    for name, hint in hints(cls).items():
        base, _ = unwrap(hint)
        many = get_origin(base) is tuple
        inner = unwrap(get_args(base)[0])[0] if many else base
        if isinstance(inner, type) and issubclass(inner, Record):
            yield from _places(inner, (*path, name, 0) if many else (*path, name), seen)


def review_with(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """A smallest valid review that holds a record at `path`, and that record."""
    review = smallest(Review)
    record, cls = review, Review
    for step in path:
        if isinstance(step, int):
            continue
        hint = hints(cls)[step]
        record.setdefault(step, good(hint, step))
        base, _ = unwrap(hint)
        many = get_origin(base) is tuple
        cls = unwrap(get_args(base)[0])[0] if many else base
        record = record[step][0] if many else record[step]
    return review, record


def with_value(place: Place, value: Any) -> dict[str, Any]:
    """The smallest review, with `value` in that field."""
    review, record = review_with(place.path)
    record[place.field] = copy.deepcopy(value)
    return review
