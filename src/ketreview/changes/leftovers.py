"""Exact mentions of a key in the text files of a project, whether a setting names them or not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ketreview.changes.change import Change, Covered
from ketreview.files import Files
from ketreview.patterns import regex
from ketreview.source import BYTE_ORDER_MARK, Source, Span

_MOST_READ = 5_000_000
_MOST_IN_A_FILE = 1000


def leftovers(files: Files, change: Change) -> list[Span]:
    """Mentions of the keys that go away which the change does not edit, in the files as they are.

    Files over 5 MB, and those that are not UTF-8 text, are passed over.
    """
    covered = Covered(change.edits)
    return [
        span
        for path in sorted(files.every())
        for span in _in_file(files, path, change.names)
        if not covered.holds(span)
    ]


def mentions(source: Source, keys: Collection[str]) -> Iterator[Span]:
    """Where one of `keys` stands as a whole word: no character before or behind it could be part of the key."""
    words = "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True))
    pattern = regex(rf"(?<!\w)(?<![\w.][-+./:_])(?:{words})(?!\w)(?![-+./:_&]+\w)")
    for match in pattern.finditer(source.text):
        yield Span(source, *match.span())


def _in_file(files: Files, path: str, keys: Collection[str]) -> Iterator[Span]:
    size = files.size(path)
    if size is None or size > _MOST_READ:
        return
    data = files.read(path)
    if not isinstance(data, bytes) or b"\0" in data or not any(key.encode() in data for key in keys):
        return
    try:
        source = Source(path, data.removeprefix(BYTE_ORDER_MARK).decode())
    except UnicodeDecodeError:
        return
    for number, span in enumerate(mentions(source, keys)):
        if number == _MOST_IN_A_FILE:
            return
        yield span
