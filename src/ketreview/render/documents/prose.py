"""What all typeset formats do alike: harmless text, spans of a line, the keys that a document cites."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from ketreview.document import Cite, Document, Inline, Line, Text, Tone, lines
from ketreview.patterns import regex

_LINE = regex(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = regex(r"[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
# controls, lone surrogates, noncharacters, and what turns the direction of text or hides it
_DROPPED = regex(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff0-\uffff\ud800-\udfff]"
    r"|[\U000e0000-\U000e0fff]"
)


def folded(text: str) -> str:
    """`text` on one line: breaks and tabs become a blank, control characters are dropped."""
    return _BLANKS.sub(" ", _DROPPED.sub("", text))


def folded_lines(text: str) -> list[str]:
    """The lines of `text` as they stand, tabs as four blanks, control characters dropped."""
    return [_DROPPED.sub("", line.replace("\t", "    ")).replace("\x1f", "") for line in _LINE.split(text)]


def runs(content: Line) -> Iterator[Text | tuple[Cite, ...]]:
    """The parts of a line in order: texts of one tone joined, citations that stand side by side as one group."""
    told = [part for part in content if (folded(part.text) if isinstance(part, Text) else part.keys)]
    for key, parts in groupby(told, key=_kind):
        if key is None:
            yield tuple(part for part in parts if isinstance(part, Cite))
        else:
            yield Text(folded("".join(part.text for part in parts if isinstance(part, Text))), key)


def _kind(part: Inline) -> Tone | None:
    return part.tone if isinstance(part, Text) else None


def marked(text: str, mark: Callable[[str], str]) -> str:
    """`text` with `mark` put around its words; blanks at its ends stay outside."""
    words = text.strip()
    if not words:
        return text
    before, _, after = text.partition(words)
    return f"{before}{mark(words)}{after}"


def framed(text: str, around: Sequence[str]) -> list[str]:
    """A text between the comments that are to stand around it; nothing where there is no text."""
    return [*around[:1], text, *around[1:]] if text else []


def cites(document: Document) -> bool:
    """Whether the document cites anything."""
    return any(isinstance(part, Cite) and part.keys for content in lines(document.blocks) for part in content)
