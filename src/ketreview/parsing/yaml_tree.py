"""YAML text to a tree of nodes with offsets, built from libyaml's events with an explicit stack."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

import yaml

from ketreview.diagnostics import Diagnostic, fault, shown
from ketreview.parsing.faults import HOSTILE_YAML, YAML_SYNTAX
from ketreview.source import Source, Span

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml reads the same, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_DEPTH = 100
MAX_SIZE = 16 << 20
_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"
_LIBYAML_TOO_DEEP = "exceeded maximum nesting depth"
"""What newer versions of libyaml say of 1,000 levels, which they meet while they look ahead on a line."""
_MAX_EXPANDED = 10  # aliases may make a file this many times larger, and never larger than _ALWAYS_ALLOWED nodes
_ALWAYS_ALLOWED = 10_000

Value = str | int | float | bool | None


@dataclass(slots=True)
class Scalar:
    """A scalar, resolved by YAML 1.2's core schema."""

    start: int
    end: int
    value: Value
    text: str
    plain: bool


@dataclass(slots=True)
class Sequence:
    """A list of nodes."""

    start: int
    end: int
    items: list[Node]


@dataclass(slots=True)
class Mapping:
    """Pairs of key and value, as written: repeated keys are still there."""

    start: int
    end: int
    pairs: list[tuple[Node, Node]]


Node = Scalar | Sequence | Mapping

_NULL = re.compile(r"|~|null|Null|NULL")
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_MAX_DIGITS = 18  # of a whole number; a longer one is an identifier, not a quantity
_RESOLVABLE = frozenset(["", *"~nNtTfF+-.0123456789"])
_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset({"!", f"{_CORE}str", f"{_CORE}seq", f"{_CORE}map"})


def parse(source: Source) -> tuple[Node | None, list[Diagnostic]]:
    """The tree of a text's first document; None, with a finding, where there is none that can be used."""
    if len(source.text) > MAX_SIZE:
        return None, [fault(HOSTILE_YAML, Span(source, 0, 0), f"the file is larger than {MAX_SIZE >> 20} MiB")]
    builder = _Builder(source)
    try:
        for event in _events(source.text):
            builder.take(event)
    except _RefusedError as refusal:
        return None, [fault(HOSTILE_YAML, Span(source, refusal.start, refusal.end), refusal.reason)]
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(source, error)]
    except yaml.reader.ReaderError as error:
        message = f"the character U+{ord(str(error.character)[0]):04X} is not allowed in YAML"
        return None, [fault(YAML_SYNTAX, Span(source, error.position, error.position + 1), message)]
    finally:
        builder.handlers.clear()  # they hold the builder, which holds the tree, and a run collects no cycles
    return builder.root, []


def _events(text: str) -> Iterator[yaml.Event]:
    # CParser counts characters only for text, and stops at a character that YAML forbids without its offset.
    if (match := yaml.reader.Reader.NON_PRINTABLE.search(text)) is not None:
        raise yaml.reader.ReaderError("", match.start(), match.group(), "", "not allowed")
    return iter(yaml.parse(text, Loader=_Loader))


def _syntax(source: Source, error: yaml.MarkedYAMLError) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    offset = min(mark.index, len(source.text)) if mark else len(source.text)
    if error.problem == _LIBYAML_TOO_DEEP:
        return fault(HOSTILE_YAML, Span(source, offset, offset + 1), _TOO_DEEP)
    message = " ".join(part for part in (error.problem, error.context) if part) or "not YAML"
    if error.context_mark is not None and mark is not None and error.context_mark.index != mark.index:
        begin = source.position(min(error.context_mark.index, len(source.text)))
        message += f" that begins at line {begin.line}, column {begin.column}"
    return fault(YAML_SYNTAX, Span(source, offset, offset), message)


class _RefusedError(Exception):
    def __init__(self, start: int, end: int, reason: str) -> None:
        self.start, self.end, self.reason = start, end, reason


