"""Bytes to text, and values of a file to words in a message."""

from __future__ import annotations

import re

from ketreview.diagnostics import Diagnostic, fault
from ketreview.parsing.file_faults import CONFLICT_MARKER, NOT_UTF8
from ketreview.patterns import regex
from ketreview.source import BYTE_ORDER_MARK, Source, Span

_CONFLICT = regex(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
_MARKERS = ("<<<<<<<", ">>>>>>>", "|||||||")
_MESSAGE_LENGTH = 60


def decode_text(path: str, data: bytes) -> tuple[Source, list[Diagnostic]]:
    """The text of a file, a byte-order mark left out; bytes that are not UTF-8 become U+FFFD and are reported."""
    found: list[Diagnostic] = []
    offset = len(BYTE_ORDER_MARK) if data.startswith(BYTE_ORDER_MARK) else 0
    try:
        source = Source(path, data[offset:].decode())
    except UnicodeDecodeError as error:
        source = Source(path, data[offset:].decode(errors="replace"))
        start = len(data[offset : offset + error.start].decode(errors="replace"))
        message = f"byte {error.start + offset} (0x{error.object[error.start]:02x}) is not UTF-8"
        found.append(fault(NOT_UTF8, Span(source, start, start + 1), message))
    marked = any(marker in source.text for marker in _MARKERS)
    if marked and (match := _CONFLICT.search(source.text)) is not None:
        side = match.group().split(" ", 1)
        name = f" of {shown(side[1])}" if len(side) > 1 else ""
        found.append(fault(CONFLICT_MARKER, Span(source, *match.span()), f"git conflict marker{name}"))
    return source, found


def shown_apart(value: str, other: str) -> str:
    """A value for a message that tells it from another one: what both begin with is left out where it is long."""
    pairs = enumerate(zip(value, other, strict=False))
    same = next((index for index, (one, two) in pairs if one != two), min(len(value), len(other)))
    start = 0 if max(len(value), len(other)) <= _MESSAGE_LENGTH else max(0, same - _MESSAGE_LENGTH // 3)
    return shown(f"{'…' if start else ''}{value[start:]}")


def shown(value: object) -> str:
    """A value of a file for a message: in backquotes, on one line, and not longer than a line."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if len(text) > _MESSAGE_LENGTH:
        text = text[: _MESSAGE_LENGTH - 1] + "…"
    return "`" + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text) + "`"
