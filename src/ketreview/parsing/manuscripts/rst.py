"""reStructuredText chapters to the citations of sphinxcontrib-bibtex, includes and bibliographies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ketreview.model.manuscript import Manuscript
from ketreview.parsing.manuscripts.markdown_metadata import links, mentions
from ketreview.parsing.manuscripts.roles import CODE_DIRECTIVES, LISTING_DIRECTIVES, Roles
from ketreview.parsing.suppressions import MARKER, in_chapter
from ketreview.parsing.text import decode_text
from ketreview.patterns import regex

# A role stands where inline markup may begin, in one paragraph; a literal or an escape before it hides it.
_INLINE = regex(
    r"\\.|``(?!\s)(?:[^`\n]|`(?!`)|\n(?![ \t\r]*\n))*?``"
    r"|(?<![\w:`\\]):((?:cite|footcite)(?::[a-z]+)?):`((?:[^`\n]++|\n(?![ \t\r]*\n))+)`"
    r"|(?<![\w`]):[\w:.+-]{1,80}:`(?:[^`\n]++|\n(?![ \t\r]*\n))*+`",
    re.DOTALL,
)
_MATTERS = ("cite", "include", "bibliography", MARKER)
_NEXT = regex(r"^[ \t]*(?:\.\.(?=[ \t\r\n]|\Z)|>>>)|::[ \t\r]*$", re.MULTILINE)
_LINE = regex(r"([ \t]*)([^\n]*)(?:\n|\Z)")
_MARKUP = regex(r"\.\.(?:[ \t]++|$)(?:([A-Za-z](?:[\w.+-]++|:(?!:))*+)::(?:[ \t]++([^\n]*+))?$)?")
_NO_COMMENT = regex(r"\.\.[ \t]+(?:\[[^\]\s]+\]|_|\|[^|]+\||[A-Za-z][\w:.+-]*::)")
_BLANK = regex(r"^[ \t\r]*$", re.MULTILINE)


def parse(path: str, data: bytes) -> Manuscript:
    """Reads a reStructuredText chapter. Never raises."""
    source, found = decode_text(path, data)
    roles = Roles(source.text)
    if any(word in source.text for word in _MATTERS):
        for start, end in _texts(source.text, roles):
            roles.take(_INLINE, start, end)
    return Manuscript(
        source,
        "rst",
        citations=mentions(source, roles.keys),
        includes=links(source, roles.includes),
        bibliographies=links(source, roles.bibliographies),
        cites_all=roles.cites_all,
        diagnostics=tuple(found),
        suppressions=in_chapter(source, roles.comments) if MARKER in source.text else (),
    )


def _texts(text: str, roles: Roles) -> Iterator[tuple[int, int]]:
    """The stretches that hold inline markup."""
    position = start = 0
    while (mark := _NEXT.search(text, position)) is not None:
        at = text.rfind("\n", position, mark.start()) + 1 or position
        line = _LINE.match(text, at)
        assert line is not None  # the pattern matches any line  # noqa: S101
        position, shown = _hidden(text, line, roles)
        if position > line.end() or not shown:
            yield start, line.end() if shown else at
            start = position
    yield start, len(text)


def _hidden(text: str, line: re.Match[str], roles: Roles) -> tuple[int, bool]:
    """The offset behind what a line hides below it, and whether the line itself is text."""
    indent, end, body = len(line[1]), line.end(), line[2].rstrip()
    behind = line.start(2) + len(body)
    markup = _MARKUP.match(text, line.start(2), behind) if body.startswith("..") else None
    if markup is None:
        if body.startswith(">>>"):
            after_blank = not text[text.rfind("\n", 0, max(line.start() - 1, 0)) + 1 : line.start()].strip()
            return (_paragraph(text, end), False) if after_blank else (end, True)
        return (_indented(text, end, indent) if body.endswith("::") else end), True
    if markup[1]:
        name = markup[1].lower()
        if name not in CODE_DIRECTIVES and name not in LISTING_DIRECTIVES:
            return end, True
        hidden = _indented(text, end, indent)
        roles.directive(name, markup.span(2) if markup[2] else (end, end), (end, hidden))
        return hidden, False
    if _NO_COMMENT.match(text, line.start(2), behind):
        return end, True
    roles.comments.append((line.start(2), behind))
    return _indented(text, end, indent), False


def _indented(text: str, start: int, indent: int) -> int:
    """The offset behind the lines from `start` that are blank or indented by more than `indent`."""
    position = start
    while position < len(text):
        line = _LINE.match(text, position)
        assert line is not None  # the pattern matches any line  # noqa: S101
        if line[2].strip():
            if len(line[1]) <= indent:
                break
            start = line.end()
        position = line.end()
    return start


def _paragraph(text: str, start: int) -> int:
    blank = _BLANK.search(text, start)
    return blank.start() if blank else len(text)
