"""Reviews that hold a value in every field, found from the record classes themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from ketreview.model.record import Pattern, Record, Ref, Statement
from ketreview.model.review import Review
from tests.parsing.model import good, hints, required, unwrap

Put = Callable[["Leaf"], str]
"""What stands at a leaf."""


class Leaf(NamedTuple):
    """A place in a review: its path by field names, what its text must match, and whether it names another record."""

    path: tuple[str, ...]
    regex: str
    kind: str
    many: bool

    @property
    def name(self) -> str:
        return ".".join(self.path)

    def takes(self, value: str) -> bool:
        return not self.regex or re.fullmatch(self.regex, value) is not None


@cache
def leaves() -> tuple[Leaf, ...]:
    """Every text of a review, wherever its record stands."""
    return tuple(_leaves(Review, ()))


def _leaves(cls: Any, path: tuple[str, ...]) -> Iterator[Leaf]:
    for name, _, item, marks, many in _fields(cls):
        here = (*path, name)
        if item is Statement:
            yield from (Leaf((*here, part), "", "", many=False) for part in _stated(cls))
        elif get_origin(item) is not None:
            yield from (Leaf((*here, part), "", "", many=False) for part in ("key", "title", "doi"))
        elif item is str:
            regex = next((mark.regex for mark in marks if isinstance(mark, Pattern)), "")
            yield Leaf(here, regex, next((mark.kind for mark in marks if isinstance(mark, Ref)), ""), many)
        elif issubclass(item, Record):
            yield from _leaves(item, here)


class _Field(NamedTuple):
    name: str
    hint: Any
    item: Any
    marks: tuple[Any, ...]
    many: bool


@cache
def _fields(cls: Any) -> tuple[_Field, ...]:
    return tuple(_Field(name, hint, *_item(hint)) for name, hint in hints(cls).items())


def _item(hint: Any) -> tuple[Any, tuple[Any, ...], bool]:
    base, marks = unwrap(hint)
    if get_origin(base) is not tuple:
        return base, marks, False
    item, more = unwrap(get_args(base)[0])
    return item, (*marks, *more), True


_STATED = 4


@cache
def _stated(cls: Any) -> list[str]:
    """What a statement of a source has, and some of the fields of a class that it may give otherwise."""
    own = [
        name
        for name, _, item, *_ in _fields(cls)
        if item is str or (isinstance(item, type) and issubclass(item, StrEnum))
    ]
    return ["source", "at", *own[:_STATED], *[name for name in ("level", "status", "overall") if name in own[_STATED:]]]


@cache
def _by_path() -> Mapping[tuple[str, ...], Leaf]:
    return {leaf.path: leaf for leaf in leaves()}


def filled(put: Put, *, sparse: bool = False) -> dict[str, Any]:
    """A review with every record once and every field set; its texts are `put`, the rest is valid.

    A `sparse` one has of the fields that may be left out only those that name another record, or hold one.
    """
    by_path = _by_path()

    def text(path: tuple[str, ...]) -> str:
        return put(by_path[path])

    def record(cls: Any, path: tuple[str, ...]) -> dict[str, Any]:
        wanted = [spec for spec in _fields(cls) if not sparse or _is_bone(cls, spec)]
        return {spec.name: value(cls, spec, (*path, spec.name)) for spec in wanted}

    def value(cls: Any, spec: _Field, path: tuple[str, ...]) -> Any:
        name, hint, item, _, many = spec
        if item is Statement:
            return [{part: text((*path, part)) for part in _stated(cls)}]
        if get_origin(item) is not None:
            key = text((*path, "key"))
            return {key: key, **{part: text((*path, part)) for part in ("title", "doi")}}
        if item is str:
            return [text(path)] if many else text(path)
        if issubclass(item, Record):
            return [record(item, path)] if many else record(item, path)
        return good(hint, name)

    return record(Review, ())


def _is_bone(cls: Any, spec: _Field) -> bool:
    holds = isinstance(spec.item, type) and issubclass(spec.item, Record) and spec.item is not Statement
    return holds or spec.name in required(cls) or any(isinstance(mark, Ref) for mark in spec.marks)


def broken(value: str) -> dict[str, Any]:
    """A review that has the value in each field whose type refuses it, and where a field's name stands."""
    return _broken(Review, value, set())


def _broken(cls: Any, value: str, seen: set[type[Record]]) -> dict[str, Any]:
    """Each class once: what is said of a field does not depend on where its record stands."""
    seen.add(cls)
    out: dict[str, Any] = {value: value}
    for name, _, item, marks, many in _fields(cls):
        if item is Statement:
            out[name] = [{value: value}] if many else value
        elif isinstance(item, type) and issubclass(item, Record):
            inner = value if item in seen else _broken(item, value, seen)
            out[name] = [inner] if many else inner
        elif item is not str or any(isinstance(mark, Pattern) for mark in marks):
            out[name] = value
    return out


def yaml(value: Any) -> str:
    """A value as YAML in flow style. What YAML forbids in a text is written as its escape."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{yaml(name)}: {yaml(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(yaml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else str(value)


def quoted(text: str) -> str:
    """A text in double quotes."""
    out = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[^ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]", _escape, out) + '"'


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\u{code:04x}" if code < 1 << 16 else f"\\U{code:08x}"


def document(review: Mapping[str, Any]) -> str:
    """A review as a file, one field a line."""
    return "".join(f"{yaml(name)}: {yaml(value)}\n" for name, value in review.items())
