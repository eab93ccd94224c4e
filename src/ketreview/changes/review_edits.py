"""Edits of one review file, which are given out only if the file that they make says what was asked for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ketreview.changes.change import ChangeError
from ketreview.changes.record_edits import RecordEdits, Sheet, order_of
from ketreview.changes.yaml_layout import Layout
from ketreview.edits import Edit, edited
from ketreview.model.record import Record
from ketreview.model.review import Review
from ketreview.parsing import yaml_tree
from ketreview.parsing.reviews import parse_review
from ketreview.parsing.yaml_tree import Node, Scalar
from ketreview.source import Source


class ReviewEdits:
    """Gathers edits of a file, record by record.

    Raises:
        ChangeError: the file cannot be read.
    """

    def __init__(self, source: Source) -> None:
        tree, faults = yaml_tree.parse(source)
        if faults or not isinstance(tree, yaml_tree.Mapping):
            raise ChangeError(f"{source.path} cannot be read; run `ketreview check {source.path}` first")
        self._source, self._sheet = source, Sheet(Layout(source))
        self._meant = data_of(tree)
        self._records: dict[int, tuple[yaml_tree.Mapping, Any, int]] = {}
        for node, data, depth in _mappings(tree, self._meant, 0):
            self._records.setdefault(node.start, (node, data, depth))
        self.root = RecordEdits(self._sheet, tree, self._meant, order_of(Review), 0)
        """The review itself."""

    def record(self, record: Record) -> RecordEdits:
        """The edits of a record that was read from the file."""
        node, data, depth = self._records[record.span().start]
        return RecordEdits(self._sheet, node, data, order_of(type(record)), depth)

    def edits(self) -> tuple[Edit, ...]:
        """The edits, after which the file says what it said but for what they set.

        Raises:
            ChangeError: it does not, as somebody wrote it in a way that is not edited here; or what it then says is no
                review.
        """
        edits = self._sheet.edits
        path = self._source.path
        try:
            after = Source(path, edited(self._source, edits))
        except ValueError:  # two records that are one place
            after = self._source
        if _written(data_of(yaml_tree.parse(after)[0])) != _written(self._meant):
            raise ChangeError(f"{path} is written in a way that is not edited here; change it by hand")
        old, new = (parse_review(path, source.text.encode()).diagnostics for source in (self._source, after))
        known = Counter(fault.message for fault in old)
        if worse := Counter(fault.message for fault in new) - known:
            raise ChangeError(f"{path}: {next(iter(worse))}; nothing was written")
        return edits


def data_of(node: Node | None) -> Any:
    """What a tree says, in lists and dictionaries; an alias says it again."""
    if isinstance(node, yaml_tree.Sequence):
        return [data_of(one) for one in node.items]
    if isinstance(node, yaml_tree.Mapping):
        return {name: data_of(value) for name, value in fields_of(node).items()}
    return node.value if node else None


def fields_of(node: yaml_tree.Mapping) -> dict[str, Node]:
    """The fields of a mapping by their names; of one that is written twice, the last."""
    return {key.text: value for key, value in node.pairs if isinstance(key, Scalar)}


def _written(data: Any) -> str:
    """One text for one meaning: `1`, `1.0` and `true` are three."""
    return json.dumps(data, sort_keys=True)


def _mappings(node: Node, data: Any, depth: int) -> Iterator[tuple[yaml_tree.Mapping, Any, int]]:
    """Each mapping of a tree with what it says and how deep it is, counted in steps of two, as lists lie between."""
    if isinstance(node, yaml_tree.Sequence):
        for one, said in zip(node.items, data, strict=True):
            yield from _mappings(one, said, depth)
    elif isinstance(node, yaml_tree.Mapping):
        yield node, data, depth
        for name, value in fields_of(node).items():
            yield from _mappings(value, data[name], depth + 2)
