"""Values to lines of YAML: what is short on one line, a record that is long a field a line, a long text folded."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from ketreview.changes.yaml_scalar import is_foldable, scalar
from ketreview.model.partial_date import PartialDate

Value = str | int | float | bool | PartialDate | Sequence["Value"] | Mapping[str, "Value"]
Fields = Mapping[str, Value]
WIDTH = 118
_NARROWEST = 40


def flow(value: Value) -> str:
    """A value on one line, as it may stand in a flow collection too."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(flow, value))}]"
    return scalar(value)


def field(name: str, value: Value, indent: int, *, spread: bool = False) -> Iterator[str]:
    """The lines of a field of a block mapping; `spread` puts each field of a list's records on a line of its own."""
    lead = " " * indent
    line = f"{lead}{name}: {flow(value)}"
    if is_records(value):
        yield f"{lead}{name}:"
        yield from (row for one in value for row in item(one, indent, spread=spread))
    elif len(line) > WIDTH and isinstance(value, Mapping):
        yield f"{lead}{name}:"
        yield from (row for key, inner in value.items() for row in field(key, inner, indent + 2))
    elif len(line) > WIDTH and isinstance(value, str) and is_foldable(value):
        yield f"{lead}{name}: >-"
        width = max(_NARROWEST, WIDTH - indent - 2)
        rows = textwrap.wrap(value, width, break_long_words=False, break_on_hyphens=False)
        yield from (f"{lead}  {row}" for row in rows)
    else:
        yield line


def item(value: Value, indent: int, *, spread: bool = False) -> Iterator[str]:
    """The lines of an item of a block list: on one line what is flat and short."""
    lead = " " * indent
    line = f"{lead}- {flow(value)}"
    if not isinstance(value, Mapping) or not (spread or len(line) > WIDTH or _is_deep(value)):
        yield line
        return
    rows = [row for name, inner in value.items() for row in field(name, inner, indent + 2)]
    yield f"{lead}- {rows[0].lstrip(' ')}"
    yield from rows[1:]


def is_records(value: Value) -> TypeGuard[Sequence[Fields]]:
    """Whether a value is a list of records."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        return False
    return bool(value) and all(isinstance(one, Mapping) for one in value)


def as_read(value: Value) -> Any:
    """A value as it is read from a file, in lists and dictionaries of its own."""
    if isinstance(value, PartialDate):
        return str(value) if value.month else value.year
    if isinstance(value, Mapping):
        return {name: as_read(inner) for name, inner in value.items()}
    if isinstance(value, str | int | float):
        return value
    return [as_read(one) for one in value]


def _is_deep(value: Fields) -> bool:
    return any(isinstance(inner, Mapping) for inner in value.values())
