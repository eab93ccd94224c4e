"""How many findings there are of each code, and what was checked, for a person."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from ketreview.diagnostics import Diagnostic, Severity, Summary
from ketreview.document import Column, Document, Table, Tone, line
from ketreview.document import Text as Words
from ketreview.render.counts import checked, found
from ketreview.render.diagnostics.rows import STYLES
from ketreview.render.documents import terminal

TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.CAUTION, Severity.INFO: Tone.MUTED}
_PIPE = 100


def show_statistics(findings: Sequence[Diagnostic], console: Console) -> None:
    """Prints how many findings there are of each code, most first, and how many of them can be fixed, if any can."""
    counts = Counter(finding.code for finding in findings)
    worst = {finding.code: finding.severity for finding in sorted(findings, key=lambda one: -one.severity.rank)}
    fixes = Counter((finding.code, finding.fix.safe) for finding in findings if finding.fix)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0].id))
    columns = [Column("Findings", right=True), Column("Code"), Column("Name")]
    rows = [[line(str(number)), line(Words(code.id, TONES[worst[code]])), line(code.name)] for code, number in ordered]
    if fixes:
        columns.insert(1, Column("Fixable", right=True))
        for row, (code, _) in zip(rows, ordered, strict=True):
            row.insert(1, line(fixable(fixes[code, True], fixes[code, False])))
    if rows:
        terminal.show(Document("", (Table(tuple(columns), tuple(map(tuple, rows))),)), console)


def fixable(safe: int, unsafe: int) -> str:
    """How many can be fixed; those that need somebody's yes are counted apart."""
    told = [str(safe)] if safe else []
    return " + ".join((*told, f"{unsafe} unsafe")) if unsafe else "".join(told)


def show_summary(summary: Summary, console: Console) -> None:
    """Prints one line that says what was checked and how it went."""
    told = [(words, STYLES[severity]) for severity, words in found(summary)] or [("No findings", "bold green")]
    text = Text(", ").join(Text(*part) for part in told)
    console.print(text.append(f" in {checked(summary)}."))


def statistics_text(findings: Sequence[Diagnostic], summary: Summary) -> str:
    """What `show_statistics` and `show_summary` print in a pipe."""
    console = Console(file=io.StringIO(), width=_PIPE)
    with console.capture() as captured:
        show_statistics(findings, console)
        show_summary(summary, console)
    return "".join(row.rstrip() + "\n" for row in captured.get().splitlines())
