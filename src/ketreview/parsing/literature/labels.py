"""Lines that state one thing: an optional list mark, a label, a colon, and a value."""

from __future__ import annotations

from typing import NamedTuple

from ketreview.parsing.literature.sections import Line
from ketreview.patterns import regex

ITEM = regex(r"[ \t]*+(?:>[ \t]*+)*(?:\#{1,6}[ \t]+|(?:[-*+•–][ \t]+|\(?\d{1,3}[.)][ \t]+))?")
_LABEL = regex(
    r"(?:[^\w\s*_`\[(\"'/.|@-]{1,3}\ufe0f?[ \t]*+)?(?:\*\*|__|\*)?(?P<label>[^\W\d_][^:*|`\n]{0,59}?)"
    r"(?:\*\*|__|\*)?[ \t]*+[:：](?!//)(?:\*\*|__|\*)?[ \t]*+"
)
_ROW = regex(r"\|[ \t]*+(?:\*\*)?(?P<label>[^\W\d_][^:*|`\n]{0,59}?)(?:\*\*)?[ \t]*\|[ \t]*+")


class Labelled(NamedTuple):
    """A label in lower case with single blanks, and its value with the offset of its first character in the text."""

    label: str
    value: str
    start: int


def labelled(line: Line) -> Labelled | None:
    """The label and the value of a line (`**DOI:** 10.1/x`, `- DOI: 10.1/x`, `| DOI | 10.1/x |`); None without one."""
    text = line.text
    if ":" not in text and "|" not in text and "：" not in text:
        return None
    begin = ITEM.match(text)
    at = begin.end() if begin else 0
    found = _ROW.match(text, at) or _LABEL.match(text, at)
    if found is None:
        return None
    end = len(text)
    if text[at : at + 1] == "|":
        end = text.find("|", found.end())
        end = len(text) if end < 0 else end
    value = text[found.end() : end].rstrip()
    return Labelled(" ".join(found["label"].casefold().split()), value, line.start + found.end())


def bare(text: str) -> tuple[int, int]:
    """Where a value stands in `text` without markup, quotes and blanks around it."""
    start, end = 0, len(text)
    while start < end and (text[start] in "*_`\"'“”‘’" or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in "*_`\"'“”‘’" or text[end - 1].isspace()):
        end -= 1
    return start, end
