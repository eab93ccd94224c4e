"""Values of a JSON tree, each with the way to it, read as what they have to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from ketreview.diagnostics import shown
from ketreview.frozen import field, frozen
from ketreview.model.partial_date import PartialDate
from ketreview.nearest import did_you_mean
from ketreview.parsing.registry.places import Step
from ketreview.patterns import regex

E = TypeVar("E", bound=StrEnum)
_HALF = regex("[\ud800-\udfff]")
_LONGEST = 2_000
_MOST = 10**12


class Fault(NamedTuple):
    """What is wrong with the value at `path`."""

    path: tuple[Step, ...]
    message: str


@frozen(slots=False)
class Node:
    """A record of the tree. What of it is wrong goes to `faults`, and reads as if it were not there."""

    value: Mapping[str, Any]
    path: tuple[Step, ...]
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, message: str, *path: Step) -> None:
        """Notes what is wrong with the record, or with what `path` leads to."""
        self.faults.append(Fault((*self.path, *path), message))

    def record(self, name: str) -> Node:
        """A record in it."""
        found = self._of(name, dict, "a record")
        return Node(found or {}, (*self.path, name), self.faults)

    def records(self, name: str) -> Iterator[Node]:
        """The records of a list in it."""
        for index, item in enumerate(self._of(name, list, "a list") or ()):
            if isinstance(item, dict):
                yield Node(item, (*self.path, name, index), self.faults)
            else:
                self.wrong(f"an item of `{name}` is {kind(item)}; it is a record", name, index)

    def text(self, name: str) -> str:
        """A text in it, on one line."""
        found: str | None = self._of(name, str, "a text")
        return self._checked(found or "", name)

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list in it."""
        items = []
        for index, item in enumerate(self._of(name, list, "a list") or ()):
            if isinstance(item, str):
                items.append(self._checked(item, name, index))
            else:
                self.wrong(f"an item of `{name}` is {kind(item)}; it is a text", name, index)
        return tuple(item for item in items if item)

    def flag(self, name: str) -> bool | None:
        """True or false."""
        found: bool | None = self._of(name, bool, "true or false")
        return found

    def count(self, name: str) -> int | None:
        """A whole number from 0."""
        found = self.value.get(name)
        if found is None or (type(found) is int and 0 <= found <= _MOST):
            return found
        self.wrong(f"`{name}` is {kind(found)}; it is a whole number from 0", name)
        return None

    def date(self, name: str) -> PartialDate | None:
        """A date, whole or partial."""
        text = self.text(name)
        when = PartialDate.parse(text)
        if text and when is None:
            self.wrong(f"`{name}` is {shown(text)}; it is a date: 2026, 2026-01 or 2026-01-29", name)
        return when

    def word(self, name: str, words: type[E]) -> E | None:
        """A word of a closed vocabulary."""
        text = self.text(name)
        known = {member.value: member for member in words}
        if text and text not in known:
            self.wrong(f"`{name}` is {shown(text)}; it is one of {', '.join(known)}{did_you_mean(text, known)}", name)
        return known.get(text)

    def _of(self, name: str, wanted: type, words: str) -> Any:
        found = self.value.get(name)
        if found is None or type(found) is wanted:
            return found
        self.wrong(f"`{name}` is {kind(found)}; it is {words}", name)
        return None

    def _checked(self, text: str, *path: Step) -> str:
        if _HALF.search(text):
            self.wrong("half of a character is no text", *path)
            return ""
        if len(text) > _LONGEST:
            self.wrong(f"the text has {len(text):,} characters; {_LONGEST:,} are read", *path)
            return ""
        return " ".join(text.split())


def kind(value: Any) -> str:
    """What a value of JSON is, in words."""
    names = {dict: "a record", list: "a list", type(None): "empty"}
    if type(value) in names:
        return names[type(value)]
    return ("the text " if isinstance(value, str) else "") + shown(value)
