"""reStructuredText and MyST chapters to the citations of sphinxcontrib-bibtex, includes and bibliographies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ketreview.model.manuscript import Link, Manuscript, Mention
from ketreview.parsing.text import decode_text
from ketreview.source import Span

# A role stands where inline markup may begin; a literal or an escape before it hides it.
_RST_INLINE = re.compile(
    r"\\.|``(?!\s)(?:[^`\n]|`(?!`)|\n(?![ \t\r]*\n))*?``"
    r"|(?<![\w:`\\]):((?:cite|footcite)(?::[a-z]+)?):`([^`]+)`|(?<![\w`]):[\w:.+-]{1,80}:`[^`]*`",
    re.DOTALL,
)
_MYST_INLINE = re.compile(
    r"\\.|\{((?:cite|footcite)(?::[a-z]+)?)\}`([^`]+)`(?!`)"
    r"|(?<!`)(`++)(?!`)(?:[^`\n]++|\n(?![ \t\r]*\n)|(?!(?<!`)\3(?!`))`++){0,2000}+\3(?!`)|`++|<!--.*?(?:-->|\Z)",
    re.DOTALL,
)
_KEY = re.compile(r"\{[^{}]*+\}|([^\s,{}]+)")  # `{see}key{p. 3}`: what stands in braces is no key
_LINE = re.compile(r"([ \t]*)([^\n]*)(?:\n|\Z)")
_MARKUP = re.compile(r"\.\.(?:[ \t]+|\r?$)(?:([A-Za-z][\w:.+-]*)::(?:[ \t]+(.*?))?[ \t\r]*$)?")
_NO_COMMENT = re.compile(r"\.\.[ \t]+(?:\[[^\]\s]+\]|_|\|[^|]+\||[A-Za-z][\w:.+-]*::)")
_OPTION = re.compile(r"[ \t]*:([\w-]+):[ \t]*([^\n]*)")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,}|:{3,})(?:\{([\w:.+-]+)\})?[ \t]*([^`\n]*?)[ \t\r]*$")
_LIST = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?=[ \t])")
_WORD = re.compile(r"[^\s]+")
_BLANK = re.compile(r"^[ \t\r]*$", re.MULTILINE)
_CODE_INDENT = 4
_LISTED = frozenset({"bibliography", "include"})
_SHOWN = (  # directives whose content is not text
    "code code-block code-cell sourcecode literalinclude raw math mermaid graphviz digraph doctest testcode testsetup "
    "testoutput prompt highlight eval-rst toctree image ipython productionlist index"
)
_VERBATIM = frozenset(_SHOWN.split())


def parse(path: str, data: bytes) -> Manuscript:
    """Reads a reStructuredText chapter. Never raises."""
    return _Reader(path, data, "rst").read(_RST_INLINE, _rst_texts)


def parse_myst(path: str, data: bytes) -> Manuscript:
    """Reads a chapter in MyST, the Markdown of Sphinx and Jupyter Book. Never raises."""
    return _Reader(path, data, "myst").read(_MYST_INLINE, _myst_texts)


class _Reader:
    """Collects what the blocks of a text hold."""

    def __init__(self, path: str, data: bytes, language: str) -> None:
        self.source, self.diagnostics = decode_text(path, data)
        self.language = language
        self.includes: list[Link] = []
        self.bibliographies: list[Link] = []
        self.cites_all = False

    def read(self, inline: re.Pattern[str], texts: Callable[[str, _Reader], Iterator[tuple[int, int]]]) -> Manuscript:
        source = self.source
        citations: list[Mention] = []
        for start, end in texts(source.text, self):
            if "cite" not in source.text[start:end]:
                continue
            for role in inline.finditer(source.text, start, end):
                if role[1]:
                    keys = _KEY.finditer(source.text, *role.span(2))
                    citations += [Mention(key[1], Span(source, *key.span(1)), role[1]) for key in keys if key[1]]
        return Manuscript(
            source,
            self.language,
            citations=tuple(citations),
            includes=tuple(self.includes),
            bibliographies=tuple(self.bibliographies),
            cites_all=self.cites_all,
            diagnostics=tuple(self.diagnostics),
        )

    def directive(self, name: str, argument: tuple[int, int], body: tuple[int, int]) -> None:
        """Takes the paths and options of `include` and `bibliography`."""
        text = self.source.text
        options = {option[1] for option in _OPTION.finditer(text, *body)} if name in _LISTED else set()
        words = [Link(word[0], Span(self.source, *word.span())) for word in _WORD.finditer(text, *argument)]
        if name == "bibliography":
            self.bibliographies += words
            self.cites_all |= "all" in options
        elif name == "include" and not options & {"literal", "code"} and not text.startswith("<", argument[0]):
            start, end = argument
            if start < end:
                self.includes.append(Link(text[start:end], Span(self.source, start, end)))


def _rst_texts(text: str, reader: _Reader) -> Iterator[tuple[int, int]]:
    """The stretches of reStructuredText that hold inline markup."""
    position = start = 0
    blank = True
    while position < len(text):
        line = _LINE.match(text, position)
        assert line is not None  # the pattern matches any line  # noqa: S101
        indent, end = len(line[1]), line.end()
        body = line[2].rstrip()
        markup = _MARKUP.match(text, line.start(2), line.end(2)) if body.startswith("..") else None
        hidden = -1
        if markup is not None and markup[1]:
            name = markup[1].lower()
            if name in _VERBATIM or name in _LISTED:
                hidden = _indented(text, end, indent)
                reader.directive(name, markup.span(2) if markup[2] else (end, end), (end, hidden))
        elif markup is not None and not _NO_COMMENT.match(text, line.start(2), line.end(2)):
            hidden = _indented(text, end, indent)
        elif body.startswith(">>>") and blank:
            hidden = _paragraph(text, end)
        if hidden >= 0:
            yield start, position
            start = position = hidden
            blank = True
            continue
        if body.endswith("::") and markup is None:
            yield start, end
            start = end = _indented(text, end, indent)
        blank = not body
        if blank and start < end:
            yield start, end
            start = end
        position = end
    yield start, position


def _myst_texts(text: str, reader: _Reader) -> Iterator[tuple[int, int]]:
    """The stretches of MyST that hold inline markup: the content of directives is text, unless they show code."""
    fences: list[str] = []  # of the directives that are open
    position = start = 0
    blank, listed = True, False
    while position < len(text):
        line = _LINE.match(text, position)
        assert line is not None  # the pattern matches any line  # noqa: S101
        body, end = line[2].rstrip(), line.end()
        column = len(line[1].expandtabs(4))
        fence = _FENCE.match(text, position, line.end(2)) if body.lstrip("> \t")[:3] in {"```", "~~~", ":::"} else None
        if fence is not None and (column < _CODE_INDENT or listed):
            yield start, position
            end = _fenced(text, fence, end, fences, reader)
            start = end
            blank = True
        elif body.startswith("<!--"):
            yield start, position
            close = text.find("-->", position)
            start = end = close + 3 if close >= 0 else len(text)
        elif body.startswith("%") or (blank and body and column >= _CODE_INDENT and not listed):
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


def _fenced(text: str, fence: re.Match[str], end: int, fences: list[str], reader: _Reader) -> int:
    """The offset behind a fence, and behind what it hides."""
    run, name = fence[1], (fence[2] or "").lower()
    if fences and not name and not fence[3] and run[0] == fences[-1][0] and len(run) >= len(fences[-1]):
        fences.pop()
        return end
    if run[0] == ":" and not name:
        return end
    if name and name not in _VERBATIM and name not in _LISTED:
        fences.append(run)
        return end
    close = _closing(text, end, run)
    if name in _LISTED:
        reader.directive(name, fence.span(3), (end, close))
    return close


def _closing(text: str, start: int, run: str) -> int:
    closer = re.compile(rf"^[ \t>]*{re.escape(run[0])}{{{len(run)},}}[ \t\r]*(?:\n|\Z)", re.MULTILINE)
    match = closer.search(text, start)
    return match.end() if match else len(text)


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
