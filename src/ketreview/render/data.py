"""Answers as JSON and CSV."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from ketreview.render.clean import escaped

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_TRIGGERS = ("\t", "\r", "\n")


def as_data(value: Any) -> Any:
    """An answer as dicts, lists and scalars, under its own field names; fields marked `omit` are left out when null."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((spec, getattr(value, spec.name)) for spec in fields(value))
        return {spec.name: as_data(item) for spec, item in pairs if item is not None or not spec.metadata.get("omit")}
    if isinstance(value, tuple | list):
        return [as_data(item) for item in value]
    return value


def as_json(value: Any) -> str:
    """One JSON object, two spaces in; what a terminal would act on is written as JSON's own escapes."""
    return escaped(json.dumps(as_data(value), ensure_ascii=False, indent=2)) + "\n"


def as_csv(rows: Iterable[Any], columns: Iterable[str] = ()) -> str:
    """Rows (answers of one kind, or their data) as CSV with a header.

    What a spreadsheet would run as a formula is made text. `columns` are those that stand there without a row too.
    """
    table = [dict(_flat(as_data(row))) for row in rows]
    names = list(dict.fromkeys([*columns, *(name for row in table for name in row)]))
    out = io.StringIO()
    import csv  # noqa: PLC0415  seldom asked for

    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in table)
    return out.getvalue()


def _flat(row: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    text = "; ".join(_item(item) for item in value) if isinstance(value, list) else str(value)
    harmful = text.lstrip().startswith(_FORMULA) or text.startswith(_TRIGGERS)
    return ("'" if harmful else "") + escaped(text.replace("\t", " "))


def _item(item: Any) -> str:
    return ", ".join(f"{name}={value}" for name, value in item.items()) if isinstance(item, dict) else str(item)
