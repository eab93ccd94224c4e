"""YAML text to a tree of nodes with offsets, built from libyaml's events with an explicit stack."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from math import isfinite
from typing import Any, NamedTuple

import yaml

from ketreview.diagnostics import Diagnostic, fault, shown
from ketreview.parsing.faults import HOSTILE_YAML, YAML_SYNTAX
from ketreview.parsing.yaml_breaks import hidden_break
from ketreview.parsing.yaml_events import BEGINNINGS, ENDS, SCALAR, events
from ketreview.patterns import regex
from ketreview.source import Source, Span

MAX_DEPTH = 100
MAX_SIZE = 16 << 20
_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"
_LIBYAML_TOO_DEEP = "exceeded maximum nesting depth"
"""What newer versions of libyaml say of 1,000 levels, which they meet while they look ahead on a line."""
_MAX_EXPANDED = 10  # aliases may make a file this many times larger, and never larger than _ALWAYS_ALLOWED nodes
_ALWAYS_ALLOWED = 10_000

Value = str | int | float | bool | None


class Scalar(NamedTuple):
    """A scalar, resolved by YAML 1.2's core schema."""

    start: int
    end: int
    value: Value
    text: str
    plain: bool


class Sequence(NamedTuple):
    """A list of nodes."""

    start: int
    end: int
    items: list[Node]


class Mapping(NamedTuple):
    """Pairs of key and value, as written: repeated keys are still there."""

    start: int
    end: int
    pairs: list[tuple[Node, Node]]


Node = Scalar | Sequence | Mapping
_scalar: Callable[[tuple[int, int, Value, str, bool]], Scalar] = partial(tuple.__new__, Scalar)
"""Makes a scalar at half the time, for a file has tens of thousands."""

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(["", "~", "null", "Null", "NULL"]),
    **dict.fromkeys(["true", "True", "TRUE"], True),
    **dict.fromkeys(["false", "False", "FALSE"], False),
}
_NUMERIC = frozenset("+-.0123456789")
FIRST_SIGNS = _NUMERIC.union(word[:1] for word in _WORDS)
"""With what a plain scalar begins that may be another thing than a text."""
_INT = regex(r"[-+]?[0-9]+", re.ASCII)
_FLOAT = regex(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_MAX_DIGITS = 18  # of a whole number; a longer one is an identifier, not a quantity
_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset({"!", f"{_CORE}str", f"{_CORE}seq", f"{_CORE}map"})


def parse(source: Source) -> tuple[Node | None, list[Diagnostic]]:
    """The tree of a text's first document; None, with a finding, where there is none that can be used."""
    if len(source.text) > MAX_SIZE:
        return None, [fault(HOSTILE_YAML, Span(source, 0, 0), f"the file is larger than {MAX_SIZE >> 20} MiB")]
    try:
        return _Builder(source).tree(), []
    except _RefusedError as refusal:
        return None, [fault(HOSTILE_YAML, Span(source, refusal.start, refusal.end), refusal.reason)]
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(source, error)]
    except yaml.reader.ReaderError as error:
        message = f"the character U+{ord(str(error.character)[0]):04X} is not allowed in YAML"
        return None, [fault(YAML_SYNTAX, Span(source, error.position, error.position + 1), message)]


def _syntax(source: Source, error: yaml.MarkedYAMLError) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    offset = min(mark.index, len(source.text)) if mark else len(source.text)
    if error.problem == _LIBYAML_TOO_DEEP:
        return fault(HOSTILE_YAML, Span(source, offset, offset + 1), _TOO_DEEP)
    if (hidden := hidden_break(source, offset, _fails_at)) is not None:
        return hidden
    message = " ".join(part for part in (error.problem, error.context) if part) or "not YAML"
    if error.context_mark is not None and mark is not None and error.context_mark.index != mark.index:
        begin = source.position(min(error.context_mark.index, len(source.text)))
        message += f" that begins at line {begin.line}, column {begin.column}"
    return fault(YAML_SYNTAX, Span(source, offset, offset), message)


def _fails_at(text: str) -> int:
    """Where reading a text fails; behind its end where it does not."""
    next_event = events(text)
    try:
        while next_event() is not None:
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return mark.index if mark else 0
    return len(text) + 1


