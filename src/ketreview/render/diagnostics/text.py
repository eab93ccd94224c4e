"""Findings for a person: in a terminal, or one line each."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from ketreview.diagnostics import Diagnostic, Severity, Summary
from ketreview.document import Column, Document, Table, Tone, line
from ketreview.document import Text as Words
from ketreview.render.clean import clean
from ketreview.render.documents import terminal

FOLD = 20
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.CAUTION, Severity.INFO: Tone.MUTED}
_MIN_SNIPPET = 40
_PIPE = 100


def show(findings: Sequence[Diagnostic], console: Console, *, concise: bool, fold: bool) -> None:
    """Prints every finding; with `fold`, only the first of each code and then a count."""
    shown, folded = _folded(findings) if fold else (findings, {})
    for finding in shown:
        for text in _concise(finding) if concise else _full(finding, console.width):
            if console.color_system is None:
                console.file.write(text.plain + "\n")  # what rich would print, in a tenth of the time
            else:
                console.print(text, soft_wrap=concise)
    for code, number in folded.items():
        console.print(Text(f"… and {number} more {code}; see them with --select {code} --concise, or in a pipe", "dim"))


def _folded(findings: Sequence[Diagnostic]) -> tuple[list[Diagnostic], dict[str, int]]:
    seen: Counter[str] = Counter()
    shown = []
    for finding in findings:
        seen[finding.code.id] += 1
        if seen[finding.code.id] <= FOLD:
            shown.append(finding)
    return shown, {code: number - FOLD for code, number in sorted(seen.items()) if number > FOLD}


def _concise(finding: Diagnostic) -> Iterator[Text]:
    begin = finding.span.begin
    head = f"{clean(finding.span.path)}:{begin.line}:{begin.column}: "
    code = (f"{finding.severity} {finding.code.id}", STYLES[finding.severity])
    yield Text.assemble(head, code, f" {clean(finding.message)}")


def _full(finding: Diagnostic, width: int) -> Iterator[Text]:
    begin = finding.span.begin
    style = STYLES[finding.severity]
    yield Text.assemble((f"{finding.severity} {finding.code.id} ", style), (clean(finding.message), "bold"))
    yield Text.assemble(
        ("  → ", "dim"), f"{clean(finding.span.path)}:{begin.line}:{begin.column}", (f"  {finding.code.name}", "dim")
    )
    yield from _snippet(finding, width, style)
    for related in finding.related:
        place = related.span.begin
        yield Text(f"  also {clean(related.span.path)}:{place.line}:{place.column}: {clean(related.message)}", "dim")
    if finding.fix is not None:
        safety = "" if finding.fix.safe else " (needs your yes)"
        yield Text(f"  fix: {clean(finding.fix.title)}{safety}", "green")
    yield Text("")


def _snippet(finding: Diagnostic, width: int, style: str) -> Iterator[Text]:
    """The line with a mark under the fault, cut to the width around it."""
    begin, end = finding.span.begin, finding.span.finish
    source = finding.span.source
    if not source.text:
        return
    content = source.line(begin.line)
    gutter = f"{begin.line:>5} │ "
    room = max(width - len(gutter) - 2, _MIN_SNIPPET)
    first = max(0, begin.column - 1 - room // 2) if len(content) > room else 0
    piece = content[first : first + room]
    last = end.column - 1 if end.line == begin.line else len(content)
    before = clean(piece[: begin.column - 1 - first])
    marked = clean(piece[begin.column - 1 - first : max(last, begin.column) - first])
    cut = ("… " if first else "", " …" if first + room < len(content) else "")
    yield Text.assemble((gutter, "dim"), (cut[0], "dim"), clean(piece), (cut[1], "dim"))
    indent = " " * (len(gutter) - 2 + 2 + cell_len(cut[0] + before))
    yield Text.assemble(indent, ("^" * max(1, cell_len(marked)), style))


def show_statistics(findings: Sequence[Diagnostic], console: Console) -> None:
    """Prints how many findings there are of each code, most first."""
    counts = Counter((finding.code, finding.severity) for finding in findings)
    rows = tuple(
        (line(str(number)), line(Words(code.id, TONES[severity])), line(code.name))
        for (code, severity), number in sorted(counts.items(), key=lambda item: (-item[1], item[0][0].id))
    )
    columns = (Column("Findings", right=True), Column("Code"), Column("Name"))
    terminal.show(Document("", (Table(columns, rows),)), console)


def show_summary(summary: Summary, console: Console) -> None:
    """Prints one line that says what was checked and how it went."""
    named = (
        (summary.errors, "error", STYLES[Severity.ERROR]),
        (summary.warnings, "warning", STYLES[Severity.WARNING]),
        (summary.infos, "info", STYLES[Severity.INFO]),
    )
    found = [(f"{number} {word}{'' if number == 1 else 's'}", style) for number, word, style in named if number]
    parts: list[str | tuple[str, str]] = []
    for index, part in enumerate(found):
        parts += [", " if index else "", part]
    if not found:
        parts = [("No findings", "bold green")]
    counted = (
        (summary.reviews, "review", "reviews"),
        (summary.entries, "entry", "entries"),
        (summary.citations, "citation", "citations"),
    )
    checked = " in " + ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in counted)
    unresolved = f" ({summary.unresolved} unresolved)" if summary.unresolved else ""
    beside = ((summary.baseline, "in the baseline"), (summary.unchanged, "on records that did not change"))
    rest = "".join(f"; {number:,} {where}" for number, where in beside if number)
    console.print(Text.assemble(*parts, checked + unresolved + rest + "."))


def statistics_text(findings: Sequence[Diagnostic], summary: Summary) -> str:
    """What `show_statistics` and `show_summary` print in a pipe."""
    console = Console(file=io.StringIO(), width=_PIPE)
    with console.capture() as captured:
        show_statistics(findings, console)
        show_summary(summary, console)
    return "".join(row.rstrip() + "\n" for row in captured.get().splitlines())
