"""Entries taken out of the text of their store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ketreview.edits import Edit
from ketreview.model.entry import Entry
from ketreview.patterns import regex
from ketreview.source import Span

_BLANK = regex(r"\s*")
_LINE_END = regex(r"[ \t]*(?:\r\n|\n|\r|\Z)")
_ONLY_SEPARATORS = regex(r"[\s,]*[})]")


def without(entries: Iterable[Entry]) -> list[Edit]:
    """The edits that take entries out, from the `@` to the closing brace, with the blank line behind it; at the end of
    a file, with the one before it."""
    joined: list[Span] = []
    for span in sorted((_extent(entry) for entry in entries), key=lambda span: (span.path, span.start)):
        if joined and joined[-1].source is span.source and span.start <= joined[-1].end:
            joined[-1] = Span(span.source, joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return [Edit(_closed(span), "") for span in joined]


def is_plain(entry: Entry) -> bool:
    """Whether an entry is closed and holds nothing but its fields: no comment would go with it."""
    return _ONLY_SEPARATORS.fullmatch("".join(gaps(entry))) is not None


def gaps(entry: Entry) -> Iterator[str]:
    """What stands between the fields of an entry, and before and behind them."""
    text, at = entry.source.text, entry.key_start + len(entry.key)
    for field in entry.fields:
        yield text[at : field.start]
        at = field.value_end
    yield text[at : entry.end]


def _extent(entry: Entry) -> Span:
    """What goes with an entry: its lines and the blank one behind them; itself, where it shares its first line."""
    text = entry.source.text
    line = text.rfind("\n", 0, entry.start) + 1
    start = max(line, text.rfind("\r", line, entry.start) + 1)
    rest = _LINE_END.match(text, entry.end)
    if text[start : entry.start].strip() or rest is None:
        return entry.span
    blank = _LINE_END.match(text, rest.end())
    return Span(entry.source, start, blank.end() if blank else rest.end())


def _closed(span: Span) -> Span:
    """At the end of a file the blank lines before go too; whether a line break is last in it stays as it is."""
    text, start = span.source.text, span.start
    if not _BLANK.fullmatch(text, span.end) or (start and text[start - 1] not in "\r\n"):
        return span
    kept = len(text[:start].rstrip())
    first = _LINE_END.match(text, kept, start) if text.endswith(("\n", "\r")) else None
    return Span(span.source, first.end() if first else kept, span.end)
