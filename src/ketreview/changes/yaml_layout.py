"""Where values stand in the text of a YAML file, and what may be put behind them."""

from __future__ import annotations

from ketreview.changes.yaml_scalar import PROPERTIES
from ketreview.parsing.yaml_tree import Node, Sequence
from ketreview.patterns import regex
from ketreview.source import Source

_REST = regex(r"[ \t]*(?:#[^\r\n]*)?(?=\r?\n|\Z)")
_COMMENT = regex(r"([ \t]*)(#[^\r\n]*)?\r?")
_DASH = regex(r"([ ]*)-[ ]+")


class Layout:
    """The text of a file, asked for places."""

    def __init__(self, source: Source) -> None:
        self.source, self.text = source, source.text

    def body(self, node: Node) -> int:
        """Where a value begins behind its anchor and tag."""
        properties = PROPERTIES.match(self.text, node.start)
        return properties.end() if properties else node.start

    def extent(self, node: Node) -> tuple[int, int]:
        """Where a value is written, without the line end behind a block."""
        return node.start, node.start + len(self.text[node.start : node.end].rstrip(" \t\r\n"))

    def end(self, node: Node, indent: int) -> int:
        """Where a value really ends: comments below it that stand further out than `indent` are about what follows."""
        start, end = self.extent(node)
        while (cut := self.text.rfind("\n", start, end)) >= 0:
            found = _COMMENT.fullmatch(self.text, cut + 1, end)
            if found is None or (found[2] and len(found[1]) >= indent):
                break
            end = cut - self.text.endswith("\r", start, cut)
        return end

    def line_end(self, at: int) -> int | None:
        """The end of the line at `at`; none where more than a comment follows."""
        rest = _REST.match(self.text, at)
        return rest.end() if rest else None

    def newline(self, at: int) -> str:
        """How the line at `at` ends, or the one before where it is the last."""
        end = self.text.find("\n", at)
        end = end if end >= 0 else self.text.rfind("\n", 0, at)
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"

    def column(self, at: int) -> int:
        """How many characters stand before `at` on its line."""
        return at - (self.text.rfind("\n", 0, at) + 1)

    def dash(self, node: Sequence) -> int | None:
        """How far in the items of a block list stand; none where its first line holds more."""
        first = node.items[0].start
        found = _DASH.fullmatch(self.text, first - self.column(first), first)
        return len(found[1]) if found else None
