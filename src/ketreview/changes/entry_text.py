"""The comment above an entry."""

from __future__ import annotations

from ketreview.model.entry import Entry
from ketreview.source import Span


def comment_above(entry: Entry) -> Span | None:
    """The comment on the line above an entry, which stays when the entry goes."""
    text = entry.source.text
    line = text.rfind("\n", 0, entry.start) + 1
    above = text.rfind("\n", 0, max(line - 1, 0)) + 1
    if line == above or text[line : entry.start].strip() or not text.startswith("%", above):
        return None
    return Span(entry.source, above, len(text[:line].rstrip()))
