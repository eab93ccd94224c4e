"""Lines to blocks: headings, labelled values, paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from ketreview.parsing.appendix.labels import PLAIN, ROW, folded
from ketreview.parsing.appendix.languages import Language, underline
from ketreview.patterns import regex

BOLD_LEVEL = 10
"""The level of a bold line that stands alone: it heads less than any heading does."""

_LINE_END = regex(r"\r\n|\n|\r|\Z")
_LEAD = regex(r"[ \t]*+(?:(?:[-+•*>/]|\d{1,3}[.)]|\[/)[ \t]++|\\(?:item|noindent)(?![A-Za-z\[])[ \t]*+)*+")
_ENVIRONMENT = regex(r"[ \t]*+\\(?:begin|end)\{[^{}\n]*+\}(?:\[[^\[\]\n]*+\])?[ \t]*+")
_YEAR = regex(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


class Kind(Enum):
    """What a block is."""

    HEADING = "heading"
    LABEL = "label"
    TEXT = "text"


class Block(NamedTuple):
    """A block; the offsets are of a heading's words, a label's value, a paragraph's text. `item` is one of a list."""

    kind: Kind
    start: int
    end: int
    level: int = 0
    name: str = ""
    item: bool = False


class _Label(NamedTuple):
    start: int
    end: int
    name: str


def blocks(text: str, language: Language) -> list[Block]:
    """The blocks of a text whose comments and raw text are masked, in order."""
    return _Reader(text, language).run()


def has_year(words: str) -> bool:
    """Whether a year stands in the words, as in the name of a work."""
    return _YEAR.search(words) is not None


class _Reader:
    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.opened: Block | None = None
        self.done: list[Block] = []

    def run(self) -> list[Block]:
        position = 0
        while position < len(self.text):
            match = _LINE_END.search(self.text, position)
            end, after = match.span() if match else (len(self.text), len(self.text))
            stopped = self.heading(position, end)
            if stopped > position:
                position = after if stopped == end else stopped
            else:
                self.line(position, end)
                position = after
        self.close()
        return self.done

    def close(self) -> None:
        """Ends the open block; blanks around it, and what ends a line, are not part of it."""
        if self.opened is not None:
            start, end = self.opened.start, self.opened.end
            words = self.text[start:end].rstrip("\\| \t\r\n")
            bare = words.lstrip()
            first = start + len(words) - len(bare)
            self.done.append(self.opened._replace(start=first, end=first + len(bare)))
        self.opened = None

    def open(self, block: Block) -> None:
        self.close()
        self.opened = block

    def heading(self, start: int, end: int) -> int:
        """Reads a heading, and gives the offset behind it; `start` if there is none."""
        found = self.language.heading(self.text, start, end)
        if found is not None:
            self.open(Block(Kind.HEADING, found.start, found.end, found.level))
            self.close()
            return found.after
        opened = self.opened
        if self.language.underlined and opened is not None and opened.kind is Kind.TEXT and not opened.item:
            level = underline(self.text, start, end)
            if level:
                self.opened = opened._replace(kind=Kind.HEADING, level=level)
                self.close()
                return end
        return start

    def line(self, start: int, end: int) -> None:
        text = self.text
        lead = _LEAD.match(text, start, end)
        first = lead.end() if lead else start
        item = bool(lead and lead[0].strip())
        if (first == end and not item) or _ENVIRONMENT.fullmatch(text, start, end):
            self.close()
            return
        labels = list(self.labels(first, end))
        if labels and labels[0].start == first:
            self.close()
        elif title := self.title(first, end, item=item):
            self.open(Block(Kind.HEADING, *title, level=BOLD_LEVEL))
            self.close()
        elif item or self.opened is None:
            self.open(Block(Kind.TEXT, first, end, item=item))
        if self.opened is not None:
            self.opened = self.opened._replace(end=labels[0].start if labels else end)
        for index, label in enumerate(labels):
            stop = labels[index + 1].start if index + 1 < len(labels) else end
            self.open(Block(Kind.LABEL, label.end, stop, name=label.name, item=item))

    def labels(self, first: int, end: int) -> Iterator[_Label]:
        """The labels of a line: with markup anywhere, without it where the line begins."""
        text = self.text
        position = first
        if plain := PLAIN.match(text, first, end) or ROW.match(text, first, end):
            position = plain.end()
            yield _Label(first, position, folded(plain["name"]))
        for match in self.language.label.finditer(text, position, end):
            groups = match.groupdict()
            name = next(filter(None, (groups.get(group) for group in ("name", "old", "item"))), "")
            yield _Label(match.start(), match.end(), folded(name))

    def title(self, first: int, end: int, *, item: bool) -> tuple[int, int] | None:
        """The words of a line that is bold throughout and begins a block; one in a list names a work, with its year."""
        if self.opened is not None and not item and self.opened.kind is Kind.TEXT:
            return None
        bold = self.language.bold.fullmatch(self.text, first, end)
        if bold is None or not (has_year(bold["words"]) if item else not bold["words"].endswith((":", "."))):
            return None
        return bold.span("words")
