"""The lines of a text as a reader sees them: items of lists, labelled lines, paragraphs, rows and fences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from ketreview.frozen import frozen
from ketreview.parsing.literature.labels import ITEM, labelled
from ketreview.parsing.literature.sections import Line, Section
from ketreview.patterns import regex
from ketreview.source import Span

_LINK = regex(r"\[([^\[\]\n]{1,300})\]\([^()\s]{1,500}\)")
_MARKUP = regex(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=[\w.,;:!?)])[*_](?!\w)")
_SIGN = regex(r"^(?:\[[ xX]\]|[✅✓✔☑⏳⌛❌✗✘☐⬜🔲🔄🚧🟡🔴🟢⚠]\ufe0f?)[ \t]*")
_NUMBERED = regex(r"[ \t]*\(?\d{1,3}[.)]")
_PRINTED = regex(r"\d{1,3}", re.ASCII)
_CAPTION = regex(r"\*\*[^*]{1,80}\*\*:?|[^\n]{1,120}:(?:\*\*)?")
_CAPTION_LENGTH = 120
_LISTED = frozenset({"bullet", "item"})
_FLOWING = frozenset({"bullet", "item", "line", "paragraph"})
_LABEL = regex(r"(?:\*\*|__)?([^:*]{1,80}?)(?:\*\*|__)?[ \t]*:(?:\*\*|__)?[ \t]*")


class Shape(StrEnum):
    """What a block of lines is."""

    BULLET = "bullet"
    NUMBERED = "item"
    LABELLED = "line"
    PROSE = "paragraph"
    ROW = "row"
    FENCE = "fence"


@dataclass(slots=True)
class Item:
    """A block of a section: its words without markup on one line, and where it stands.

    `rows` are its lines; `label` and `value` are those of one that states one thing. `number` counts the blocks of a
    list, `caption` is the line above that ends with a colon or is bold, `below` are the items of a list within it,
    `sign` the tick or box in front.
    """

    shape: Shape
    rows: list[str]
    span: Span
    depth: int = 0
    number: int = 0
    caption: str = ""
    label: str = ""
    value_at: int = 0
    sign: str = ""
    below: list[Item] = field(default_factory=list)

    @property
    def raw(self) -> str:
        """Its lines as one, or in a fence as they stand."""
        return ("\n" if self.shape is Shape.FENCE else " ").join(self.rows)

    @property
    def value(self) -> str:
        """What stands behind its label, in words; empty without one."""
        return plain(self.raw[self.value_at :]) if self.label else ""

    @property
    def text(self) -> str:
        """Its words."""
        return plain(self.raw)

    @property
    def is_caption(self) -> bool:
        """Whether it only says what stands below it."""
        return _is_caption(self)

    @property
    def everything(self) -> Iterator[Item]:
        """It, and what stands below it."""
        pending = [self]
        while pending:
            item = pending.pop()
            yield item
            pending += reversed(item.below)


@frozen(slots=False)
class Part:
    """A section with the headings around it, outermost first, without the text's title."""

    section: Section
    path: tuple[str, ...]
    items: tuple[Item, ...]
    title: bool = False

    @cached_property
    def blocks(self) -> tuple[tuple[Item, ...], list[int]]:
        """Its blocks, those of inner lists too, in the order of the text, and the offset of each."""
        found = sorted((item for top in self.items for item in top.everything), key=lambda item: item.span.start)
        return tuple(found), [item.span.start for item in found]

    def at(self, item: Item | None = None) -> str:
        """The place as a reader finds it: headings, then the caption, and the number of the item."""
        words = " / ".join(self.path)
        more = []
        if item is not None and item.caption:
            more.append(item.caption)
        if item is not None and item.shape in _LISTED:
            more.append(f"{item.shape} {item.number}")
        elif item is not None and item.label:
            more.append(item.label)
        return ", ".join([*([words] if words else []), *more])


def plain(text: str) -> str:
    """Text without Markdown's emphasis, code marks and links, on one line."""
    return " ".join(_MARKUP.sub("", _LINK.sub(r"\1", text)).split())


def parts(sections: Sequence[Section]) -> tuple[Part, ...]:
    """The sections of a text with what stands in them."""
    around: list[tuple[int, str]] = []
    found: list[Part] = []
    for section in sections:
        heading = plain(section.heading.value) if section.heading else ""
        title = section.heading is not None and section.level == 1 and not any(part.title for part in found)
        while around and around[-1][0] >= section.level:
            around.pop()
        if heading and not title:
            around.append((section.level, heading))
        found.append(Part(section, tuple(words for _, words in around), tuple(_items(section)), title))
    return tuple(found)


