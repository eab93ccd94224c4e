"""Fields set in a record of a review file, and items added to a list of it, written in the manner of the record."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from ketreview.changes.change import ChangeError
from ketreview.changes.importing.yaml_text import scalar
from ketreview.edits import Edit
from ketreview.model.record import Record
from ketreview.model.review import Review
from ketreview.parsing.reviews import parse_review
from ketreview.patterns import regex
from ketreview.source import Source, Span

Value = str | int | float | bool | Sequence["Value"] | Mapping[str, "Value"]
Fields = Mapping[str, Value]
_WIDTH = 118
_REST = regex(r"[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
_COMMENT = regex(r"([ \t]*)(#[^\r\n]*)?\r?")
_KEY = regex(r"[ ]*(?:-[ ]+)*")
_ITEM = regex(r"([ ]*)-[ ]")


def set_fields(record: Record, values: Fields, after: Iterable[str] = ()) -> tuple[Edit, ...]:
    """Sets fields of a record: one that is there gets its new value in its place, the others follow together.

    They follow the first field of `after` that is there, else the end of the record.

    Raises:
        ChangeError: the record is written in a way that is not safe to edit.
    """
    source, places = record.where.source, record.where.offsets
    replaced = tuple(_replaced(Span(source, *places[name]), value) for name, value in values.items() if name in places)
    added = {name: value for name, value in values.items() if name not in places}
    if not added:
        return replaced
    start, end = places[""]
    if source.text.startswith("{", start):
        empty = not source.text[start + 1 : end - 1].strip()
        return (*replaced, Edit(Span(source, end - 1, end - 1), ("" if empty else ", ") + _flow(added)[1:-1]))
    indent = _indent(record)
    before = next((places[name] for name in after if name in places), None)
    offset = _end(source, start, end, indent) if before is None else _end(source, *before, indent + 1)
    rows = [row for name, value in added.items() for row in field_rows(name, value, indent)]
    return (*replaced, _line_after(source, offset, rows))


def add_items(record: Record, name: str, items: Sequence[Fields]) -> tuple[Edit, ...]:
    """Adds records at the end of a list of a record, which is made where it is not there.

    Raises:
        ChangeError: the list is written in a way that is not safe to edit.
    """
    source, places = record.where.source, record.where.offsets
    if name not in places:
        return set_fields(record, {name: items})
    start, end = places[name]
    if source.text.startswith("[", start):
        empty = not source.text[start + 1 : end - 1].strip(", \t\r\n")
        return (Edit(Span(source, end - 1, end - 1), ("" if empty else ", ") + _flow(items)[1:-1]),)
    line = source.position(start).line
    found = _ITEM.match(source.line(line))
    if found is None:
        raise ChangeError(f"{source.path}:{line}: `{name}` is written in a way that cannot be added to; add it by hand")
    rows = [row for item in items for row in item_rows(item, len(found[1]))]
    return (_line_after(source, _end(source, start, end, len(found[1]) + 1), rows),)


def field_rows(name: str, value: Value, indent: int) -> list[str]:
    """A field on lines of its own: a list of records an item a line or more, what is short on one line."""
    lead = " " * indent
    whole = f"{lead}{name}: {_flow(value)}"
    if isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(item, Mapping) for item in value):
        return [
            f"{lead}{name}:",
            *(row for item in value if isinstance(item, Mapping) for row in item_rows(item, indent)),
        ]
    if isinstance(value, Mapping) and len(whole) > _WIDTH:
        inner = [row for key, item in value.items() for row in field_rows(key, item, indent + 2)]
        return [f"{lead}{name}:", *inner]
    return [whole]


def item_rows(item: Fields, indent: int) -> list[str]:
    """A record as an item of a list: on one line if it is short and flat, else a field a line."""
    whole = f"{' ' * indent}- {_flow(item)}"
    if len(whole) <= _WIDTH and not any(isinstance(value, Mapping) for value in item.values()):
        return [whole]
    rows = [row for name, value in item.items() for row in field_rows(name, value, indent + 2)]
    return [f"{' ' * indent}- {rows[0].lstrip(' ')}", *rows[1:]]


def require_as_meant(before: Review, text: str, figures: Collection[str] = ()) -> None:
    """Holds that a review with its new text says what it said: only assessments of studies and figures are added.

    `figures` are those of its flow that may have changed.

    Raises:
        ChangeError: it does not; the file is written in a way that is not safe to edit.
    """
    path = before.where.source.path
    old, new = parse_review(path, before.where.source.text.encode()), parse_review(path, text.encode())
    worse = len(new.diagnostics) > len(old.diagnostics)
    if worse or new.review is None or _rest(before, figures) != _rest(new.review, figures):
        reason = f" ({new.diagnostics[0].message})" if worse else ""
        raise ChangeError(f"{path} is written in a way that is not safe to edit{reason}; nothing was written")
    for study, changed in zip(before.studies, new.review.studies, strict=True):
        kept = [_content(one) for one in changed.risk_of_bias][: len(study.risk_of_bias)]
        if kept != [_content(one) for one in study.risk_of_bias]:
            raise ChangeError(f"{path}: the assessments of {study.id} are not safe to edit; nothing was written")


def _rest(review: Review, figures: Collection[str]) -> Any:
    """What a review says beside assessments and these figures, without where it says it."""
    told: Any = _content(review)
    flow = {name: value for name, value in (told["flow"] or {}).items() if name not in figures and value}
    return told | {"flow": flow, "studies": [_content(study) | {"risk_of_bias": ()} for study in review.studies]}


def _content(value: Any) -> Any:
    if isinstance(value, Record):
        return {spec.name: _content(getattr(value, spec.name)) for spec in fields(value) if spec.name != "where"}
    return tuple(_content(item) for item in value) if isinstance(value, tuple) else value


def _replaced(span: Span, value: Value) -> Edit:
    """A value in the place of another one: a list with a line an item stays one."""
    position = span.begin
    if span.text.startswith("-") and isinstance(value, Sequence) and all(isinstance(item, Mapping) for item in value):
        rows = [row for item in value if isinstance(item, Mapping) for row in item_rows(item, position.column - 1)]
        return Edit(span, span.source.newline.join(rows).lstrip(" "))
    return Edit(span, _flow(value))


def _flow(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, str | int | float):
        return scalar(value)
    return f"[{', '.join(map(_flow, value))}]"


def _indent(record: Record) -> int:
    """How far in the fields of a record stand that is written a field a line."""
    source = record.where.source
    for name, (start, _) in record.where.offsets.items():
        line = source.line(source.position(start).line) if "." not in name else ""
        found = _KEY.match(line)
        if found and name and re.match(rf"{re.escape(name)}[ ]*:", line[found.end() :]):
            return found.end()
    place = f"{source.path}:{record.span().begin.line}"
    raise ChangeError(f"{place}: the record is written in a way that cannot be added to; do it by hand")


def _end(source: Source, start: int, end: int, indent: int) -> int:
    """Where a value really ends: comments below it that stand further out than `indent` are about what follows."""
    while (cut := source.text.rfind("\n", start, end)) >= 0:
        found = _COMMENT.fullmatch(source.text, cut + 1, end)
        if found is None or (found[2] and len(found[1]) >= indent):
            break
        end = cut - source.text.endswith("\r", start, cut)
    return end


def _line_after(source: Source, offset: int, rows: Iterable[str]) -> Edit:
    """Lines below the one that ends at `offset`, but for a comment."""
    rest = _REST.match(source.text, offset)
    if rest is None:
        position = source.position(offset)
        raise ChangeError(f"{source.path}:{position.line}: more stands behind the value; add it by hand")
    return Edit(Span(source, rest.end(), rest.end()), "".join(source.newline + row for row in rows))