class _RefusedError(Exception):
    def __init__(self, start: int, end: int, reason: str) -> None:
        self.start, self.end, self.reason = start, end, reason


class _Builder:
    """Takes events one by one.

    `children` are the nodes of the innermost collection that is open. `stack` holds, of each open collection, its
    event, the nodes around it and how many nodes had begun before it. A node that has an anchor is kept with its
    weight: its size with its aliases expanded, which sharing hides.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.children: list[Node] = []
        self.stack: list[tuple[Any, list[Node], int]] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.closed = 0
        self.expanded = 0
        self.documents = 0

    def tree(self) -> Node | None:
        """The root; scalars are taken here, as two of three events are."""
        next_event = events(self.source.text)
        children = self.children
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is SCALAR:
                start, end, text = event.start_mark.index, event.end_mark.index, event.value
                if event.tag is not None:
                    self.check_tag(event.tag, start, end)
                plain = event.tag is None and event.implicit[0]
                value = resolved(text) if plain and text[:1] in FIRST_SIGNS else text
                children.append(node := _scalar((start, end, value, text, plain)))
                if event.anchor is not None:
                    self.anchors[event.anchor] = (node, 1)
            elif kind in BEGINNINGS:
                children = self.open(event)
            elif kind in ENDS:
                children = self.close(event)
            elif kind is yaml.AliasEvent:
                self.alias(event)
            elif kind is yaml.DocumentStartEvent:
                self.document(event)
        return children[0] if children else None

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            start, end = event.start_mark.index, event.end_mark.index
            raise _RefusedError(start, end, "a review is one document, without `---` in it")

    def check_tag(self, tag: str, start: int, end: int) -> None:
        if tag not in _PLAIN_TAGS:
            reason = f"the tag {shown(tag.replace(_CORE, '!!'))} is not plain YAML; write the value without it"
            raise _RefusedError(start, end, reason)

    def open(self, event: Any) -> list[Node]:
        if event.tag is not None:
            self.check_tag(event.tag, event.start_mark.index, event.end_mark.index)
        if len(self.stack) >= MAX_DEPTH:
            raise _RefusedError(event.start_mark.index, event.end_mark.index, _TOO_DEEP)
        self.stack.append((event, self.children, self.weight() if event.anchor is not None else 0))
        self.children = []
        return self.children

    def close(self, event: Any) -> list[Node]:
        inner = self.children
        begun, self.children, before = self.stack.pop()
        start = begun.start_mark.index
        end = trimmed(self.source.text, event.end_mark.index, start)
        if type(begun) is yaml.SequenceStartEvent:
            node: Node = Sequence(start, end, inner)
        else:
            node = Mapping(start, end, list(zip(inner[::2], inner[1::2], strict=True)))
        self.closed += len(inner)
        self.children.append(node)
        if begun.anchor is not None:
            self.anchors[begun.anchor] = (node, self.weight() - before)
        return self.children

    def alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            start, end = event.start_mark.index, event.end_mark.index
            raise _RefusedError(start, end, f"`*{event.anchor}` has no anchor before it, or stands inside it")
        node, weight = self.anchors[event.anchor]
        self.children.append(node)
        self.expanded += weight - 1
        total = self.weight()
        if total > _ALWAYS_ALLOWED and total > _MAX_EXPANDED * self.written():
            start, end = event.start_mark.index, event.end_mark.index
            raise _RefusedError(start, end, "aliases that expand to far more than the file holds")

    def written(self) -> int:
        """How many nodes have ended."""
        return self.closed + len(self.children) + sum(len(around) for _, around, _ in self.stack)

    def weight(self) -> int:
        """How many nodes have begun, aliases expanded."""
        return self.written() + len(self.stack) + self.expanded


def trimmed(text: str, end: int, start: int) -> int:
    """A block collection ends where the next token begins; findings end where its last line does."""
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    return end


def resolved(text: str) -> Value:
    """What a plain scalar is by YAML 1.2's core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if text[:1] not in _NUMERIC:
        return text
    if _INT.fullmatch(text):
        return int(text) if len(text) <= _MAX_DIGITS else text
    if _FLOAT.fullmatch(text) and isfinite(number := float(text)):
        return number
    return text