class _Builder:
    """Takes events one by one.

    They are typed loosely, as PyYAML's stubs let a mark be None. `weights` counts a node's size with its aliases
    expanded, which sharing hides.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root: Node | None = None
        self.stack: list[Sequence | Mapping] = []
        self.keys: list[Node | None] = []
        self.anchors: dict[str, Node] = {}
        self.names: list[str | None] = []
        self.weights: dict[int, int] = {}
        self.totals: list[int] = []
        self.written = 0
        self.documents = 0
        self.handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.SequenceStartEvent: self.sequence,
            yaml.MappingStartEvent: self.mapping,
            yaml.SequenceEndEvent: self.close,
            yaml.MappingEndEvent: self.close,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
            yaml.DocumentEndEvent: _ignore,
            yaml.StreamStartEvent: _ignore,
            yaml.StreamEndEvent: _ignore,
        }

    def take(self, event: Any) -> None:
        self.handlers[type(event)](event)

    def scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        text: str = event.value
        plain: bool = event.implicit[0] and event.tag is None
        if event.tag is not None:
            self.check_tag(event.tag, start, end)
        value = _resolve(text) if plain and text[:1] in _RESOLVABLE else text
        self.add(Scalar(start, end, value, text, plain), event.anchor, 1)

    def sequence(self, event: Any) -> None:
        self.open(Sequence(event.start_mark.index, event.end_mark.index, []), event)

    def mapping(self, event: Any) -> None:
        self.open(Mapping(event.start_mark.index, event.end_mark.index, []), event)

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            start, end = event.start_mark.index, event.end_mark.index
            raise _RefusedError(start, end, "a review is one document, without `---` in it")

    def check_tag(self, tag: str, start: int, end: int) -> None:
        if tag not in _PLAIN_TAGS:
            reason = f"the tag {shown(tag.replace(_CORE, '!!'))} is not plain YAML; write the value without it"
            raise _RefusedError(start, end, reason)

    def open(self, node: Sequence | Mapping, event: Any) -> None:
        if event.tag is not None:
            self.check_tag(event.tag, node.start, node.end)
        if len(self.stack) >= MAX_DEPTH:
            raise _RefusedError(node.start, node.end, _TOO_DEEP)
        self.stack.append(node)
        self.keys.append(None)
        self.names.append(event.anchor)
        self.totals.append(1)

    def close(self, event: Any) -> None:
        node = self.stack.pop()
        node.end = _trim(self.source.text, event.end_mark.index, node.start)
        self.keys.pop()
        self.add(node, self.names.pop(), self.totals.pop())

    def alias(self, event: Any) -> None:
        node = self.anchors.get(event.anchor)
        start, end = event.start_mark.index, event.end_mark.index
        if node is None:
            raise _RefusedError(start, end, f"`*{event.anchor}` has no anchor before it, or stands inside it")
        self.add(node, None, self.weights[id(node)])
        if (sum(self.totals) > _ALWAYS_ALLOWED) and sum(self.totals) > _MAX_EXPANDED * self.written:
            raise _RefusedError(start, end, "aliases that expand to far more than the file holds")

    def add(self, node: Node, anchor: str | None, weight: int) -> None:
        self.written += 1
        if anchor is not None:
            self.anchors[anchor] = node
            self.weights[id(node)] = weight
        if not self.stack:
            self.root = node
            return
        self.totals[-1] += weight
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = node
        else:
            parent.pairs.append((key, node))
            self.keys[-1] = None


def _ignore(event: yaml.Event) -> None:
    del event


def _trim(text: str, end: int, start: int) -> int:
    """A block collection ends where the next token begins; findings end where its last line does."""
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    return end


def _resolve(text: str) -> Value:
    if text in _BOOL:
        return _BOOL[text]
    if _NULL.fullmatch(text):
        return None
    if _INT.fullmatch(text):
        return int(text) if len(text) <= _MAX_DIGITS else text
    if _FLOAT.fullmatch(text) and isfinite(number := float(text)):
        return number
    return text
