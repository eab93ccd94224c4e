r"""How Typst, LaTeX and Markdown write headings, labels in front of a value, and emphasis."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ketreview.parsing.appendix import hiding
from ketreview.parsing.appendix.hiding import Hidden
from ketreview.patterns import regex

_NAME = r"[A-Za-z][^*_:{}\[\]\n\0]{0,58}"
_SECTIONS: Mapping[str, int] = {
    name: level
    for level, name in enumerate(
        ("part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph"), 1
    )
}
_LONGEST_HEADING = 2000

_TYPST_HEADING = regex(r"[ \t]*+(={1,6})[ \t]++(?=\S)")
_TYPST_LABEL_OF_HEADING = regex(r"[ \t]*+<[\w:.\-]++>[ \t]*+\Z")
_LATEX_HEADING = regex(
    rf"[ \t]*+\\({'|'.join(sorted(_SECTIONS, key=len, reverse=True))})\*?[ \t]*+(?:\[[^\[\]\n]*+\])?[ \t]*+\{{"
)
_BRACE = regex(r"\\.|[{}]", re.DOTALL)
_LABEL_COMMAND = regex(r"\\label\s*+\{[^{}\n]*+\}")
_MARKDOWN_HEADING = regex(r" {0,3}(#{1,6})(?:[ \t]++|$)")
_ATTRIBUTES = regex(r"\{[#.:=\w \"'\-]*+\}")
_UNDERLINE = regex(r" {0,3}(=++|-++)[ \t]*+")


class Heading(NamedTuple):
    """A heading in a line: its level from 1, its words, and where what follows it begins."""

    level: int
    start: int
    end: int
    after: int


class Language(NamedTuple):
    """What is told apart in one language. `label` has the group `name`, `bold` is a line that is bold throughout."""

    hidden: Callable[[str], Iterator[Hidden]]
    heading: Callable[[str, int, int], Heading | None]
    label: re.Pattern[str]
    bold: re.Pattern[str]
    emphasis: re.Pattern[str]
    underlined: bool = False
    backslashes: bool = False


def typst_heading(text: str, start: int, end: int) -> Heading | None:
    """`== Words <label>`, on a line."""
    match = _TYPST_HEADING.match(text, start, end)
    if match is None:
        return None
    label = text.rfind("<", match.end(), end)
    stop = label if label >= 0 and _TYPST_LABEL_OF_HEADING.match(text, label, end) else end
    return Heading(len(match[1]), match.end(), stop, end)


def latex_heading(text: str, start: int, end: int) -> Heading | None:
    """`\\subsection*{Words}\\label{…}`, which may go on over lines."""
    match = _LATEX_HEADING.match(text, start, end)
    if match is None:
        return None
    depth = 1
    for brace in _BRACE.finditer(text, match.end(), match.end() + _LONGEST_HEADING):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if not depth:
            label = _LABEL_COMMAND.search(text, match.end(), brace.start())
            behind = _LABEL_COMMAND.match(text, brace.end())
            stop = label.start() if label else brace.start()
            return Heading(_SECTIONS[match[1]], match.end(), stop, behind.end() if behind else brace.end())
    return None


def markdown_heading(text: str, start: int, end: int) -> Heading | None:
    """`### Words ### {#id}`, on a line."""
    match = _MARKDOWN_HEADING.match(text, start, end)
    if match is None:
        return None
    words = text[match.end() : end].rstrip()
    brace = words.rfind("{")
    if words.endswith("}") and brace >= 0 and _ATTRIBUTES.fullmatch(words, brace):
        words = words[:brace].rstrip()
    closed = words.rstrip("#")
    words = closed.rstrip() if closed != closed.rstrip() or not closed else words
    return Heading(len(match[1]), match.end(), match.end() + len(words), end)


def underline(text: str, start: int, end: int) -> int:
    """The level that a line under a Markdown paragraph makes it a heading of, 0 if none."""
    match = _UNDERLINE.fullmatch(text, start, end)
    return 0 if match is None else 1 if match[1][0] == "=" else 2


_TYPST = Language(
    hiding.in_typst,
    typst_heading,
    regex(rf"(?<![\w\\*_])(?P<mark>[*_])(?P<name>{_NAME})(?::(?P=mark)(?:[ \t]*+:)?|(?P=mark)[ \t]*+:)"),
    regex(r"\*(?P<words>(?:[^*\\\n]|\\.){1,300})\*[ \t]*+\\?[ \t]*+"),
    regex(r"(?<![\w\\])[_*](?=\S)"),
)
_LATEX = Language(
    hiding.in_latex,
    latex_heading,
    regex(
        r"\\(?:textbf|emph|textit|textsc|textsf|underline)[ \t]*+\{[ \t]*+"
        rf"(?P<name>{_NAME})(?::[ \t]*+\}}(?:[ \t]*+:)?|\}}[ \t]*+:)"
        rf"|\{{\\(?:bf|it|em|sc|bfseries|itshape|scshape)[ \t]++(?P<old>{_NAME})(?::[ \t]*+\}}|\}}[ \t]*+:)"
        rf"|\\item[ \t]*+\[(?:\\(?:textbf|textit|emph)\{{|\{{)?(?P<item>{_NAME}):?\}}?:?\]:?"
    ),
    regex(
        r"(?:\\(?:noindent|medskip|smallskip|bigskip)[ \t]*+)*+\\textbf[ \t]*+"
        r"\{(?P<words>(?:[^{}\\\n]|\\.|\{[^{}\n]{0,40}\}){1,300})\}[ \t]*+(?:\\\\)?[ \t]*+"
    ),
    regex(r"\\(?:emph|textit|textsl)[ \t]*+\{|\{\\(?:it|em|itshape)[ \t]++"),
    backslashes=True,
)
_MARKDOWN = Language(
    hiding.in_markdown,
    markdown_heading,
    regex(rf"(?<![\w\\*_])(?P<mark>\*\*|__|\*|_)(?P<name>{_NAME})(?::(?P=mark)(?:[ \t]*+:)?|(?P=mark)[ \t]*+[:|])"),
    regex(r"(?P<mark>\*\*|__)(?P<words>(?:[^*\\\n]|\\.){1,300})(?P=mark)[ \t]*+\\?[ \t]*+"),
    regex(r"(?<![\w\\*_])[_*]{1,2}(?=[^\s_*])"),
    underlined=True,
)

LANGUAGES: Mapping[str, Language] = {
    ".typ": _TYPST,
    ".tex": _LATEX,
    **dict.fromkeys((".md", ".markdown", ".qmd", ".Rmd", ".rmd"), _MARKDOWN),
}
"""The languages by the extensions of their files."""
