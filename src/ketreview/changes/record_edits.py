"""Edits of the records of a YAML file: fields set or added, items appended; everything else stays byte for byte.

A record may be written as a block or in braces; what is added takes the manner of what is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from ketreview.changes.change import ChangeError
from ketreview.changes.yaml_layout import Layout
from ketreview.changes.yaml_scalar import requoted
from ketreview.changes.yaml_values import WIDTH, Fields, Value, as_read, field, flow, is_records, item
from ketreview.edits import Edit
from ketreview.model.partial_date import PartialDate
from ketreview.model.record import Record, Sourced
from ketreview.parsing import yaml_tree
from ketreview.parsing.yaml_tree import Node, Scalar
from ketreview.patterns import regex
from ketreview.source import Span

_COMMENT = regex(r"(?:^|\s)#")


class Sheet:
    """Where the edits of one file are gathered; what comes to one place stands from the inmost record outwards."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._replaced: list[Edit] = []
        self._added: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All edits, one a place."""
        added = (
            (at, "".join(text for _, text in sorted(texts, key=lambda one: -one[0])))
            for at, texts in self._added.items()
        )
        return (*self._replaced, *(Edit(Span(self.layout.source, at, at), text) for at, text in added))

    def replace(self, start: int, end: int, text: str) -> None:
        """Writes `text` in the place of what is there."""
        self._replaced.append(Edit(Span(self.layout.source, start, end), text))

    def add(self, at: int, depth: int, text: str) -> None:
        """Puts text in, before that of places less deep."""
        self._added[at].append((depth, text))


class RecordEdits:
    """Edits one record, whose fields come in `order`; `data` is what it says, and keeps up with them."""

    def __init__(self, sheet: Sheet, node: yaml_tree.Mapping, data: Any, order: Sequence[str], depth: int) -> None:
        self._sheet, self._layout = sheet, sheet.layout
        self._node, self._data, self._order, self._depth = node, data, order, depth
        self._pairs = {key.text: (key, value) for key, value in node.pairs if isinstance(key, Scalar)}

    def set(self, name: str, value: Value) -> None:
        """Gives a field a value; what says the same already stays as it is written.

        Raises:
            ChangeError: it is written in a way that cannot be edited.
        """
        if name in self._pairs:
            self._write(self._value(name), self._data[name], value, name)
        else:
            self._add(name, value)
        self._data[name] = as_read(value)

    def merge(self, name: str, values: Fields, cls: type[Record]) -> None:
        """Sets fields of the record in a field, which is made if it is not there; what else it says stays.

        Raises:
            ChangeError: it is written in a way that cannot be edited.
        """
        if name not in self._pairs:
            self.set(name, values)
            return
        node = self._value(name)
        if not isinstance(node, yaml_tree.Mapping):
            raise self._refused(name)
        inner = RecordEdits(self._sheet, node, self._data[name], order_of(cls), self._depth + 2)
        for one, value in values.items():
            inner.set(one, value)

    def append(self, name: str, items: Sequence[Value], *, spread: bool = False) -> None:
        """Adds items to the end of a list, which is made if it is not there; `spread` puts a field on each line.

        Raises:
            ChangeError: it is written in a way that cannot be edited.
        """
        if name not in self._pairs:
            self._add(name, items, spread=spread)
            self._data[name] = as_read(items)
            return
        node = self._value(name)
        if not isinstance(node, yaml_tree.Sequence):
            raise self._refused(name)
        self._extend(node, items, name, spread=spread)
        self._data[name] += as_read(items)

    def _write(self, node: Node, said: Any, value: Value, name: str) -> None:
        """Makes a value say another one; `said` is what it says."""
        read = as_read(value)
        if repr(said) == repr(read):  # 1 is not true
            return
        if isinstance(node, yaml_tree.Mapping) and isinstance(value, Mapping) and said and said.keys() <= value.keys():
            inner = RecordEdits(self._sheet, node, said, tuple(value), self._depth + 2)
            for one, part in value.items():
                inner.set(one, part)
        elif isinstance(node, yaml_tree.Sequence) and isinstance(read, list) and len(said) <= len(read):
            self._lengthen(node, said, value, name)
        else:
            self._replace(node, value, name)

    def _lengthen(self, node: yaml_tree.Sequence, said: Any, value: Any, name: str) -> None:
        last = node.start
        for one, old, new in zip(node.items, said, value, strict=False):
            if one.start < last:  # an alias
                raise self._refused(name)
            self._write(one, old, new, name)
            last = one.end
        if len(value) > len(said):
            self._extend(node, value[len(said) :], name)

    def _replace(self, node: Node, value: Value, name: str) -> None:
        start, end = self._layout.extent(node)
        written = self._layout.text[start:end]
        if written[:1] in {"&", "!"} or (not isinstance(node, Scalar) and _COMMENT.search(written)):
            raise self._refused(name)
        if isinstance(node, yaml_tree.Sequence) and written[:1] == "-" and is_records(value):
            rows = [row for one in value for row in item(one, self._layout.column(start))]
            text = self._layout.newline(start).join(rows).lstrip(" ")
        elif isinstance(node, Scalar) and isinstance(value, str | int | float | PartialDate):
            text = requoted(written, value)
        else:
            text = flow(value)
        self._sheet.replace(start, end, text if written else f" {text}")

    def _extend(self, node: yaml_tree.Sequence, items: Sequence[Value], name: str, *, spread: bool = False) -> None:
        depth = self._depth + 1
        body = self._layout.body(node)
        if self._layout.text.startswith("[", body):
            at = self._layout.extent(node.items[-1])[1] if node.items else body + 1
            self._sheet.add(at, depth, (", " if node.items else "") + ", ".join(map(flow, items)))
            return
        indent = self._layout.dash(node)
        if indent is None:
            raise self._refused(name)
        at = self._line_end(self._layout.end(node, indent + 1), name)
        newline = self._layout.newline(at)
        for one in items:
            self._sheet.add(at, depth, "".join(newline + row for row in item(one, indent, spread=spread)))

    def _add(self, name: str, value: Value, *, spread: bool = False) -> None:
        """Adds a field behind the last one that comes before it; the last field of all behind all others."""
        if not self._pairs:
            lead = ", " if self._data else ""
            self._sheet.add(self._layout.body(self._node) + 1, self._depth, f"{lead}{name}: {flow(value)}")
            return
        after = self._before(name)
        if self._layout.text.startswith("{", self._layout.body(self._node)):
            end = self._layout.extent(self._value(after))[1]
            self._sheet.add(end, self._depth, self._in_line(end, f"{name}: {flow(value)}"))
            return
        column = self._layout.column(self._pairs[after][0].start)
        last = after == list(self._pairs)[-1]
        end = self._layout.end(self._node, column) if last else self._layout.end(self._value(after), column + 1)
        at = self._line_end(end, name)
        rows = list(field(name, value, column, spread=spread))
        gap = [""] if self._depth == 0 and len(rows) > 1 else []
        self._sheet.add(at, self._depth, "".join(self._layout.newline(at) + row for row in [*gap, *rows]))

    def _before(self, name: str) -> str:
        """The field that a new one comes behind."""
        known = [other for other in self._order[: self._order.index(name)] if other in self._pairs]
        if name == self._order[-1]:
            known.sort(key=lambda other: self._pairs[other][0].start)
        return known[-1] if known else list(self._pairs)[-1]

    def _in_line(self, at: int, text: str) -> str:
        """What is put at `at` of a record in braces; a line that grows too long is broken before it or behind it."""
        source = self._layout.text
        begin, stop = source.rfind("\n", 0, at) + 1, source.find("\n", at)
        if (stop if stop >= 0 else len(source)) - begin + len(text) <= WIDTH:
            return f", {text}"
        broken = self._layout.newline(at) + " " * (len(source[begin:at]) - len(source[begin:at].lstrip(" ")) + 2)
        if source[at : at + 2] == ", ":
            self._sheet.replace(at + 1, at + 2, broken)
            return f", {text}"
        return f",{broken}{text}"

    def _value(self, name: str) -> Node:
        """The value of a field, where it is written behind its name.

        Raises:
            ChangeError: it is an alias of another place, or the field is written twice.
        """
        key, value = self._pairs[name]
        names = [other.text for other, _ in self._node.pairs if isinstance(other, Scalar)]
        if value.start < key.end or names.count(name) > 1:  # an alias has the place of its anchor
            raise self._refused(name)
        return value

    def _line_end(self, at: int, name: str) -> int:
        end = self._layout.line_end(at)
        if end is None:
            raise self._refused(name)
        return end

    def _refused(self, name: str) -> ChangeError:
        source = self._layout.source
        at = self._pairs[name][0].start if name in self._pairs else self._node.start
        place = f"{source.path}:{source.position(at).line}"
        return ChangeError(f"{place}: `{name}` is written in a way that is not edited here; change it by hand")


def order_of(cls: type[Record]) -> tuple[str, ...]:
    """The fields of a class in order, without those that every record has."""
    common = {spec.name for spec in fields(Sourced)}
    return tuple(spec.name for spec in fields(cls) if spec.name not in common)
