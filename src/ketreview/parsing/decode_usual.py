"""Records straight from libyaml's events, for a file of which nothing is wrong; `decode` reads all others.

It follows the same annotations and accepts the same values, but makes no tree and says nothing: at the first thing that
is not as it should be it gives up, and `decode` reads the file once more and says what it is.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container
from dataclasses import dataclass, field, fields
from types import NoneType, UnionType
from typing import Annotated, Any, NoReturn, TypeVar, Union, cast, get_args, get_origin

import yaml

from ketreview.frozen import Maker
from ketreview.model.places import Where
from ketreview.model.record import Record, Shorthand, Statement
from ketreview.model.review import ID_KINDS
from ketreview.parsing.accepted import Accept, Condition, accepted, condition, text
from ketreview.parsing.decode import is_required
from ketreview.parsing.reading import BAD
from ketreview.parsing.yaml_events import MAPPING, MAPPING_END, SCALAR, SEQUENCE, SEQUENCE_END, NextEvent, usual_events
from ketreview.parsing.yaml_tree import FIRST_SIGNS, MAX_SIZE, Value, resolved, trimmed
from ketreview.source import Source

T = TypeVar("T", bound=Record)


class _UnusualError(Exception):
    """Something that `decode` has to look at."""


@dataclass(slots=True)
class _File:
    """A file that is being read: its events, the places of its records, and the ids met, with their kinds."""

    source: Source
    next_event: NextEvent
    places: array[int] = field(default_factory=lambda: array("i"))
    ids: list[tuple[str, Any]] = field(default_factory=list)

    def where(self, names: _Names, numbers: list[int]) -> Where:
        """The places of a record, which are kept with those of the whole file."""
        first = len(self.places)
        self.places.fromlist(numbers)
        return Where(self.source, names, self.places, first)


# The names of a record's fields as far as it is read; behind that of a list, the number of its items.
_Names = list[str | int]
# Reads a value that is no plain scalar; its first event is taken. It gets the names and the places of the record around
# it, as far as that is read, and adds its own place and those of its items.
_Read = Callable[[Any, _File, _Names, list[int]], Any]
# How a value is read: by what it accepts, or else by what reads it.
_How = tuple[Accept | None, _Read]
_Shape = tuple[Maker[Any], dict[str, tuple[str, str, Accept | None, _Read]], frozenset[str], str | None]
_SHAPES: dict[type[Record], _Shape] = {}


def decode_usual(cls: type[T], source: Source) -> T | None:
    """The record that a file holds, or None where anything in it is unusual."""
    if len(source.text) > MAX_SIZE:
        return None
    try:
        file = _File(source, usual_events(source.text))
        _require(file, yaml.StreamStartEvent)
        _require(file, yaml.DocumentStartEvent)
        record = _record(cls)(file.next_event(), file, [], [])
        _require(file, yaml.DocumentEndEvent)
        _require(file, yaml.StreamEndEvent)
    except (_UnusualError, yaml.YAMLError):
        return None
    return cast("T", record) if len(set(file.ids)) == len(file.ids) else None


def _require(file: _File, kind: type[Any]) -> None:
    if type(file.next_event()) is not kind:
        raise _UnusualError


def _shape(cls: type[Record]) -> _Shape:
    """How each field of a record class is read, the fields that it needs, and what its id names."""
    specs = [spec for spec in fields(cls) if spec.name != "where"]
    named = [(spec.name.rstrip("_"), spec) for spec in specs]
    hows = {name: (name, spec.name, *_how(spec.type, cls)) for name, spec in named}
    _SHAPES[cls] = Maker(cls), hows, frozenset(spec.name for spec in specs if is_required(spec)), ID_KINDS.get(cls)
    return _SHAPES[cls]


def _record(cls: type[Record]) -> _Read:
    def read(begin: Any, file: _File, _around: _Names, place: list[int]) -> Any:
        maker, hows, required, kind = _SHAPES.get(cls) or _shape(cls)
        start = _begun(begin, MAPPING)
        names: _Names = [""]
        numbers = [start, 0]
        values: dict[str, Any] = {}
        next_event = file.next_event
        while type(event := next_event()) is SCALAR:
            if event.value not in hows or event.tag is not None:
                raise _UnusualError
            key, attribute, accept, read = hows[event.value]
            if attribute in values:
                raise _UnusualError
            names.append(key)
            if accept is not None:
                values[attribute] = _scalar(next_event(), accept, numbers)
            else:
                values[attribute] = read(next_event(), file, names, numbers)
        if type(event) is not MAPPING_END or not required.issubset(values):
            raise _UnusualError
        end = numbers[1] = trimmed(file.source.text, event.end_mark.index, start)
        place += (start, end)
        if kind is not None:
            file.ids.append((kind, values["id"]))
        return maker.make(where=file.where(names, numbers), **values)

    return read


def _how(hint: Any, owner: type[Record]) -> _How:
    """How a value of an annotation is read."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _marked(*_how(args[0], owner), args[1:])
    if origin in {Union, UnionType}:
        return _how(next(arg for arg in args if arg is not NoneType), owner)
    if origin is tuple:
        return None, _list(*((None, _statement(owner)) if args[0] is Statement else _how(args[0], owner)))
    if origin is not None:
        return None, _mapping
    return (None, _record(hint)) if issubclass(hint, Record) else (accepted(hint), _never)


