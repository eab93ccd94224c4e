"""A Markdown, reStructuredText or plain text to its sections, each with what it is about.

Headings: `#` (CommonMark 0.31 §4.2), a line underlined with one of `=-^"` (§4.3 and reStructuredText), and in plain
texts a line that is a known word with a colon (`ABSTRACT:`). What stands in fences (§4.5) and in the front matter is no
heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ketreview.frozen import frozen
from ketreview.model.stated import Stated
from ketreview.parsing.literature.headings import Meaning, meaning_of
from ketreview.patterns import regex
from ketreview.source import Source, Span

_LEVELS = {"=": 1, "-": 2, "^": 3, '"': 3}
_PLAIN_LEVEL = 6
_LONGEST_TITLE = 300
_MARK = regex(
    r"\n(?:[ \t]*+(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)"
    r"|[ ]{0,3}(?:(?P<hashes>\#{1,6})[ \t]+(?P<title>[^\n]*)"
    r"|(?P<rule>={3,}|-{3,}|\^{3,}|\"{3,})[ \t]*(?=\n|\Z)"
    r"|(?P<word>[A-Za-z][A-Za-z /&-]{2,40}):[ \t]*(?=\n|\Z)))"
)
_NO_TITLE = regex(r"\s*(?:[-*+|>#]|\d+[.)])\s|\s*\||\s{4}|\s*\*\*[^*]{1,60}:")
INHERITED = frozenset({Meaning.STATUS, Meaning.CHECKS, Meaning.CERTAINTY, Meaning.FILES, Meaning.NEXT_STEPS})
"""The meanings that a section below has too, unless its heading says otherwise."""


class Line(NamedTuple):
    """A line that is not blank, and the offset of its first character; blanks at its end are left out.

    `fenced` says whether it stands in a fence, `apart` whether a blank line, a fence or nothing is before it.
    """

    text: str
    start: int
    fenced: bool = False
    apart: bool = False


@frozen(slots=False)
class Section:
    """A heading and what stands below it, to the next heading of any level.

    Without a heading it is what precedes the first one, at level 0. `meaning` is its own, else that of the section
    around it where that one holds for all below (`INHERITED`). `own` says whether its own heading gave the meaning.
    """

    source: Source
    heading: Stated | None
    level: int
    meaning: Meaning
    own: bool
    start: int
    end: int

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its lines that are not blank, without the heading, the fences and underlines."""
        return tuple(_lines(plain_text(self.source.text[self.start : self.end]), self.start))


class _Head(NamedTuple):
    start: int
    level: int
    title: tuple[int, int]
    body: int


def plain_text(text: str) -> str:
    """The text with every line ended by LF, at the same offsets."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def sections(source: Source) -> tuple[Section, ...]:
    """The sections of a text, in order; what they hold is all of it but the headings."""
    text = plain_text(source.text)
    heads = list(_heads(text))
    found: list[Section] = []
    first = heads[0].start if heads else len(text)
    if text[:first].strip():
        found.append(Section(source, None, 0, Meaning.HEAD, False, 0, first))
    around: list[tuple[int, Meaning]] = []
    for index, head in enumerate(heads):
        end = heads[index + 1].start if index + 1 < len(heads) else len(text)
        title = text[slice(*head.title)]
        meaning = meaning_of(title)
        own = meaning is not Meaning.OTHER
        while around and around[-1][0] >= head.level:
            around.pop()
        if not own and head.level == 1 and not any(section.level for section in found):
            meaning = Meaning.HEAD
        elif not own and around:
            meaning = around[-1][1]
        around.append((head.level, meaning if meaning in INHERITED else Meaning.OTHER))
        stated = Stated(source.text[slice(*head.title)], Span(source, *head.title))
        found.append(Section(source, stated, head.level, meaning, own, head.body, end))
    return tuple(found)


def _heads(text: str) -> Iterator[_Head]:
    """The headings. Offsets of the search are one too large, for the line break put before the text."""
    fence = ""
    after = _front_matter(text)
    for mark in _MARK.finditer("\n" + text):
        start = mark.start()
        if mark["fence"]:
            fence = _fence_after(fence, mark["fence"], mark["info"])
        elif fence or start < after:
            continue
        elif mark["hashes"]:
            yield _Head(start, len(mark["hashes"]), _stripped(text, *mark.span("title")), mark.end() - 1)
        elif mark["rule"]:
            yield from _underlined(text, start, mark["rule"], mark.end() - 1)
        elif meaning_of(mark["word"]) is not Meaning.OTHER:
            begin, end = mark.span("word")
            yield _Head(start, _PLAIN_LEVEL, (begin - 1, end - 1), mark.end() - 1)


def _fence_after(fence: str, mark: str, info: str) -> str:
    """The fence that is open behind a line that begins with `mark`; empty if none is."""
    if not fence:
        return mark
    closes = mark[0] == fence[0] and len(mark) >= len(fence) and not info.strip()
    return "" if closes else fence


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The title between offsets that are one too large, without blanks and closing `#`s."""
    title = text[start - 1 : end - 1].rstrip()
    bare = title.rstrip("#")
    title = bare.rstrip() if not bare or bare[-1:].isspace() else title
    return start - 1, start - 1 + len(title)


def _front_matter(text: str) -> int:
    """The end of a block between `---` and `---` at the very beginning; 0 without one."""
    if not text.startswith("---\n"):
        return 0
    end = text.find("\n---", 3)
    return end + 4 if end > 0 else 0


def _underlined(text: str, start: int, rule: str, body: int) -> Iterator[_Head]:
    """The heading above an underline whose line begins at `start`, if one stands there alone."""
    end = max(start - 1, 0)
    first = text.rfind("\n", max(0, end - _LONGEST_TITLE), end) + 1
    title = text[first:end]
    before = text[text.rfind("\n", max(0, first - _LONGEST_TITLE), max(first - 1, 0)) + 1 : max(first - 1, 0)]
    if title.strip() and not _NO_TITLE.match(title) and not before.strip() and len(title) < _LONGEST_TITLE:
        lead = len(title) - len(title.lstrip())
        yield _Head(first, _LEVELS[rule[0]], (first + lead, first + len(title.rstrip())), body)


def _lines(text: str, offset: int) -> Iterator[Line]:
    fence, apart = "", True
    for raw in text.split("\n"):
        line = raw.rstrip()
        bare = line.lstrip()
        if bare.startswith(("```", "~~~")):
            info = bare.lstrip(bare[0])
            fence = _fence_after(fence, bare[: len(bare) - len(info)], info)
            apart = True
        elif bare:
            yield Line(line, offset, bool(fence), apart)
            apart = False
        else:
            apart = True
        offset += len(raw) + 1
