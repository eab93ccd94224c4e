"""One finding as HTML: its line with the mark, the related places, the fix."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Diagnostic, Fix, Related
from ketreview.render.html_text import inline, text
from ketreview.render.preview import Part, parts, preview
from ketreview.render.snippet import Row, adds_to, rows, window
from ketreview.source import Span

_WIDTH = 300


def article(finding: Diagnostic, number: int) -> str:
    """The finding, named by its heading."""
    code = finding.code
    name = f"finding-{number}"
    return (
        f'<article class="finding {finding.severity}" id="{name}" aria-labelledby="{name}-title">\n'
        f'<h3 id="{name}-title"><span class="severity">{finding.severity}</span> '
        f'<a href="#{text(code.id.lower())}">{text(code.id)}</a> {inline(finding.message)}</h3>\n'
        f'<p class="place">{_place(finding.span)} <span class="name">{text(code.name)}</span></p>\n'
        f"{_snippet(finding.span)}{_related(finding)}{_fix(finding.fix)}</article>\n"
    )


def _place(span: Span) -> str:
    line, column = span.begin
    return f'<span class="path">{text(span.path)}:{line}:{column}</span>'


def _snippet(span: Span) -> str:
    told = "".join(_row(row) for row in rows(span, _WIDTH))
    return f'<pre class="snippet">{told}</pre>\n' if told else ""


def _row(row: Row) -> str:
    """A line with its number. An empty mark is a place between two characters."""
    if not row.number:
        return f'<span class="row"><span class="number">⋮</span><i>{text(row.marked)}</i>\n</span>'
    left, right = "…" if row.cut_left else "", "…" if row.cut_right else ""
    mark = f"<mark>{text(row.marked)}</mark>" if row.marked else '<mark class="point"></mark>'
    content = f"{left}{text(row.before)}{mark}{text(row.after)}{right}"
    return f'<span class="row"><span class="number">{row.number}</span>{content}\n</span>'


def _related(finding: Diagnostic) -> str:
    items = "".join(_other(finding, related) for related in finding.related)
    return f'<ul class="related">\n{items}</ul>\n' if items else ""


def _other(finding: Diagnostic, related: Related) -> str:
    """Another place, with its line if that says more."""
    line = _snippet(related.span) if adds_to(related, finding) else ""
    return f"<li>also {_place(related.span)}: {inline(related.message)}\n{line}</li>\n"


def _fix(fix: Fix | None) -> str:
    """What mends it, and the lines before and after if they are few."""
    if fix is None:
        return ""
    safety = "" if fix.safe else ' <span class="unsafe">needs your yes</span>'
    return f'<div class="fix">\n<p>Fix: {inline(fix.title)}{safety}</p>\n{"".join(_diff(fix))}</div>\n'


def _diff(fix: Fix) -> Iterator[str]:
    shown = preview(fix)
    if shown is None:
        return
    removed, added = parts(shown)
    yield '<pre class="diff">'
    for part in removed:
        yield f'<del class="row"><span class="number">−</span>{_changed(part)}\n</del>'
    for part in added:
        yield f'<ins class="row"><span class="number">+</span>{_changed(part)}\n</ins>'
    yield "</pre>\n"


def _changed(part: Part) -> str:
    content = "".join(part)
    start, end = len(part.before), len(part.before) + len(part.changed)
    left, right = window(content, start, end, _WIDTH)
    changed = text(content[max(start, left) : min(end, right)])
    marked = f"<b>{changed}</b>" if changed and (part.before or part.after) else changed
    before, after = text(content[left:start]), text(content[max(end, left) : right])
    return f"{'…' if left else ''}{before}{marked}{after}{'…' if right < len(content) else ''}"
