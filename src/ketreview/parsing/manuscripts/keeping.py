"""A chapter as lists and scalars that can be kept for the next run, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ketreview.model.manuscript import Link, Manuscript, Mention
from ketreview.source import Source, Span, UnreadSource

MARK = "ketreview:"
"""What every comment for this program begins with: the text of a chapter that has one is needed in each run."""


def packed(chapter: Manuscript) -> list[Any] | None:
    """What a chapter holds; None where more of it is needed than that: it has findings, or comments for us."""
    if chapter.diagnostics or MARK in chapter.source.text:
        return None
    return [
        chapter.language,
        [
            part
            for mention in chapter.citations
            for part in (mention.key, mention.span.start, mention.span.end, mention.form)
        ],
        *(
            [part for link in links for part in (link.path, link.span.start, link.span.end)]
            for links in (chapter.includes, chapter.bibliographies)
        ),
        chapter.cites_all,
        sorted(chapter.labels),
    ]


def unpacked(path: str, kept: list[Any], read: Callable[[], str]) -> Manuscript:
    """The chapter that `packed` took apart; its text is read when somebody asks for it.

    Raises:
        ValueError, TypeError: it was none.
    """
    language, cited, included, listed, cites_all, labels = kept
    source = UnreadSource(path, read)
    mentions = (
        Mention(key, Span(source, start, end), form)
        for key, start, end, form in zip(cited[::4], cited[1::4], cited[2::4], cited[3::4], strict=True)
    )
    return Manuscript(
        source,
        language,
        tuple(mentions),
        _links(source, included),
        _links(source, listed),
        cites_all,
        frozenset(labels),
        plain=True,
    )


def _links(source: Source, kept: list[Any]) -> tuple[Link, ...]:
    triples = zip(kept[::3], kept[1::3], kept[2::3], strict=True)
    return tuple(Link(path, Span(source, start, end)) for path, start, end in triples)
