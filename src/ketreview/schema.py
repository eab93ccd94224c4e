"""The records of `model` as a JSON Schema, for editors and other tools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from ketreview.model.partial_date import SHAPE, PartialDate
from ketreview.model.record import Length, Pattern, Range, Record, Shorthand, Statement
from ketreview.model.review import Review

SCHEMA_ID = "https://ketreview.invalid/review.schema.json"
_SCALARS: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    PartialDate: {
        "anyOf": [{"type": "string", "pattern": f"^{SHAPE}$"}, {"type": "integer", "minimum": 1000, "maximum": 9999}]
    },
}


def review_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a review file."""
    definitions: dict[str, Any] = {}
    _define(Review, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "ketreview review",
        "$ref": "#/$defs/Review",
        "$defs": dict(sorted(definitions.items())),
    }


def _define(cls: type[Record], into: dict[str, Any]) -> dict[str, Any]:
    """A reference to the schema of a record class, which is made at its first use."""
    reference = {"$ref": f"#/$defs/{cls.__name__}"}
    if cls.__name__ in into:
        return reference
    schema: dict[str, Any] = into.setdefault(cls.__name__, {})
    specs = [spec for spec in fields(cls) if spec.name != "where"]
    required = [spec.name.rstrip("_") for spec in specs if spec.default is MISSING and spec.default_factory is MISSING]
    schema |= {
        "description": " ".join((cls.__doc__ or "").split()),
        "type": "object",
        "additionalProperties": False,
        "properties": {spec.name.rstrip("_"): _of(spec.type, cls, into) for spec in specs},
    }
    if required:
        schema["required"] = required
    return reference


def _of(hint: Any, owner: type[Record], into: dict[str, Any]) -> dict[str, Any]:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _marked(_of(args[0], owner, into), args[1:])
    if origin in {Union, UnionType}:
        return _of(next(arg for arg in args if arg is not NoneType), owner, into)
    if origin is tuple:
        return {"type": "array", "items": _statement(owner) if args[0] is Statement else _of(args[0], owner, into)}
    if origin is not None:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    return _define(hint, into) if issubclass(hint, Record) else _plain(hint)


def _plain(hint: Any) -> dict[str, Any]:
    return {"enum": [member.value for member in hint]} if issubclass(hint, StrEnum) else dict(_SCALARS[hint])


def _marked(schema: dict[str, Any], marks: tuple[Any, ...]) -> dict[str, Any]:
    for mark in marks:
        if isinstance(mark, Pattern):
            schema["pattern"] = f"^(?:{_portable(mark.regex)})$"
        elif isinstance(mark, Range):
            schema |= {"minimum": mark.low, "maximum": mark.high}
        elif isinstance(mark, Length):
            schema |= {"minItems": mark.items, "maxItems": mark.items}
        elif isinstance(mark, Shorthand):
            schema = {"anyOf": [{"type": "string"}, schema]}
        elif isinstance(mark, str):
            schema["description"] = mark
    return schema


def _portable(regex: str) -> str:
    """A pattern as ECMA 262 has it, which knows no inline flags."""
    return regex.removeprefix("(?s)").replace(".*", r"[\s\S]*") if regex.startswith("(?s)") else regex


def _statement(owner: type[Record]) -> dict[str, Any]:
    printed = {"type": ["string", "number", "boolean"]}
    names = [spec.name.rstrip("_") for spec in fields(owner) if spec.name != "where"]
    return {
        "type": "object",
        "description": " ".join((Statement.__doc__ or "").split()),
        "additionalProperties": False,
        "properties": {"source": {"type": "string"}, "at": {"type": "string"}} | dict.fromkeys(names, printed),
    }
