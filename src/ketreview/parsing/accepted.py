"""What a field of each type accepts: the one place that says it, for both readers of reviews."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Any

from ketreview.model.partial_date import PartialDate
from ketreview.model.record import Length, Pattern, Range
from ketreview.parsing.reading import BAD
from ketreview.parsing.yaml_tree import Value
from ketreview.patterns import regex

# The value of a field, of a scalar's text and of what YAML takes it for; BAD where the field cannot have it.
Accept = Callable[[str, Value], Any]
# Whether a value is as a mark asks; what is given counts as true or false.
Condition = Callable[[Any], object]


def accepted(hint: Any) -> Accept:
    """What a field of a type or a vocabulary accepts."""
    if not issubclass(hint, StrEnum):
        return _TYPES[hint]
    members = {member.value: member for member in hint}
    return lambda written, _: members.get(written, BAD)


def text(_: str, value: Value) -> Any:
    """A text, and nothing else as one."""
    return value if type(value) is str else BAD


def _integer(_: str, value: Value) -> Any:
    return value if type(value) is int else BAD


def _number(_: str, value: Value) -> Any:
    return value if type(value) in {int, float} else BAD


def _boolean(_: str, value: Value) -> Any:
    return value if type(value) is bool else BAD


def _date(written: str, _: Value) -> Any:
    return _parsed(written) or BAD


_parsed = lru_cache(maxsize=4096)(PartialDate.parse)
"""The same few dates stand all over a project."""


_TYPES: dict[Any, Accept] = {str: text, int: _integer, float: _number, bool: _boolean, PartialDate: _date}


def condition(mark: Any) -> Condition | None:
    """What a mark of an annotation asks of a value that its type accepts."""
    if isinstance(mark, Pattern):
        return regex(mark.regex).fullmatch
    if isinstance(mark, Range):
        return lambda value: mark.low <= value <= mark.high
    if isinstance(mark, Length):
        return lambda value: len(value) == mark.items
    return None
