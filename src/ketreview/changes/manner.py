"""The manner in which a store writes its entries, learnt from some of them, and entries written in it.

bibtexparser's writer is not used: it knows indentation, one column for the values and the last comma, but neither
`name={value}` nor quotes, upper case or entries in one line, and what is added has to look like its neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from ketreview.frozen import frozen
from ketreview.model.entry import Entry, Field
from ketreview.patterns import regex

T = TypeVar("T")
_EQUALS = regex(r"([ \t]*)=\s*?([ \t]*)")
_LAST_COMMA = regex(r"\s*,")
_TYPE = regex(r"@[ \t]*([A-Za-z]+)")
_BARE_NUMBER = regex(r"[1-9]\d*", re.ASCII)


@frozen
class Manner:
    """How entries are written. `column` is where `=` stands behind the indent, 0 if names are not filled up to one.

    `indent` is None where an entry is one line.
    """

    newline: str = "\n"
    indent: str | None = "  "
    column: int = 0
    before_equals: str = " "
    after_equals: str = " "
    quotes: bool = False
    bare_numbers: bool = False
    last_comma: bool = False
    closes_on_own_line: bool = True
    case: Callable[[str], str] = str.lower

    def written(self, kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
        """An entry, without a line break behind it."""
        between = " " if self.indent is None else self.newline + self.indent
        rows = [f"{self._name(name)}={self.after_equals}{self._value(value)}" for name, value in fields]
        end = "," if self.last_comma else ""
        close = self.newline if self.closes_on_own_line and self.indent is not None else ""
        return f"@{self.case(kind)}{{{key},{between}{f',{between}'.join(rows)}{end}{close}}}"

    def _name(self, name: str) -> str:
        if not self.column:
            return name + self.before_equals
        return name.ljust(self.column) if len(name) < self.column else f"{name} "

    def _value(self, value: str) -> str:
        if self.bare_numbers and _BARE_NUMBER.fullmatch(value):
            return value
        return f'"{value}"' if self.quotes and '"' not in value else f"{{{value}}}"


def manner_of(entries: Sequence[Entry], newline: str) -> Manner:
    """The manner of most of these entries."""
    entries = [entry for entry in entries if entry.fields]
    if not entries:
        return Manner(newline=newline)
    fields = [(entry, field) for entry in entries for field in entry.fields]
    column = _most(map(_column, entries), 0)
    spaces = [_EQUALS.fullmatch(_between(*one)) for one in fields if column or not _column(one[0])]
    values = [entry.value_span(field).text for entry, field in fields]
    numbers = [value.strip('{}"') for value in values]
    numeric = [value for value, number in zip(values, numbers, strict=True) if _BARE_NUMBER.fullmatch(number)]
    return Manner(
        newline=newline,
        indent=_most((_indent(entry, field) for entry, field in fields), None),
        column=column,
        before_equals=_most((found[1] if found else " " for found in spaces), " "),
        after_equals=_most((found[2] if found else " " for found in spaces), " "),
        quotes=_most((value.startswith('"') for value in values if value[:1] in {'"', "{"}), False),
        bare_numbers=_most((value[:1].isdecimal() for value in numeric), False),
        last_comma=_most((_LAST_COMMA.match(_tail(entry)) is not None for entry in entries), False),
        closes_on_own_line=_most(("\n" in _tail(entry) for entry in entries), True),
        case=_most(map(_case, entries), str.lower),
    )


def _between(entry: Entry, field: Field) -> str:
    return entry.source.text[field.start + len(field.name) : field.value_start]


def _tail(entry: Entry) -> str:
    return entry.source.text[entry.fields[-1].value_end : entry.end]


def _indent(entry: Entry, field: Field) -> str | None:
    """What stands before a field on its line; None where that is no blank."""
    text = entry.source.text
    before = text[max(text.rfind("\n", entry.start, field.start) + 1, entry.start) : field.start]
    return before if not before.strip() else None


def _column(entry: Entry) -> int:
    """The column at which `=` stands behind names of more than one length; 0 if there is none.

    A name that is too long for it has one blank behind it.
    """
    columns = [(len(field.name), len(field.name) + len(_between(entry, field).split("=")[0])) for field in entry.fields]
    column = _most((at for _, at in columns), 0)
    filled = {length for length, at in columns if at == column}
    aligned = all(at == column or at == length + 1 > column for length, at in columns)
    return column if aligned and len(filled) > 1 else 0


def _case(entry: Entry) -> Callable[[str], str]:
    found = _TYPE.match(entry.source.text, entry.start)
    written = found[1] if found else ""
    if written.isupper():
        return str.upper
    return str.capitalize if written[:1].isupper() else str.lower


def _most(values: Iterable[T], otherwise: T) -> T:
    found = Counter(values).most_common(1)
    return found[0][0] if found else otherwise