def _items(section: Section) -> Iterator[Item]:
    """The blocks of a section, those of inner lists below the item they belong to."""
    top: list[Item] = []
    counts: dict[Shape, int] = {}
    caption, open_items, last = "", list[Item](), None
    for line in section.lines:
        made = _block(section, line, last)
        if made is None:
            continue
        if made is last:
            _extended(made, section, line)
            continue
        last = made
        listed = made.shape in _LISTED
        while open_items and (not listed or open_items[-1].depth >= made.depth):
            open_items.pop()
        if open_items:
            made.number = made.number or len(open_items[-1].below) + 1
            open_items[-1].below.append(made)
        else:
            caption = _caption(made, caption)
            made.caption = "" if _is_caption(made) else caption
            counts = {} if made.shape in {Shape.PROSE, Shape.LABELLED} else counts
            counts[made.shape] = counts.get(made.shape, 0) + 1
            made.number = made.number or counts[made.shape]
            top.append(made)
        if listed:
            open_items.append(made)
    yield from top


def _block(section: Section, line: Line, last: Item | None) -> Item | None:
    """The block that a line begins, or `last` where it goes on; None for a line that only divides."""
    if line.fenced:
        goes_on = last is not None and last.shape is Shape.FENCE and not line.apart
        return last if goes_on else _made(Shape.FENCE, section, line, 0)
    return None if _is_rule(line.text) else _open_block(section, line, last)


def _open_block(section: Section, line: Line, last: Item | None) -> Item:
    """The block that a line outside of a fence begins, or goes on."""
    text = line.text
    mark = ITEM.match(text)
    lead = mark[0] if mark else ""
    indent = len(text) - len(text.lstrip())
    if lead.strip(" \t>") and not lead.lstrip(" \t>").startswith("#"):
        shape = Shape.NUMBERED if _NUMBERED.match(lead) else Shape.BULLET
        return _made(shape, section, line, len(lead), indent)
    if text.lstrip().startswith("|"):
        return _made(Shape.ROW, section, line, indent)
    if last is not None and last.shape in _LISTED and indent > last.depth:
        return last
    if labelled(line) is not None:
        return _made(Shape.LABELLED, section, line, len(lead))
    goes_on = last is not None and not line.apart and last.shape in _FLOWING and not _is_caption(last)
    return last if goes_on and last is not None else _made(Shape.PROSE, section, line, len(lead))


def _is_rule(text: str) -> bool:
    """Whether a line only divides: a thematic break, or the line below the head of a table."""
    signs = set(text) - {" ", "\t"}
    return (len(signs) == 1 and signs <= set("-*_=~") and len(text) > 2) or ("--" in text and signs <= set(":|-"))  # noqa: PLR2004  `--` is a dash


def _made(shape: Shape, section: Section, line: Line, lead: int, depth: int = 0) -> Item:
    start = line.start + lead
    text = line.text[lead:]
    sign = _SIGN.match(text) if shape is not Shape.FENCE else None
    raw = text[sign.end() :] if sign else text
    item = Item(shape, [raw], Span(section.source, start, line.start + len(line.text)), depth)
    item.sign = sign[0].strip() if sign else ""
    if shape is Shape.NUMBERED and (printed := _PRINTED.search(line.text[:lead])):
        item.number = int(printed[0])
    found = _LABEL.match(raw) if shape in {*_LISTED, Shape.LABELLED} else None
    if found and not raw.startswith("//", found.end()):
        item.label, item.value_at = plain(found[1]), found.end()
    return item


def _extended(item: Item, section: Section, line: Line) -> None:
    item.rows.append(line.text.strip())
    item.span = Span(section.source, item.span.start, line.start + len(line.text))


def _is_caption(item: Item) -> bool:
    """Whether a block only says what stands below it."""
    short = len(item.rows) <= _CAPTION_LENGTH
    return short and item.shape in {Shape.PROSE, Shape.LABELLED} and _CAPTION.fullmatch(item.raw.strip()) is not None


def _caption(item: Item, caption: str) -> str:
    """The caption that holds from a block on."""
    if _is_caption(item):
        return item.text.rstrip(":")
    return "" if item.shape in {Shape.PROSE, Shape.LABELLED} else caption
