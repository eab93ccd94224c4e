"""Bytes to text."""

from __future__ import annotations

import re

from ketreview.diagnostics import Diagnostic, fault, shown
from ketreview.files import Unreadable
from ketreview.parsing.file_faults import CONFLICT_MARKER, NOT_UTF8
from ketreview.patterns import regex
from ketreview.source import BYTE_ORDER_MARK, Source, Span

_CONFLICT = regex(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
_MARKERS = ("<<<<<<<", ">>>>>>>", "|||||||")


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


def decoded(data: bytes | Unreadable) -> str:
    """The text of a file that was looked at before; empty where it cannot be read any more."""
    if isinstance(data, Unreadable):
        return ""
    start = len(BYTE_ORDER_MARK) if data.startswith(BYTE_ORDER_MARK) else 0
    return data[start:].decode(errors="replace")
