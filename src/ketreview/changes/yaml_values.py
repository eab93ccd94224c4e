"""Values to YAML as the reviews write them: dates and numbers plain, and texts where every reader takes them so."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from ketreview.changes.importing.yaml_text import UNPRINTABLE, is_foldable, scalar
from ketreview.changes.yaml_scalar import is_plain_text
from ketreview.model.partial_date import PartialDate
from ketreview.patterns import regex

Value = str | int | bool | PartialDate | Sequence["Value"] | Mapping[str, "Value"]
WIDTH = 118
_DAY = regex(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)


def flow(value: Value) -> str:
    """A value on one line, as it may stand in a flow collection too."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, str):
        plain = _DAY.fullmatch(value) or (not UNPRINTABLE.search(value) and is_plain_text(value))
        return value if plain else scalar(value)
    if isinstance(value, Sequence):
        return f"[{', '.join(map(flow, value))}]"
    return scalar(value) if isinstance(value, bool) else str(value)


def field(name: str, value: Value, indent: str) -> Iterator[str]:
    """The lines of a field of a block mapping: a list of records an item a line, a long text folded."""
    line = f"{indent}{name}: {flow(value)}"
    if isinstance(value, str) and len(line) > WIDTH and is_foldable(value):
        yield f"{indent}{name}: >-"
        for row in textwrap.wrap(value, WIDTH - len(indent) - 2, break_long_words=False, break_on_hyphens=False):
            yield f"{indent}  {row}"
    elif isinstance(value, Sequence) and value and isinstance(value[0], Mapping):
        yield f"{indent}{name}:"
        yield from (row for one in value for row in item(one, indent))
    else:
        yield line


def item(value: Value, indent: str) -> Iterator[str]:
    """The lines of an item of a block list; a record that is too long for a line stands as a block."""
    line = f"{indent}- {flow(value)}"
    if len(line) <= WIDTH or not isinstance(value, Mapping):
        yield line
        return
    rows = [row for name, inner in value.items() for row in field(name, inner, f"{indent}  ")]
    yield f"{indent}- {rows[0].lstrip()}"
    yield from rows[1:]


def requoted(written: str, value: Value) -> str:
    """A value in the quotes that `written` has; in none where that has none, and for what is no text."""
    plain = flow(value)
    if not isinstance(value, str | PartialDate) or written[:1] not in {'"', "'"}:
        return plain
    if written[0] == "'" and not UNPRINTABLE.search(str(value)):
        return "'" + str(value).replace("'", "''") + "'"
    return plain if plain.startswith('"') else f'"{plain}"'
