"""Edits of a text, and the text after them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ketreview.source import BYTE_ORDER_MARK, Source, Span


class Edit(NamedTuple):
    """Replace the text at `span` with `text`."""

    span: Span
    text: str


def edited(source: Source, edits: Iterable[Edit]) -> str:
    """The text of `source` after `edits`, given in any order; equal ones count once.

    Raises:
        ValueError: two edits overlap or insert at one place, or one is not of this text.
    """
    parts: list[str] = []
    last = (-1, 0)
    for start, end, text in sorted({_placed(source, edit) for edit in edits}):
        if start < last[1] or (start, end) == last:
            raise ValueError(f"two edits of {source.path} overlap at offset {start}")
        parts += (source.text[last[1] : start], text)
        last = (start, end)
    return "".join((*parts, source.text[last[1] :]))


def encoded(text: str, before: bytes) -> bytes:
    """A file's bytes with a new text: UTF-8, with a byte-order mark where `before` has one."""
    return (BYTE_ORDER_MARK if before.startswith(BYTE_ORDER_MARK) else b"") + text.encode()


def _placed(source: Source, edit: Edit) -> tuple[int, int, str]:
    span = edit.span
    same = span.source is source or (span.source.path, span.source.text) == (source.path, source.text)
    if not same or not 0 <= span.start <= span.end <= len(source.text):
        raise ValueError(f"an edit at {span.start}–{span.end} is none of {source.path}")
    return span.start, span.end, edit.text
