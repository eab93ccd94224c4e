"""What of a text is read: comments and blocks of raw text are left out, raw text in a line has words but no markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ketreview.parsing.manuscripts import typst_tokens
from ketreview.patterns import regex

RAW = "\0"
"""What stands for a character of raw text where markup is looked for."""

_MOST_INLINE = 1000
_FENCE = 3
_TYPST = regex(r"\\.|https?://|//|/\*|`+", re.DOTALL)
_LATEX = regex(
    r"(?P<address>\\(?:url|href|doi|nolinkurl)\s*+\{[^{}\n]*+\})"
    r"|\\begin\s*+\{(?P<block>verbatim\*?|lstlisting|minted|comment|filecontents\*?)\}"
    r"|(?P<dead>\\iffalse(?![A-Za-z]))|\\(?:verb\*?|lstinline)(?P<bar>[^\w\s*{\[])|\\.|%[^\n]*+",
    re.DOTALL,
)
_MARKDOWN = regex(r"\\.|<!--|^[ \t]{0,12}+(?P<fence>`{3,}+|~{3,}+)[^`\n]*+$|(?P<ticks>`++)", re.DOTALL | re.MULTILINE)
_FRONT_MATTER = regex(r"---[ \t]*+\r?\n(?:(?!---[ \t\r]*+$)[^\n]*+\n)*+---[ \t\r]*+$", re.MULTILINE)


class Hidden(NamedTuple):
    """A stretch that is not markup; `inner` is what of it can be read, or None."""

    start: int
    end: int
    inner: tuple[int, int] | None = None


class Page(NamedTuple):
    """A text twice, with the offsets of the original.

    `markup` has no comments and a placeholder for raw text, `readable` has the words of raw text in a line.
    """

    markup: str
    readable: str


def page(text: str, hidden: Callable[[str], Iterator[Hidden]]) -> Page:
    """The text without what `hidden` finds."""
    markup, readable, position = [], [], 0
    for start, end, inner in hidden(text):
        before = text[position:start]
        blank = _blank(text[start:end])
        markup += [before, RAW * (end - start) if inner else blank]
        readable += [before, _kept(text, start, end, inner) if inner else blank]
        position = end
    return Page("".join([*markup, text[position:]]), "".join([*readable, text[position:]]))


def in_typst(text: str) -> Iterator[Hidden]:
    """Comments and raw text of Typst."""
    position = 0
    while match := _TYPST.search(text, position):
        start, position = match.span()
        if text[start] == "`":
            ticks = position - start
            position = typst_tokens.raw_end(text, start, position)
            inner = (start + ticks, max(start + ticks, position - ticks))
            yield Hidden(start, position, inner if ticks < _FENCE else None)
        elif text[start] == "h":
            position = typst_tokens.link_end(text, position)
        elif text[start] == "/":
            position = typst_tokens.hidden_end(text, start, position)
            yield Hidden(start, position)


def in_latex(text: str) -> Iterator[Hidden]:
    """Comments, verbatim text and dead branches of LaTeX. A `%` in an address is none."""
    position = 0
    while match := _LATEX.search(text, position):
        start, position = match.span()
        if block := match["block"]:
            position = _behind(text, f"\\end{{{block}}}", position)
            yield Hidden(start, position)
        elif match["dead"]:
            position = _behind(text, "\\fi", position)
            yield Hidden(start, position)
        elif bar := match["bar"]:
            end = text.find(bar, position, position + _MOST_INLINE)
            if end >= 0 and text.find("\n", position, end) < 0:
                yield Hidden(start, end + 1, (position, end))
                position = end + 1
        elif text[start] == "%":
            yield Hidden(start, position)


def in_markdown(text: str) -> Iterator[Hidden]:
    """The head of a file, comments, and code of Markdown."""
    front = _FRONT_MATTER.match(text)
    position = front.end() if front else 0
    if front:
        yield Hidden(0, position)
    while match := _MARKDOWN.search(text, position):
        start, position = match.span()
        if fence := match["fence"]:
            position = _fence_end(text, fence, position)
            yield Hidden(start, position)
        elif ticks := match["ticks"]:
            end = _closing(text, ticks, position)
            if end:
                yield Hidden(start, end + len(ticks), (position, end))
                position = end + len(ticks)
        elif text[start] == "<":
            position = _behind(text, "-->", position)
            yield Hidden(start, position)


def _fence_end(text: str, fence: str, position: int) -> int:
    closing = regex(rf"^[ \t]*+{fence[0]}{{{min(len(fence), _MOST_INLINE)},}}[ \t\r]*+$", re.MULTILINE)
    match = closing.search(text, position)
    return match.end() if match else len(text)


def _closing(text: str, ticks: str, position: int) -> int:
    """Where as many backticks stand again, not far off; 0 if nowhere."""
    limit = min(len(text), position + _MOST_INLINE)
    for match in regex("`+").finditer(text, position, limit):
        if len(match[0]) == len(ticks):
            return match.start()
    return 0


def _behind(text: str, closing: str, position: int) -> int:
    end = text.find(closing, position)
    return len(text) if end < 0 else end + len(closing)


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)


def _kept(text: str, start: int, end: int, inner: tuple[int, int]) -> str:
    first, last = inner
    return " " * (first - start) + text[first:last] + " " * (end - last)