def _marked(accept: Accept | None, read: _Read, marks: tuple[Any, ...]) -> _How:
    for mark in marks:
        if isinstance(mark, Shorthand):
            read = _short(read, mark.name)
        elif (holds := condition(mark)) is None:
            continue
        elif accept is not None:
            accept = _narrowed(accept, holds)
        else:
            read = _narrowed_read(read, holds)
    return accept, read


def _narrowed(accept: Accept, holds: Condition) -> Accept:
    if accept is text:
        return lambda _, value: value if type(value) is str and holds(value) else BAD

    def narrowed(written: str, value: Value) -> Any:
        found = accept(written, value)
        return found if found is not BAD and holds(found) else BAD

    return narrowed


def _narrowed_read(read: _Read, holds: Condition) -> _Read:
    def narrowed(begin: Any, file: _File, names: _Names, numbers: list[int]) -> Any:
        found = read(begin, file, names, numbers)
        if not holds(found):
            raise _UnusualError
        return found

    return narrowed


def _short(read: _Read, name: str) -> _Read:
    def short(begin: Any, file: _File, names: _Names, numbers: list[int]) -> Any:
        if type(begin) is not SCALAR:
            return read(begin, file, names, numbers)
        value = _scalar(begin, text, numbers)
        where = file.where(["", name], 2 * numbers[-2:])
        return (Statement(where=where, values={name: value}),)

    return short


def _never(_begin: Any, _file: _File, _names: _Names, _numbers: list[int]) -> NoReturn:
    raise _UnusualError


def _begun(begin: Any, kind: type[Any]) -> int:
    """Where a collection begins, if it is one of that kind."""
    if type(begin) is not kind or begin.tag is not None:
        raise _UnusualError
    start: int = begin.start_mark.index
    return start


def _scalar(event: Any, accept: Accept, numbers: list[int]) -> Any:
    if type(event) is not SCALAR or event.tag is not None:
        raise _UnusualError
    written = event.value
    value = accept(written, resolved(written) if event.implicit[0] and written[:1] in FIRST_SIGNS else written)
    if value is BAD:
        raise _UnusualError
    numbers += (event.start_mark.index, event.end_mark.index)
    return value


def _list(accept: Accept | None, read: _Read) -> _Read:
    def read_list(begin: Any, file: _File, names: _Names, numbers: list[int]) -> Any:
        start = _begun(begin, SEQUENCE)
        numbers += (start, 0)
        own = len(numbers) - 1
        items: list[Any] = []
        while type(event := file.next_event()) is not SEQUENCE_END:
            if accept is not None:
                items.append(_scalar(event, accept, numbers))
            else:
                items.append(read(event, file, names, numbers))
        numbers[own] = trimmed(file.source.text, event.end_mark.index, start)
        names.append(len(items))
        return tuple(items)

    return read_list


def _statement(owner: type[Record]) -> _Read:
    """Reads a statement of `as_stated`, which may use the field names of the record that it stands in."""
    known = {"source", "at", *(spec.name.rstrip("_") for spec in fields(owner) if spec.name != "where")}

    def read(begin: Any, file: _File, _around: _Names, place: list[int]) -> Any:
        start = _begun(begin, MAPPING)
        names: _Names = [""]
        numbers = [start, 0]
        values: dict[str, Any] = {}
        while type(event := file.next_event()) is not MAPPING_END:
            key = _new_key(event, values)
            if key not in known:
                raise _UnusualError
            names.append(key)
            values[key] = _scalar(file.next_event(), text if key in {"source", "at"} else _printed, numbers)
        end = numbers[1] = trimmed(file.source.text, event.end_mark.index, start)
        place += (start, end)
        return Statement(
            where=file.where(names, numbers), source=values.pop("source", ""), at=values.pop("at", ""), values=values
        )

    return read


def _printed(_: str, value: Value) -> Any:
    return BAD if value is None else value


def _mapping(begin: Any, file: _File, names: _Names, numbers: list[int]) -> Any:
    start = _begun(begin, MAPPING)
    numbers += (start, 0)
    own = len(numbers) - 1
    own_name = names[-1]
    values: dict[str, str] = {}
    while type(event := file.next_event()) is not MAPPING_END:
        key = _new_key(event, values)
        names.append(f"{own_name}.{key}")
        values[key] = _scalar(file.next_event(), text, numbers)
    numbers[own] = trimmed(file.source.text, event.end_mark.index, start)
    return values


def _new_key(event: Any, values: Container[str]) -> str:
    if type(event) is not SCALAR or event.tag is not None or event.value in values:
        raise _UnusualError
    key: str = event.value
    return key
