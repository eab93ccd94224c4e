"""Edits of one record of a YAML file: fields set or added, items appended; everything else stays byte for byte.

The record may be written as a block or in one line; what is added takes the manner of what is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ketreview.changes.change import ChangeError
from ketreview.changes.yaml_values import WIDTH, Value, field, flow, item, requoted
from ketreview.edits import Edit
from ketreview.parsing import yaml_tree
from ketreview.parsing.yaml_tree import Node, Scalar
from ketreview.patterns import regex
from ketreview.source import Source, Span

_REST = regex(r"[ \t]*(?:#[^\r\n]*)?(?=\r?\n|\Z)")
_DASH = regex(r"([ ]*)-[ ]+")
_PROPERTIES = regex(r"(?:[&!]\S*\s+)*")


class RecordEdits:
    """Gathers the edits of one record, whose fields come in `order`."""

    def __init__(self, source: Source, node: yaml_tree.Mapping, order: Sequence[str]) -> None:
        self._source, self._node, self._order = source, node, order
        self._pairs = {key.text: (key, value) for key, value in node.pairs if isinstance(key, Scalar)}
        self._replaced: list[Edit] = []
        self._added: defaultdict[int, list[str]] = defaultdict(list)
        self._block = not self._opens(node, "{")

    @property
    def edits(self) -> Iterator[Edit]:
        """The edits of the record and of the records in it that were asked for."""
        yield from self._replaced
        for at, texts in self._added.items():
            yield Edit(Span(self._source, at, at), "".join(texts))

    def set(self, name: str, value: Value) -> None:
        """Gives a field a value.

        Raises:
            ChangeError: it is written in a way that cannot be edited.
        """
        if name not in self._pairs:
            self._add(name, value)
            return
        node = self._value(name)
        start, end = self._extent(node)
        written = self._source.text[start:end]
        if not isinstance(node, Scalar) or written[:1] in {"&", "!"}:
            raise self._refused(name)
        text = flow(value) if written[:1] in {"|", ">"} else requoted(written, value)
        self._replaced.append(Edit(Span(self._source, start, end), text))

    def inner(self, name: str, order: Sequence[str]) -> RecordEdits | None:
        """The record in a field of this one, whose edits are this one's; None if there is none.

        Raises:
            ChangeError: it is written in a way that cannot be edited.
        """
        if name not in self._pairs:
            return None
        node = self._value(name)
        if not isinstance(node, yaml_tree.Mapping):
            raise self._refused(name)
        inner = RecordEdits(self._source, node, order)
        inner._replaced, inner._added = self._replaced, self._added  # both may add at one place
        return inner

    def append(self, name: str, items: Sequence[Value]) -> None:
        """Adds items to the end of a list, which is made if it is not there.

        Raises:
            ChangeError: it is written in a way that cannot be edited.
        """
        if name not in self._pairs:
            self._add(name, items)
            return
        node = self._value(name)
        if not isinstance(node, yaml_tree.Sequence):
            raise self._refused(name)
        if self._opens(node, "["):
            at = self._extent(node.items[-1])[1] if node.items else node.start + 1
            lead = ", " if node.items else ""
            self._added[at].append(lead + ", ".join(map(flow, items)))
            return
        first = self._source.text.rfind("\n", 0, node.items[0].start) + 1
        dash = _DASH.fullmatch(self._source.text, first, node.items[0].start)
        if dash is None:
            raise self._refused(name)
        at = self._line_end(self._extent(node.items[-1])[1], name)
        self._added[at] += [f"{self._newline(at)}{row}" for one in items for row in item(one, dash[1])]

    def _add(self, name: str, value: Value) -> None:
        """Adds a field behind the last one that comes before it; the last field of all behind all others."""
        known = [other for other in self._order[: self._order.index(name)] if other in self._pairs]
        if name == self._order[-1]:
            known.sort(key=lambda other: self._pairs[other][0].start)
        after = known[-1] if known else list(self._pairs)[-1]
        end = self._extent(self._value(after))[1]
        if self._block:
            column = self._source.position(self._pairs[after][0].start).column - 1
            at = self._line_end(end, name)
            self._added[at] += [f"{self._newline(at)}{row}" for row in field(name, value, " " * column)]
        else:
            self._added[end].append(self._in_line(end, f"{name}: {flow(value)}"))

    def _in_line(self, at: int, text: str) -> str:
        """What is put at `at` of a record in braces; a line that grows too long is broken before it or behind it."""
        source = self._source.text
        begin, stop = source.rfind("\n", 0, at) + 1, source.find("\n", at)
        length = (stop if stop >= 0 else len(source)) - begin + len(text)
        if length <= WIDTH:
            return f", {text}"
        broken = self._newline(at) + " " * (len(source[begin:at]) - len(source[begin:at].lstrip(" ")) + 2)
        if source[at : at + 2] == ", ":
            self._replaced.append(Edit(Span(self._source, at + 1, at + 2), broken))
            return f", {text}"
        return f",{broken}{text}"

    def _value(self, name: str) -> Node:
        """The value of a field, where it is written behind its name.

        Raises:
            ChangeError: it is an alias of another place.
        """
        key, value = self._pairs[name]
        if value.start < key.end:  # an alias stands behind its anchor, and has the anchor's place
            raise self._refused(name)
        return value

    def _opens(self, node: Node, bracket: str) -> bool:
        """Whether a value is written in brackets, behind its anchor."""
        properties = _PROPERTIES.match(self._source.text, node.start)
        return self._source.text.startswith(bracket, properties.end() if properties else node.start)

    def _newline(self, at: int) -> str:
        """How the line at `at` ends, or the one before where it is the last."""
        text = self._source.text
        end = text.find("\n", at)
        end = end if end >= 0 else text.rfind("\n", 0, at)
        return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"

    def _extent(self, node: Node) -> tuple[int, int]:
        """Where a value is written; a block scalar ends with its last line."""
        end = node.end
        while end > node.start and self._source.text[end - 1] in " \t\r\n":
            end -= 1
        return node.start, end

    def _line_end(self, at: int, name: str) -> int:
        """The end of the line at `at`, where nothing but a comment follows."""
        rest = _REST.match(self._source.text, at)
        if rest is None:
            raise self._refused(name)
        return rest.end()

    def _refused(self, name: str) -> ChangeError:
        begin = self._source.position(self._node.start)
        place = f"{self._source.path}:{begin.line}"
        return ChangeError(f"{place}: `{name}` is written in a way that is not edited here; change it by hand")


def fields_of(node: Node | None) -> Mapping[str, Node]:
    """The fields of a mapping by their names."""
    if not isinstance(node, yaml_tree.Mapping):
        return {}
    return {key.text: value for key, value in node.pairs if isinstance(key, Scalar)}
