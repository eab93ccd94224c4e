"""Entries of the usual form, read in one step: their values at once, the places of their fields when asked for.

Nearly all entries of a store have it: a plain key, each field once and with something in it, commas between, no comment
and no `#`. What is read here is read as the scanner in `bibtex.py` would read it, without a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from sys import intern

from ketreview.model.entry import Entry, Field
from ketreview.patterns import regex

_FILLED = r"(?=[\s{]*+[^\s{}])"
_FLAT = r"[^}]*+(?=\}(?:\s*+,|\s++\}))"  # it may take too little of a value with braces: then these do not balance
_NESTED = r"[^{}@]*+(?:\{[^{}@]*+(?:\{[^{}@]*+\}[^{}@]*+)*+\}[^{}@]*+)*+"


def _field(group: str) -> str:
    """The pattern of a comma, a name and a value, whose three forms and the name are groups that open with `group`."""
    return (
        rf"\s*+,\s*+{group}\w++(?:[:+.-][\w:+.-]*+)?+)\s*+=\s*+"
        rf'(?:\{{{_FILLED}{group}{_FLAT}|{_NESTED})\}}|"{group}\s*+[^"{{}}\s][^"{{}}]*+)"|{group}\w++))'
    )


_FIELDS = regex(_field("("), re.ASCII)
_HEAD = r"@[ \t]*+([A-Za-z][\w+-]*+)\s*+\{\s*+([\w.:/+-]++)"
USUAL_ENTRY = regex(rf"{_HEAD}(?:{_field('(?:')})*+[\s,]*+\}}(?!,)", re.ASCII)
"""An entry that may be of the usual form; its groups are type and key."""


class Names(dict[str, str]):
    """Names of fields in lower case, each made once for a file: they are few, and stand in every entry."""

    def __missing__(self, name: str) -> str:
        return self.setdefault(name, intern(name.lower()))


def texts_in(entry: re.Match[str], names: Names, words: Mapping[str, str]) -> dict[str, str] | None:
    """The values of the fields by name; None where the entry is not of the usual form after all.

    `words` gives what a word without delimiters stands for.
    """
    text, start, end = entry.string, *entry.span()
    if text.count("{", start, end) != text.count("}", start, end):
        return None
    found = _FIELDS.findall(text, entry.end(2), end)
    texts = {names[name]: braced or quoted or words[word] for name, braced, quoted, word in found}
    return texts if len(texts) == len(found) else None


def placed(entry: Entry) -> tuple[Field, ...]:
    """The fields of an entry of the usual form, with their places."""
    return tuple(
        Field(name, entry.texts[name], match.start(1), *_place(match))
        for match in _matches(entry)
        for name in [match[1].lower()]
    )


def bare_words(entry: Entry) -> Iterator[tuple[int, int]]:
    """The places of the values without delimiters that are no numbers."""
    return (match.span(4) for match in _matches(entry) if match[4] and not match[4].isdecimal())


def _matches(entry: Entry) -> Iterator[re.Match[str]]:
    return _FIELDS.finditer(entry.source.text, entry.key_start + len(entry.key), entry.end)


def _place(match: re.Match[str]) -> tuple[int, int]:
    """Where a value stands, with its delimiters."""
    start, end = match.span(match.lastindex or 0)
    return (start, end) if match[4] else (start - 1, end + 1)
