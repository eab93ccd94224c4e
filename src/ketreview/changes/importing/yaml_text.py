"""Records to YAML that says the same to every reader: what could be taken for anything but text is quoted."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from ketreview.changes.importing.proposal import Made
from ketreview.changes.yaml_scalar import UNPRINTABLE
from ketreview.changes.yaml_values import WIDTH, Fields, field, item


def document(head: Fields, lists: Mapping[str, Sequence[Made]], comment: str, root: str) -> str:
    """A review's text: `head`, then each list of records, each record below the line it comes from.

    A list named `a.b` stands as `b` in `a`; such lists follow one another. `root` is left out of the places' paths.
    """
    lines = [f"# {row}" for row in textwrap.wrap(_shown(comment), WIDTH, break_long_words=False)]
    lines += [row for name, value in head.items() for row in field(name, value, 0)]
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
            lines += item(record.fields, indent, spread=True)
    return "\n".join(lines) + "\n"


def place(record: Made, root: str) -> str:
    """Where a record comes from, as a comment says it: no file's name makes it anything but a comment."""
    path = record.span.path.removeprefix(f"{root}/") if root else record.span.path
    path = _shown(path)
    return f"{'./' if path.startswith('ketreview') else ''}{path}:{record.span.begin.line}"


def _shown(text: str) -> str:
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
