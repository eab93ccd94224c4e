"""What differs between two states of a record, field by field, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

from ketreview.frozen import frozen
from ketreview.model.record import Record, Sourced

_KEYS = ("id", "domain")
"""What tells the items of a list apart, where they have it: records by their id, steps by their domain."""

_SHARED = frozenset(spec.name for spec in fields(Sourced))


@frozen
class FieldChange:
    """A field with what it said before and says after; None where it said nothing.

    A field within another is `enrolment.actual`, an item of a list `outcomes.response`. Of a list whose items have no
    id, what stands only before and only after.
    """

    field: str
    before: str | None
    after: str | None


def differences(before: Record | None, after: Record | None, skip: Collection[str] = ()) -> tuple[FieldChange, ...]:
    """The fields that differ but those in `skip`; all that are written where there is one record alone.

    The order of lists counts for nothing; an interval is one value.
    """
    return tuple(_between(before, after, "", skip))


def words(value: Any) -> str:
    """A value in words, on one line; empty where there is none."""
    if isinstance(value, Record):
        return _told(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {words(item)}" for name, item in value.items())
    if isinstance(value, tuple):
        return "; ".join(map(words, value))
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, float):
        return format(value, ".15g")
    return " ".join(str(value.value if isinstance(value, Enum) else value).split())


def _between(before: Record | None, after: Record | None, prefix: str, skip: Collection[str]) -> Iterator[FieldChange]:
    either = before or after
    for spec in _fields(either) if either else ():
        if spec.name not in skip:
            one, other = (getattr(record, spec.name) if record else None for record in (before, after))
            yield from _of_values(one, other, prefix + spec.name.rstrip("_"))


def _of_values(before: Any, after: Any, name: str) -> Iterator[FieldChange]:
    if isinstance(before, Record) or isinstance(after, Record):
        yield from _between(before, after, f"{name}.", ())
    elif isinstance(before, tuple) or isinstance(after, tuple):
        yield from _of_lists(before or (), after or (), name)
    elif isinstance(before, Mapping) or isinstance(after, Mapping):
        one, other = before or {}, after or {}
        for key in dict.fromkeys(sorted([*one, *other])):
            yield from _of_values(one.get(key), other.get(key), f"{name}.{key}")
    else:
        yield from _changed(words(before), words(after), name)


def _of_lists(before: tuple[Any, ...], after: tuple[Any, ...], name: str) -> Iterator[FieldChange]:
    """Items with a key are held against those with the same; without one, each against all."""
    if any(isinstance(item, int | float) for item in (*before, *after)):
        yield from _changed(words(before), words(after), name)
        return
    one, other = _by(_key, before), _by(_key, after)
    for key in sorted({*one, *other}):
        old, new = one.get(key, []), other.get(key, [])
        place = f"{name}.{key}" if key else name
        if len(old) == len(new) == 1 and hasattr(old[0], "id"):
            yield from _between(old[0], new[0], f"{place}.", ("id",))
        else:
            yield from _of_items(old, new, place)


def _of_items(before: Iterable[Any], after: Iterable[Any], name: str) -> Iterator[FieldChange]:
    old, new = (Counter(_beside_key(item) for item in items) for items in (before, after))
    gone, come = ("; ".join(sorted(some.elements())) for some in (old - new, new - old))
    yield from _changed(gone, come, name)


def _changed(before: str, after: str, name: str) -> Iterator[FieldChange]:
    if before != after:
        yield FieldChange(name, before or None, after or None)


def _by(key: Callable[[Any], str], items: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def _beside_key(item: Any) -> str:
    """An item in words; without its id or domain, which the name of the place says."""
    return _told(item, _KEYS) if isinstance(item, Record) else words(item)


def _told(record: Record, skip: Collection[str] = ()) -> str:
    parts = ((spec.name, words(getattr(record, spec.name))) for spec in _fields(record) if spec.name not in skip)
    return ", ".join(f"{name.rstrip('_')} {part}" for name, part in parts if part)


def _key(item: Any) -> str:
    if not isinstance(item, Record):
        return ""
    return next((words(getattr(item, name)) for name in _KEYS if hasattr(item, name)), "")


def _fields(record: Record) -> list[Any]:
    """The fields of a record, its own before those that every record has."""
    return sorted((spec for spec in fields(record) if spec.name != "where"), key=lambda spec: spec.name in _SHARED)
