"""Fields added to an entry, in its own layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ketreview.edits import Edit
from ketreview.model.entry import Entry, Field
from ketreview.patterns import regex
from ketreview.source import Span

_LEADING_COMMA = regex(r"[ \t]*,[ \t]*")
_EQUALS = regex(r"(\s*)=(\s*)\Z")
_REST = regex(r"[ \t]*(?:%[^\r\n]*)?(?=[\r\n]|\Z)")
_COMMA = regex(r"\s*,")


def added(entry: Entry, fields: Sequence[tuple[str, str]]) -> Iterator[Edit]:
    """Edits that add fields, name and value as written, behind the last field: indented, aligned and with commas as the
    entry has them."""
    if not fields:
        return
    text = entry.source.text
    newline = entry.source.newline
    if not entry.fields:
        key_end = entry.key_start + len(entry.key)
        comma = _COMMA.match(text, key_end, entry.end)
        rows = f",{newline}".join(f"  {name} = {value}" for name, value in fields)
        yield _insertion(entry, comma.end() if comma else key_end, f"{'' if comma else ','}{newline}{rows}{newline}")
        return
    last = entry.fields[-1]
    lead = text[text.rfind("\n", 0, last.start) + 1 : last.start]
    written = [_written(entry, name, value) for name, value in fields]
    comma = _COMMA.match(text, last.value_end, entry.end)
    if _LEADING_COMMA.fullmatch(lead) and "," in lead:
        rows = "".join(f"{newline}{lead}{row}" for row in written)
        yield _insertion(entry, _line_end(entry, last.value_end), rows)
        return
    own_line = not lead.strip()
    gap = f"{newline}{lead}" if own_line else " "
    trailing = "," if comma else ""
    rows = gap + f",{gap}".join(written) + trailing
    if comma:
        yield _insertion(entry, _line_end(entry, comma.end()) if own_line else comma.end(), rows)
    elif (end := _line_end(entry, last.value_end)) > last.value_end and own_line:
        yield _insertion(entry, last.value_end, ",")
        yield _insertion(entry, end, rows)
    else:
        yield _insertion(entry, last.value_end, f",{rows}")


def _written(entry: Entry, name: str, value: str) -> str:
    """A field as the entry writes its own: its `=` in their column, or with the blanks of the last one."""
    text = entry.source.text
    columns = {_equals_at(entry, field) - field.start for field in entry.fields}
    last = entry.fields[-1]
    match = _EQUALS.search(text[last.start + len(last.name) : last.value_start])
    before, after = match.groups() if match and "\n" not in match[0] else (" ", " ")
    if len(columns) == 1 and len({len(field.name) for field in entry.fields}) > 1:
        before = " " * max(columns.pop() - len(name), min(len(before), 1))
    elif len(before) > 1:
        before = " "
    return f"{name}{before}={after}{value}"


def _equals_at(entry: Entry, field: Field) -> int:
    return entry.source.text.find("=", field.start, field.value_start)


def _line_end(entry: Entry, position: int) -> int:
    """The end of the line, where nothing but a comment follows on it; else the place itself."""
    rest = _REST.match(entry.source.text, position)
    return rest.end() if rest and rest.end() < entry.end else position


def _insertion(entry: Entry, place: int, text: str) -> Edit:
    return Edit(Span(entry.source, place, place), text)
