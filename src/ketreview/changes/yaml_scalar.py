"""Another text for a scalar of a YAML file, written as the old one is: plain, quoted or as a block."""

from __future__ import annotations

import yaml

from ketreview.parsing import yaml_tree
from ketreview.parsing.yaml_tree import Scalar, Sequence
from ketreview.patterns import regex
from ketreview.source import Source

_PROPERTIES = regex(r"(?:[&!]\S*\s+)*")
_STRING = "tag:yaml.org,2002:str"


def rewritten(written: str, old: str, new: str) -> str:
    """`written` is a scalar of the value `old`, with its anchor and tag; the result is one of the value `new`.

    `new` holds no blank, quote or backslash. A plain scalar stays plain where every reader of YAML takes `new` for a
    text, and is quoted else.
    """
    properties = _PROPERTIES.match(written)
    start = properties.end() if properties else 0
    body = written[start:]
    if body.startswith(('"', "'")):
        return f"{written[:start]}{body[0]}{new}{body[0]}"
    if body.startswith(("|", ">")):
        head, _, tail = body.rpartition(old)
        return f"{written[:start]}{head}{new}{tail}"
    return written[:start] + (new if is_plain_text(new) else f'"{new}"')


def is_plain_text(value: str) -> bool:
    """Whether `value` stands for itself in a list and in a block, in YAML 1.2 and in YAML 1.1 (`yes`, `1:30`)."""
    tree, _ = yaml_tree.parse(Source("", f"- {value}\n- [{value}, {value}]\n"))
    if not isinstance(tree, Sequence) or len(tree.items) != 2:  # noqa: PLR2004  as written above
        return False
    block, flow = tree.items
    scalars = [block, *flow.items] if isinstance(flow, Sequence) else []
    same = [item for item in scalars if isinstance(item, Scalar) and item.value == value]
    return len(same) == len(scalars) == 3 and _resolved(value) == _STRING  # noqa: PLR2004  the text and its two neighbours


def _resolved(value: str) -> str:
    """The tag that YAML 1.1 gives a plain scalar; it has `y` and `n` for truth too, PyYAML has not."""
    if value.lower() in {"y", "n"}:
        return ""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    candidates = [*resolvers.get(value[:1], []), *resolvers.get(None, [])]
    return next((tag for tag, pattern in candidates if pattern.match(value)), _STRING)
