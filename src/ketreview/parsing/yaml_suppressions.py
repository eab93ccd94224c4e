"""Comments in a review that accept a finding: `# ketreview: ignore[KR603] the reason`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from ketreview.model.suppression import Suppression
from ketreview.parsing import yaml_tree
from ketreview.parsing.suppressions import comment, is_alone, suppression
from ketreview.parsing.yaml_tree import Node, Scalar, Sequence
from ketreview.source import Source

_YAML = comment("#")


def in_yaml(source: Source, tree: Node) -> tuple[Suppression, ...]:
    """The suppressions of a review. A `#` inside a scalar is no comment."""
    scalars = sorted((node.start, node.end) for node in _nodes(tree) if isinstance(node, Scalar))
    starts = [start for start, _ in scalars]

    def in_scalar(offset: int) -> bool:
        index = bisect_left(starts, offset + 1) - 1
        return index >= 0 and offset < scalars[index][1]

    comments = [match for match in _YAML.finditer(source.text) if not in_scalar(match.start())]
    if not comments:
        return ()
    blocks = _yaml_blocks(source, tree)
    lines = sorted(blocks)
    return tuple(suppression(source, match, blocks, lines, alone=is_alone(source, match)) for match in comments)


def _yaml_blocks(source: Source, tree: Node) -> dict[int, int]:
    """For each line that begins a record or a field: the line where that ends."""
    blocks: dict[int, int] = {}

    def begin(start: int, end: int) -> None:
        line = source.position(start).line
        blocks[line] = max(blocks.get(line, 0), source.position(max(start, end - 1)).line)

    for node in _nodes(tree):
        if isinstance(node, Sequence):
            for item in node.items:
                begin(item.start, item.end)
        elif isinstance(node, yaml_tree.Mapping):
            for key, value in node.pairs:
                begin(key.start, value.end)
    return blocks


def _nodes(tree: Node) -> Iterator[Node]:
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, Sequence):
            pending.extend(node.items)
        elif isinstance(node, yaml_tree.Mapping):
            pending.extend(part for pair in node.pairs for part in pair)
