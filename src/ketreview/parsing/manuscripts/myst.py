"""MyST, the Markdown of Sphinx and Jupyter Book, to the citations of its roles, its includes and bibliographies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ketreview.parsing.manuscripts.roles import CODE_DIRECTIVES, LISTING_DIRECTIVES, Roles
from ketreview.patterns import regex

_MARKS = regex(
    r"\{(?:cite|footcite)(?::[a-z]+)?\}`|^[ \t>]*(?:`{3,}|~{3,}|:{3,})\{(?:bibliography|include)\}", re.MULTILINE
)
_INLINE = regex(
    r"\\.|\{((?:cite|footcite)(?::[a-z]+)?)\}`([^`]+)`(?!`)"
    r"|(?<!`)(`++)(?!`)(?:[^`\n]++|\n(?![ \t\r]*\n)|(?!(?<!`)\3(?!`))`++){0,2000}+\3(?!`)|`++|<!--.*?(?:-->|\Z)",
    re.DOTALL,
)
_LINE = regex(r"([ \t]*)([^\n]*)(?:\n|\Z)")
_FENCE = regex(r"[ \t>]*(`{3,}+|~{3,}+|:{3,}+)(?:\{([\w:.+-]+)\})?[ \t]*+([^`\n]*+)$")
_LIST = regex(r"(?:[-+*]|\d{1,9}[.)])(?=[ \t])")
_CODE_INDENT = 4


def is_myst(text: str) -> bool:
    """Whether a Markdown text has a role or directive of MyST that matters here."""
    return _MARKS.search(text) is not None


def read(text: str) -> Roles:
    """Reads a MyST text. Never raises."""
    roles = Roles(text)
    for start, end in _texts(text, roles):
        roles.take(_INLINE, start, end)
    return roles


def _texts(text: str, roles: Roles) -> Iterator[tuple[int, int]]:
    """The stretches of MyST that hold inline markup: the content of directives is text, unless they show code."""
    fences: list[str] = []  # of the directives that are open
    position = start = 0
    blank, listed = True, False
    while position < len(text):
        line = _LINE.match(text, position)
        assert line is not None  # the pattern matches any line  # noqa: S101
        body, end = line[2].rstrip(), line.end()
        column = len(line[1].expandtabs(4))
        behind = line.start(2) + len(body)
        fence = _FENCE.match(text, position, behind) if body.lstrip("> \t")[:3] in {"```", "~~~", ":::"} else None
        if fence is not None and (column < _CODE_INDENT or listed):
            yield start, position
            end = _fenced(text, fence, end, fences, roles)
            start = end
            blank = True
        elif body.startswith("<!--"):
            yield start, position
            close = text.find("-->", position)
            start = end = close + 3 if close >= 0 else len(text)
            roles.comments.append((line.start(2), end))
        elif body.startswith("%"):
            yield start, position
            start = end
            roles.comments.append((line.start(2), behind))
        elif blank and body and column >= _CODE_INDENT and not listed:
            yield start, position
            start = end
        else:
            if body and (_LIST.match(body) or (blank and not column)):
                listed = _LIST.match(body) is not None
            blank = not body
            if blank:
                yield start, end
                start = end
        position = end
    yield start, position


def _fenced(text: str, fence: re.Match[str], end: int, fences: list[str], roles: Roles) -> int:
    """The offset behind a fence, and behind what it hides."""
    run, name = fence[1], (fence[2] or "").lower()
    if fences and not name and not fence[3] and run[0] == fences[-1][0] and len(run) >= len(fences[-1]):
        fences.pop()
        return end
    if run[0] == ":" and not name:
        return end
    if name and name not in CODE_DIRECTIVES and name not in LISTING_DIRECTIVES:
        fences.append(run)
        return end
    close = _closing(text, end, run)
    if name in LISTING_DIRECTIVES:
        roles.directive(name, fence.span(3), (end, close))
    return close


def _closing(text: str, start: int, run: str) -> int:
    closer = regex(rf"^[ \t>]*{re.escape(run[0])}{{{len(run)},}}[ \t\r]*(?:\n|\Z)", re.MULTILINE)
    match = closer.search(text, start)
    return match.end() if match else len(text)
