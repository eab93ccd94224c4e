"""Whether an edited review, read again, is what the import says and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ketreview.changes.change import ChangeError
from ketreview.changes.record_edits import fields_of
from ketreview.changes.trials.updates import Update
from ketreview.changes.yaml_values import Value
from ketreview.model.partial_date import PartialDate
from ketreview.parsing import yaml_tree
from ketreview.parsing.reviews import parse_review
from ketreview.parsing.yaml_tree import Node, Scalar
from ketreview.source import Source


def require_as_meant(before: Source, after: Source, changed: Mapping[str, Sequence[Update]], read: PartialDate) -> None:
    """Holds that the trials say what they are to say, by their ids, and that everything else says what it said.

    Raises:
        ChangeError: they do not: the file is written in a way that is not edited here.
    """
    old, new = parse_review(before.path, before.text.encode()), parse_review(after.path, after.text.encode())
    wanted = _read(before)
    for trial in wanted["trials"]:
        _apply(trial, changed.get(trial.get("id"), ()), read)
    if len(old.diagnostics) != len(new.diagnostics) or wanted != _read(after):
        raise ChangeError(f"{before.path} is written in a way that is not edited here; change it by hand")


def _apply(trial: dict[str, Any], found: Sequence[Update], read: PartialDate) -> None:
    for update in found:
        name, _, inner = update.field.partition(".")
        value = _plain(update.value)
        if inner:
            trial.setdefault(name, {})[inner] = value
        else:
            trial[name] = [*trial.get(name, ()), *value] if isinstance(value, list) else value
    history = [_plain(update.record(read)) for update in found if update.recorded]
    if history:
        trial["changes"] = [*trial.get("changes", ()), *history]


def _plain(value: Value) -> Any:
    """A value as it is read from a file."""
    if isinstance(value, PartialDate):
        return str(value) if value.month else value.year
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return list(value) if isinstance(value, list | tuple) else value


def _read(source: Source) -> Any:
    return _data(yaml_tree.parse(source)[0])


def _data(node: Node | None) -> Any:
    if isinstance(node, yaml_tree.Sequence):
        return [_data(item) for item in node.items]
    if isinstance(node, Scalar):
        return node.value
    return {name: _data(value) for name, value in fields_of(node).items()}
