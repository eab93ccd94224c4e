"""What of the texts went into no record, block by block, and why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ketreview.changes.importing.draft import Draft
from ketreview.changes.importing.outline import Item, Part, Shape
from ketreview.changes.importing.reading import Folder, Text
from ketreview.changes.importing.topics import Topic, topic_of
from ketreview.diagnostics import shown
from ketreview.parsing.literature.headings import Meaning
from ketreview.source import Span

_ELSEWHERE = {
    Meaning.CERTAINTY: "gives no level of certainty in words that are known",
    Meaning.STATUS: "names no place of integration with a state",
    Meaning.CHECKS: "names no place of integration with a state",
    Meaning.FILES: "not sure which file is meant, if any",
    Meaning.CITATION: "not part of a name of the work that is known",
    Meaning.HEAD: "stands below the title, and no field is for it",
}

_SHAPES = {Shape.FENCE: "a fenced text", Shape.ROW: "a table"}
_TOPICS = {
    Topic.CLOSED: "a heading whose lines are no statements of the review",
    Topic.NONE: "which is no heading with a known meaning",
    Topic.WORKS: "and names no work plainly",
    Topic.REFERENCES: "and names no work plainly",
}


def add_leftovers(draft: Draft, folder: Folder) -> None:
    """Lists every block that nothing was made of; blocks of a section that follow one another go together."""
    for text in folder.texts:
        if not text.speaks:
            _whole(draft, text)
            continue
        for part in text.parts:
            left = list(_blocks(part, draft))
            for why, group in groupby(left, key=lambda item: _why(part, item)):
                items = list(group)
                more = f" (and {len(items) - 1} more below)" if len(items) > 1 else ""
                span = Span(text.source, items[0].span.start, items[-1].span.end)
                draft.leave(span, f"{why}{more}", items[0].text)


def _blocks(part: Part, draft: Draft) -> Iterator[Item]:
    """The blocks that nothing was read from; a caption counts as read if something stands below it."""
    heads = {item.caption for item in part.items}
    for top in part.items:
        for item in top.everything:
            heading = item.is_caption and item.text.rstrip(":") in heads
            if not draft.is_used(item.span) and not heading:
                yield item


def _whole(draft: Draft, text: Text) -> None:
    """A text whose statements are not read: what was read from single lines of it stays."""
    first = next((item for part in text.parts for item in part.items), None)
    if first is None:
        return
    why = (
        "an abstract: its results are for a reader to put into the study"
        if text.is_abstract
        else ("a guide for chapters or a report of work: its statements are not read, its status lines are")
    )
    draft.leave(Span(text.source, 0, len(text.source.text.rstrip())), why, first.text)


def _why(part: Part, item: Item) -> str:
    if item.shape in _SHAPES:
        return _SHAPES[item.shape]
    topic = topic_of(part)
    heading = f"under {shown(' / '.join(part.path))}" if part.path else "under no heading"
    if topic is Topic.ELSEWHERE:
        return _ELSEWHERE.get(part.section.meaning, f"{heading}, which is read for levels and states alone")
    if topic in _TOPICS:
        return f"{heading}, {_TOPICS[topic]}"
    if item.shape is Shape.PROSE:
        return "prose: what it states is for a reader to say"
    return f"{heading}, and no field is for it"
