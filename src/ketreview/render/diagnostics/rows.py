"""Findings for a person as rows of styled text."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Diagnostic, Fix, Related, Severity
from ketreview.render.clean import clean, side_by_side
from ketreview.render.preview import Part, Preview, parts, preview
from ketreview.render.snippet import Row, adds_to, rows, window
from ketreview.source import Span

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_MIN_SNIPPET = 20
_MAX_SNIPPET = 200
_GUTTER = 5

Segments = list[tuple[str, str]]
"""What stands in a row: texts, each with its style in rich's words."""


def concise_rows(finding: Diagnostic, *, links: bool = False) -> Iterator[Segments]:
    """A finding in one line."""
    yield [(f"{_place(finding.span)}: ", ""), *_code(finding, links=links), (f" {clean(finding.message)}", "")]


def full_rows(finding: Diagnostic, width: int, *, links: bool = False) -> Iterator[Segments]:
    """A finding with its lines, what else matters to it, and what mends it; `links` make its code one to its page."""
    style = STYLES[finding.severity]
    yield [*_code(finding, links=links), (f" {clean(finding.message)}", "bold")]
    yield [("  → ", "dim"), (_place(finding.span), ""), (f"  {finding.code.name}", "dim")]
    yield from _snippet(finding.span, width, "^", style)
    for related in finding.related:
        yield from _related(finding, related, width)
    if finding.fix is not None:
        yield from _fix(finding.fix, width)
    yield []


def _code(finding: Diagnostic, *, links: bool) -> Segments:
    """The severity and the code."""
    style = STYLES[finding.severity]
    return [(f"{finding.severity} ", style), (finding.code.id, f"{style} link {finding.code.page}" if links else style)]


def _place(span: Span) -> str:
    line, column = span.begin
    return f"{clean(span.path)}:{line}:{column}"


def _related(finding: Diagnostic, related: Related, width: int) -> Iterator[Segments]:
    """Another place, with its line if that says more."""
    yield [("  also ", "dim"), (_place(related.span), ""), (f": {clean(related.message)}", "dim")]
    if adds_to(related, finding):
        yield from _snippet(related.span, width, "-", "blue")


def _snippet(span: Span, width: int, mark: str, style: str) -> Iterator[Segments]:
    """The lines with a mark under what is meant, cut to the width around it."""
    shown = rows(span, _room(width))
    gutter = max([_GUTTER, *(len(str(row.number)) for row in shown)])
    for row in shown:
        yield from _row(row, gutter, mark, style)


def _room(width: int) -> int:
    """How much of a line is shown; in a pipe, which has no width, not all of a paragraph."""
    return min(max(width - _GUTTER - len(" │ ") - len("… ") - len(" …"), _MIN_SNIPPET), _MAX_SNIPPET)


def _row(row: Row, gutter: int, mark: str, style: str) -> Iterator[Segments]:
    if not row.number:
        yield [(f"{'⋮':>{gutter}} │ {row.marked}", "dim")]
        return
    before, marked, after = side_by_side(row.before, row.marked, row.after)
    left, right = "… " if row.cut_left else "", " …" if row.cut_right else ""
    yield [(f"{row.number:>{gutter}} │ ", "dim"), (left, "dim"), (before + marked + after, ""), (right, "dim")]
    if marked or mark == "^":
        indent = " " * (len(left) + _width(before))
        yield [(" " * gutter + " │ ", "dim"), (indent, ""), (mark * max(1, _width(marked)), style)]


def _width(text: str) -> int:
    """The columns that a text takes, where nothing in it is a control character."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415  most lines need nothing of rich

    return cell_len(text)


def _fix(fix: Fix, width: int) -> Iterator[Segments]:
    """What mends the finding, and what becomes of the lines if they are few."""
    safety = "" if fix.safe else " (needs your yes)"
    yield [(f"  fix: {clean(fix.title)}{safety}", "green")]
    shown = preview(fix)
    if shown is not None:
        yield from _preview(shown, width)


def _preview(shown: Preview, width: int) -> Iterator[Segments]:
    """The lines as a small diff."""
    room = _room(width - len("- "))
    removed, added = parts(shown)
    for number, part in enumerate(removed, shown.number):
        yield [(f"{number:>{_GUTTER}} │ ", "dim"), *_changed("- ", part, room, "red")]
    for part in added:
        yield [(" " * _GUTTER + " │ ", "dim"), *_changed("+ ", part, room, "green")]


def _changed(sign: str, part: Part, room: int, style: str) -> Segments:
    """A line of it, cut to the width around what is changed."""
    content = "".join(part)
    start, end = len(part.before), len(part.before) + len(part.changed)
    left, right = window(content, start, end, room)
    before, changed, after = side_by_side(
        content[left:start], content[max(start, left) : min(end, right)], content[max(end, left) : right]
    )
    return [
        (sign, style),
        ("… " if left else "", "dim"),
        (before, style),
        (changed, f"bold {style}"),
        (after, style),
        (" …" if right < len(content) else "", "dim"),
    ]
