"""A suppression taken out of its comment, or the comment with it, so that nothing else of the file changes."""

from __future__ import annotations

import re
from collections.abc import Collection

from ketreview.diagnostics import Fix
from ketreview.edits import Edit
from ketreview.model.suppression import Suppression
from ketreview.patterns import regex
from ketreview.source import Span

_BLANKS = regex(r"[ \t]*")
_HTML = "<!--"
_HTML_END = regex(r"[ \t]*-->")
_LINE_BREAK = regex(r"\r\n|\n|\r|\Z")
_NOTEBOOK = ".ipynb"
_REST = ".."
_TEX = ".tex"


def removal(comment: Suppression, unused: Collection[Span], code: Span) -> Fix | None:
    """Takes `code` out; where no code of the comment is used, the whole comment.

    None where the comment says more than this, or where what stands around it would be read otherwise.
    """
    if len(unused) < len(comment.codes):
        return Fix(f"Remove `{code.text}`", safe=True, edits=(Edit(_with_separator(comment, code), ""),))
    whole = _whole(comment.span)
    if whole is None:
        return None
    edit = _line_removed(whole) or _inline_removed(whole)
    if edit is None:
        return None
    return Fix("Remove the comment", safe=not _parts_paragraphs(whole), edits=(edit,))


def _with_separator(comment: Suppression, code: Span) -> Span:
    """The code and what stands between it and the one before it; for the first one, and the one behind it."""
    spans = [span for _, span in comment.codes]
    index = spans.index(code)
    if index:
        return Span(code.source, spans[index - 1].end, code.end)
    return Span(code.source, code.start, spans[1].start)


def _whole(span: Span) -> Span | None:
    """The comment with what closes it; None where it goes on behind the suppression."""
    text = span.source.text
    if span.path.endswith(_NOTEBOOK):  # its lines are strings of a JSON text
        return None
    if text.startswith(_HTML, span.start):
        end = _HTML_END.match(text, span.end)
        return Span(span.source, span.start, end.end()) if end else None
    if text.startswith(_REST, span.start) and _goes_on(span):
        return None
    broken_by_cr = text.startswith("%", span.start) and text.startswith("\r", span.end)
    if broken_by_cr and not text.startswith("\r\n", span.end):  # only a line feed ends a comment of BibTeX and TeX
        return None
    return span


def _goes_on(span: Span) -> bool:
    """Whether text that is indented further follows, which reStructuredText takes as part of the comment."""
    text = span.source.text
    following = regex(r"\s*?^([ \t]*)\S", re.MULTILINE).match(text, span.end)
    return following is not None and len(following[1]) > span.begin.column - 1


def _line_removed(whole: Span) -> Edit | None:
    """The edit that takes the whole line, where nothing else stands on it."""
    text, start, end = whole.source.text, _before(whole), _behind(whole)
    line_break = _LINE_BREAK.match(text, end)
    if line_break is None or not _begins_line(text, start):
        return None
    return Edit(Span(whole.source, start, line_break.end()), "")


def _inline_removed(whole: Span) -> Edit | None:
    """The edit that takes the comment and the blanks that only kept it apart."""
    text, start, end = whole.source.text, _before(whole), _behind(whole)
    if text.startswith(_HTML, whole.start) and not _LINE_BREAK.match(text, end):
        beside = start < whole.start or _begins_line(text, start)
        if not beside and end == whole.end:
            return None
        return Edit(Span(whole.source, whole.start, end if beside else whole.end), "")
    glued = whole.path.endswith(_TEX) and start == whole.start  # in TeX it keeps the next line from being a new word
    return Edit(Span(whole.source, start, whole.end), "%" if glued else "")


def _parts_paragraphs(whole: Span) -> bool:
    """Whether some readers of Markdown see two paragraphs around the comment, and would see one without it."""
    source = whole.source
    if not source.text.startswith(_HTML, whole.start):
        return False
    number = whole.begin.line
    lines = len(source.line_starts)
    return 1 < number < lines and bool(source.line(number - 1).strip()) and bool(source.line(number + 1).strip())


def _before(whole: Span) -> int:
    """Where the blanks before it begin."""
    text, at = whole.source.text, whole.start
    while at > 0 and text[at - 1] in " \t":
        at -= 1
    return at


def _behind(whole: Span) -> int:
    """Where the blanks behind it end."""
    blanks = _BLANKS.match(whole.source.text, whole.end)
    return blanks.end() if blanks else whole.end


def _begins_line(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "\r\n"
