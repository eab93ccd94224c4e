"""A located tree as plain Python data, which is what a JSON Schema judges."""

from __future__ import annotations

from typing import Any

from ketreview.parsing.yaml_tree import Node, Scalar, Sequence


def plain(node: Node) -> Any:
    """Lists, dicts and scalars; dates are texts, as YAML 1.2 has them. A key must be a scalar."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    pairs: dict[str, Any] = {}
    for key, value in node.pairs:
        assert isinstance(key, Scalar)
        pairs.setdefault(key.text, plain(value))
    return pairs
