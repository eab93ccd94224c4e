"""Records to YAML that says the same to every reader: what could be taken for anything but text is quoted."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from ketreview.changes.importing.proposal import Made, Value
from ketreview.patterns import regex

_WIDTH = 118
_PLAIN = regex(r"[A-Za-z][A-Za-z0-9 _./()+%;-]*(?<! )")
_NUMBER_LIKE = regex(r"[-+]?[0-9._]+(e[-+]?[0-9]+)?|0x[0-9a-f]+|\.?(inf|nan)", re.IGNORECASE)
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"})
_FOLDABLE = regex(r"\S+(?: \S+)*")
UNPRINTABLE = regex(r"[\x00-\x1f\x7f-\xa0\u2028-\u202e\u200b-\u200f\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
"""What stands in no text but as an escape."""


def document(head: Mapping[str, Value], lists: Mapping[str, Sequence[Made]], comment: str, root: str) -> str:
    """A review's text: `head`, then each list of records, each record below the line it comes from.

    A list named `a.b` stands as `b` in `a`; such lists follow one another. `root` is left out of the places' paths.
    """
    lines = [f"# {row}" for row in textwrap.wrap(_shown(comment), _WIDTH, break_long_words=False)]
    lines += _fields(head, 0)
    outer = ""
    for name, records in lists.items():
        above, _, own = name.rpartition(".")
        if not records:
            continue
        if above != outer or not above:
            lines += ["", f"{above or own}:"]
        outer = above
        indent = 2 if above else 0
        lines += [f"{' ' * indent}{own}:"] if above else []
        for record in records:
            lines.append(f"{' ' * indent}# {place(record, root)}")
            lines += _item(record.fields, indent)
    return "\n".join(lines) + "\n"


def place(record: Made, root: str) -> str:
    """Where a record comes from, as a comment says it: no file's name makes it anything but a comment."""
    path = record.span.path.removeprefix(f"{root}/") if root else record.span.path
    path = _shown(path)
    return f"{'./' if path.startswith('ketreview') else ''}{path}:{record.span.begin.line}"


def scalar(value: str | float | bool) -> str:
    """A value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    if _PLAIN.fullmatch(value) and value.casefold() not in _WORDS and not _NUMBER_LIKE.fullmatch(value):
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def is_foldable(value: str) -> bool:
    """Whether a text says the same if its lines are folded."""
    return _FOLDABLE.fullmatch(value) is not None and not UNPRINTABLE.search(value)


def _shown(text: str) -> str:
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _fields(fields: Mapping[str, Value], indent: int) -> list[str]:
    return [row for name, value in fields.items() for row in _field(name, value, indent)]


def _field(name: str, value: Value, indent: int) -> Iterator[str]:
    lead = " " * indent
    if isinstance(value, Mapping):
        yield f"{lead}{name}: {_flow(value)}"
    elif isinstance(value, str | int | float):
        yield from _text(lead, name, value)
    elif all(isinstance(item, str | int | float) for item in value):
        yield f"{lead}{name}: [{', '.join(map(_flow, value))}]"
    else:
        yield f"{lead}{name}:"
        for item in value:
            yield f"{lead}- {_flow(item)}"


def _text(lead: str, name: str, value: str | float) -> Iterator[str]:
    line = f"{lead}{name}: {scalar(value)}"
    if len(line) <= _WIDTH or not isinstance(value, str) or not is_foldable(value):
        yield line
        return
    yield f"{lead}{name}: >-"
    width = max(40, _WIDTH - len(lead) - 2)
    for row in textwrap.wrap(value, width, break_long_words=False, break_on_hyphens=False):
        yield f"{lead}  {row}"


def _flow(value: Value) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, str | int | float):
        return scalar(value)
    return f"[{', '.join(map(_flow, value))}]"


def _item(fields: Mapping[str, Value], indent: int) -> list[str]:
    rows = _fields(fields, indent + 2)
    return [f"{' ' * indent}- {rows[0].lstrip(' ')}", *rows[1:]] if rows else []
