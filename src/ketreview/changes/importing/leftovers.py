"""What of the texts went into no record, block by block, and why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ketreview.changes.importing.draft import Draft
from ketreview.changes.importing.outline import Item, Part, Shape
from ketreview.changes.importing.reading import Folder, Text
from ketreview.changes.importing.topics import Topic, topic_of
from ketreview.parsing.literature.headings import Meaning
from ketreview.parsing.text import shown
from ketreview.source import Span

_ELSEWHERE = {
    Meaning.CERTAINTY: "gives no level of certainty in words that are known",
    Meaning.STATUS: "names no place of integration with a state",
    Meaning.CHECKS: "names no place of integration with a state",
    Meaning.FILES: "not sure which file is meant, if any",
    Meaning.CITATION: "not part of a name of the work that is known",
    Meaning.HEAD: "stands below the title, and no field is for it",
}


def add_leftovers(draft: Draft, folder: Folder) -> None:
    """Lists every block that nothing was made of; blocks of a section that follow one another go together."""
    for text in folder.texts:
        if not text.speaks:
            _whole(draft, text)
            continue
        for part in text.parts:
            left = [item for item in _blocks(part, draft)]
            for why, group in groupby(left, key=lambda item: _why(part, item)):
                items = list(group)
                more = f" (and {len(items) - 1} more below)" if len(items) > 1 else ""
                span = Span(text.source, items[0].span.start, items[-1].span.end)
                draft.leave(span, f"{why}{more}", items[0].text)


def _blocks(part: Part, draft: Draft) -> Iterator[Item]:
    for top in part.items:
        for item in top.everything:
            if not draft.is_used(item.span) and not item.is_caption:
                yield item


def _whole(draft: Draft, text: Text) -> None:
    """A text whose statements are not read: what was read from single lines of it stays."""
    first = next((item for part in text.parts for item in part.items), None)
    if first is None:
        return
    why = "an abstract: its results are for a reader to put into the study" if text.is_abstract else (
        "a guide for chapters or a report of work: its statements are not read, its status lines are"
    )
    draft.leave(Span(text.source, 0, len(text.source.text.rstrip())), why, first.text)


def _why(part: Part, item: Item) -> str:
    topic = topic_of(part)
    heading = shown(part.path[-1]) if part.path else ""
    if item.shape is Shape.FENCE:
        return "a fenced text"
    if item.shape is Shape.ROW:
        return "a table"
    if topic is Topic.CLOSED:
        return f"under {shown(' / '.join(part.path))}: a heading whose lines are no statements of the review"
    if topic is Topic.NONE:
        return f"the heading {heading} is not known" if heading else "stands under no heading"
    if part.section.meaning in _ELSEWHERE and topic is Topic.ELSEWHERE:
        return _ELSEWHERE[part.section.meaning]
    if topic in {Topic.WORKS, Topic.REFERENCES}:
        return "names no work plainly"
    if item.shape is Shape.PROSE:
        return "prose: what it states is for a reader to say"
    return f"under {heading}, and no field is for it" if heading else "no field is for it"
