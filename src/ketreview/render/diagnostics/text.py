"""Findings for a person: in a terminal, or one line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from ketreview.diagnostics import Diagnostic, Fix, Related, Severity
from ketreview.render.clean import clean, side_by_side
from ketreview.render.preview import Part, Preview, parts, preview
from ketreview.render.snippet import Row, adds_to, rows, window
from ketreview.source import Span

FOLD = 20
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_MIN_SNIPPET = 20
_MAX_SNIPPET = 200
_HANG = 2
_GUTTER = 5

Segments = list[tuple[str, str | Style]]


def show(findings: Sequence[Diagnostic], console: Console, *, concise: bool, fold: bool, links: bool = False) -> None:
    """Prints every finding; with `fold`, only the first of each code and then a count.

    With `links`, each code is a link to the rule's page.
    """
    shown, folded = _folded(findings) if fold else (findings, {})
    width, plain = console.width, console.color_system is None
    for finding in shown:
        told = _concise(finding, links=links) if concise else _full(finding, width, links=links)
        if plain:  # in a tenth of rich's time
            console.file.write("".join(["".join([text for text, _ in row]) + "\n" for row in told]))
            continue
        for row in told:
            if concise:
                console.print(Text.assemble(*row), soft_wrap=True)
            else:
                _print(Text.assemble(*row), console)
    for code, number in folded.items():
        console.print(Text(f"… and {number} more {code}; see them with --select {code} --concise, or in a pipe", "dim"))


def _print(text: Text, console: Console) -> None:
    """Prints a row; what does not fit stands below it, further in than it began."""
    if text.cell_len <= console.width:
        console.print(text, soft_wrap=True)
        return
    hang = " " * (len(text.plain) - len(text.plain.lstrip()) + _HANG)
    first, *others = text.wrap(console, max(console.width - len(hang), _MIN_SNIPPET))
    for row in (first, *(Text(hang).append_text(other) for other in others)):
        row.rstrip()
        console.print(row, soft_wrap=True)


def _folded(findings: Sequence[Diagnostic]) -> tuple[list[Diagnostic], dict[str, int]]:
    seen: Counter[str] = Counter()
    shown = []
    for finding in findings:
        seen[finding.code.id] += 1
        if seen[finding.code.id] <= FOLD:
            shown.append(finding)
    return shown, {code: number - FOLD for code, number in sorted(seen.items()) if number > FOLD}


def _code(finding: Diagnostic, *, links: bool) -> Segments:
    """The severity and the code."""
    style = STYLES[finding.severity]
    code = Style.parse(style) + Style(link=finding.code.page) if links else style
    return [(f"{finding.severity} ", style), (finding.code.id, code)]


def _concise(finding: Diagnostic, *, links: bool) -> Iterator[Segments]:
    yield [(f"{_place(finding.span)}: ", ""), *_code(finding, links=links), (f" {clean(finding.message)}", "")]


def _place(span: Span) -> str:
    line, column = span.begin
    return f"{clean(span.path)}:{line}:{column}"


def _full(finding: Diagnostic, width: int, *, links: bool) -> Iterator[Segments]:
    style = STYLES[finding.severity]
    yield [*_code(finding, links=links), (f" {clean(finding.message)}", "bold")]
    yield [("  → ", "dim"), (_place(finding.span), ""), (f"  {finding.code.name}", "dim")]
    yield from _snippet(finding.span, width, "^", style)
    for related in finding.related:
        yield from _related(finding, related, width)
    if finding.fix is not None:
        yield from _fix(finding.fix, width)
    yield []


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
    return len(text) if text.isascii() else cell_len(text)


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
