"""A chapter as lists and scalars that can be kept for the next run, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any

from ketreview.model.manuscript import Link, Manuscript, Mention
from ketreview.source import Source, Span, UnreadSource

_new = tuple.__new__
"""Makes a named tuple of all its values, as its `_make` does: a book has tens of thousands."""
MARK = "ketreview:"
"""What every comment for this program begins with: the text of a chapter that has one is needed in each run."""


def packed(chapter: Manuscript) -> list[Any] | None:
    """What a chapter holds; None where more is needed: it has findings, comments for us, or was not read whole."""
    if chapter.diagnostics or not chapter.whole or MARK in chapter.source.text:
        return None
    return [
        chapter.language,
        [mention.key for mention in chapter.citations],
        _places(chapter.citations),
        [mention.form for mention in chapter.citations],
        [link.path for link in chapter.includes],
        _places(chapter.includes),
        [link.path for link in chapter.bibliographies],
        _places(chapter.bibliographies),
        chapter.cites_all,
        sorted(chapter.labels),
    ]


def unpacked(path: str, kept: list[Any], read: Callable[[], str]) -> Manuscript:
    """The chapter that `packed` took apart; its text is read when somebody asks for it.

    Raises:
        ValueError, TypeError: it was none.
    """
    language, keys, cited, forms, included, at, listed, where, cites_all, labels = kept
    source = UnreadSource(path, read)
    return Manuscript(
        source,
        language,
        tuple(map(_new, repeat(Mention), zip(keys, _spans(source, cited), forms, strict=True))),
        tuple(map(Link, included, _spans(source, at))) if included else (),
        tuple(map(Link, listed, _spans(source, where))) if listed else (),
        cites_all,
        frozenset(labels),
        plain=True,
    )


def _places(parts: Iterable[Mention | Link]) -> list[list[int]]:
    """The offsets at which each begins, and those at which each ends."""
    spans = [part.span for part in parts]
    return [[span.start for span in spans], [span.end for span in spans]]


def _spans(source: Source, places: list[list[int]]) -> Iterable[Span]:
    starts, ends = places
    return map(_new, repeat(Span), zip(repeat(source), starts, ends))
