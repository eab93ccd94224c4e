"""Scalars as the reviews write them: dates and numbers plain, and texts so that every reader takes them for texts."""

from __future__ import annotations

import json
import re

import yaml

from ketreview.model.partial_date import PartialDate
from ketreview.parsing import yaml_tree
from ketreview.parsing.yaml_tree import Scalar, Sequence
from ketreview.patterns import regex
from ketreview.source import Source

PROPERTIES = regex(r"(?:[&!]\S*\s+)*")
"""The anchor and the tag before a value."""
UNPRINTABLE = regex(r"[\x00-\x1f\x7f-\xa0\u2028-\u202e\u200b-\u200f\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
"""What stands in no text but as an escape."""
_STRING = "tag:yaml.org,2002:str"
_DAY = regex(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)
_WORDS = regex(r"(?:[A-Za-z]+ )*[A-Za-z]{4,}")  # no parser is asked about these
_TRUTHS = frozenset({"true", "false", "null"})
_FOLDABLE = regex(r"\S+(?: \S+)*")


def scalar(value: str | float | PartialDate) -> str:
    """A value on one line, as it may stand in a flow collection too."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str) or _DAY.fullmatch(value):
        return str(value)
    return value if is_plain_text(value) else _quoted(value)


def requoted(written: str, value: str | float | PartialDate) -> str:
    """A value in the quotes that `written` has; in none where that has none, and for what is no text."""
    if written[:1] in {'"', "'"} and (isinstance(value, str) or (isinstance(value, PartialDate) and value.month)):
        text = str(value)
        single = written[0] == "'" and not UNPRINTABLE.search(text)
        return "'" + text.replace("'", "''") + "'" if single else _quoted(text)
    return scalar(value)


def rewritten(written: str, old: str, new: str) -> str:
    """`written` is a scalar of the value `old`, with its anchor and tag; the result is one of the value `new`.

    `new` holds no blank, quote or backslash. A plain scalar stays plain where every reader of YAML takes `new` for a
    text, and is quoted else.
    """
    properties = PROPERTIES.match(written)
    start = properties.end() if properties else 0
    body = written[start:]
    if body.startswith(("|", ">")):
        head, _, tail = body.rpartition(old)
        return f"{written[:start]}{head}{new}{tail}"
    if body.startswith(('"', "'")) or is_plain_text(new):
        return written[:start] + requoted(body, new)
    return written[:start] + _quoted(new)


def is_plain_text(value: str) -> bool:
    """Whether `value` stands for itself in a list and in a block, in YAML 1.2 and in YAML 1.1 (`yes`, `1:30`)."""
    if _WORDS.fullmatch(value) and value.lower() not in _TRUTHS:
        return True
    if UNPRINTABLE.search(value):
        return False
    tree, _ = yaml_tree.parse(Source("", f"- {value}\n- [{value}, {value}]\n"))
    if not isinstance(tree, Sequence) or len(tree.items) != 2:  # noqa: PLR2004  as written above
        return False
    block, flow = tree.items
    scalars = [block, *flow.items] if isinstance(flow, Sequence) else []
    same = [item for item in scalars if isinstance(item, Scalar) and item.value == value]
    return len(same) == len(scalars) == 3 and _resolved(value) == _STRING  # noqa: PLR2004  the text and its two neighbours


def is_foldable(value: str) -> bool:
    """Whether a text says the same if its lines are folded."""
    return _FOLDABLE.fullmatch(value) is not None and not UNPRINTABLE.search(value)


def _quoted(value: str) -> str:
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _resolved(value: str) -> str:
    """The tag that YAML 1.1 gives a plain scalar; it has `y` and `n` for truth too, PyYAML has not."""
    if value.lower() in {"y", "n"}:
        return ""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    candidates = [*resolvers.get(value[:1], []), *resolvers.get(None, [])]
    return next((tag for tag, pattern in candidates if pattern.match(value)), _STRING)
