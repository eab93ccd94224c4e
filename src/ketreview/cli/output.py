"""Answers and findings in the format that was asked for."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from ketreview.cli.hyperlinks import links_shown
from ketreview.cli.session import Session
from ketreview.diagnostics import Diagnostic, Summary
from ketreview.document import Document, Heading, packed, unpacked
from ketreview.files import Files
from ketreview.history import folder_in_repository
from ketreview.render.data import as_csv, as_data, as_json
from ketreview.render.diagnostics import Run, render_findings
from ketreview.render.documents import render_document

if TYPE_CHECKING:
    from rich.console import Console

PIPE_WIDTH = 100_000
MIN_WIDTH = 20
FILE_WIDTH = 120
_FORCED = frozenset({"FORCE_COLOR", "TTY_COMPATIBLE"})
"""What makes rich take for a terminal what is none."""


class Format(StrEnum):
    """How a report is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"
    TYPST = "typst"
    LATEX = "latex"


class Report(NamedTuple):
    """A report's answer as data, its rows, and the document that says it."""

    data: Any
    rows: Any
    document: Document
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, answer: Any, rows: tuple[Any, ...], document: Document, notes: tuple[str, ...] = ()) -> Report:
        """The report of an answer; `notes` say what of the project it could not take into account."""
        return cls(as_data(answer), as_data(rows), document, notes)


def write_report(session: Session, format_: Format, question: Sequence[str], make: Callable[[Files], Report]) -> None:
    """Gives a report: JSON and CSV from the answer, everything else from the document.

    `question` says what is asked beside the project's files; while they have not changed, an answer that was kept is
    given.
    """
    report = session.answer(question, make, _pack, _unpack)
    if format_ is Format.TABLE:
        show_document(session, report.document)
    elif format_ is Format.JSON:
        session.write(as_json(report.data))
    elif format_ is Format.CSV:
        session.write(as_csv(report.rows))
    else:
        stands_alone = format_ is Format.HTML
        document = _entitled(report.document) if stands_alone else _embedded(report.document)
        session.write(render_document(format_.value, document))
    for note in report.notes:
        session.talk(note)


def _pack(report: Report) -> Any:
    return [report.data, report.rows, packed(report.document), list(report.notes)]


def _unpack(value: Any, files: Files) -> Report:
    del files
    data, rows, document, notes = value
    return Report(data, rows, unpacked(document), tuple(notes))


def _entitled(document: Document) -> Document:
    """A report as a page of its own, which has a title."""
    return document if document.title else replace(document, title="ketreview")


def _embedded(document: Document) -> Document:
    """A report to put into another page or book: its title is a heading, with the report's own below it.

    The page has head and bibliography.
    """
    if not document.title:
        return Document("", document.blocks)
    lower = (
        replace(block, level=block.level + 1) if isinstance(block, Heading) else block for block in document.blocks
    )
    return Document("", (Heading(document.title), *lower))


def show_document(session: Session, document: Document) -> None:
    """Prints a document as a table for people; in a pipe or a file, without the blanks that fill a line."""
    from ketreview.render.documents import terminal

    out = console(session)
    if _on_terminal(session):
        terminal.show(document, out)
        return
    buffer = io.StringIO()
    width = out.width if session.options.output is None else FILE_WIDTH
    terminal.show(document, _console(session, buffer, width=width))
    session.write("".join(row.rstrip() + "\n" for row in buffer.getvalue().splitlines()))


def show_beside(session: Session, document: Document) -> None:
    """Prints a document on stderr, beside the answer."""
    from ketreview.render.documents import terminal

    if not session.options.quiet:
        terminal.show(document, _console(session, sys.stderr))


def show_diff(session: Session, diff: str) -> None:
    """Gives a diff: coloured on a terminal, as a patch in a pipe or a file."""
    from ketreview.render import diff as rendering

    if _on_terminal(session):
        rendering.show(diff, console(session))
    else:
        session.write(rendering.harmless(diff))


def show_findings(
    session: Session, findings: Sequence[Diagnostic], *, concise: bool = False, to_stderr: bool = False
) -> None:
    """Prints findings for people."""
    from ketreview.render.diagnostics import text

    out = _console(session, sys.stderr) if to_stderr else console(session)
    text.show(findings, out, concise=concise, fold=_on_terminal(session))


class OutputFormat(StrEnum):
    """How findings are written: for people, or by the module of that name in `render.diagnostics`."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"
    ERRORFORMAT = "errorformat"
    HTML = "html"


def write_findings(
    session: Session,
    output_format: OutputFormat,
    findings: Sequence[Diagnostic],
    summary: Summary,
    *,
    concise: bool,
    statistics: bool,
) -> None:
    """Gives findings in the format that was asked for."""
    if output_format is not OutputFormat.TEXT:
        run = Run(summary, session.as_of, session.root.name, folder_in_repository(session.root))
        session.write(render_findings(output_format.value, findings, run))
    elif session.options.output is None:
        _print_findings(session, sys.stdout, None, findings, summary, concise=concise, statistics=statistics)
    else:
        buffer = io.StringIO()
        _print_findings(session, buffer, FILE_WIDTH, findings, summary, concise=concise, statistics=statistics)
        session.write(buffer.getvalue())


def _print_findings(
    session: Session, file: IO[str], width: int | None, findings: Sequence[Diagnostic], summary: Summary,
    *, concise: bool, statistics: bool,
) -> None:  # fmt: skip
    if not statistics and _is_plain(file):
        _write_plain(session, file, width or _pipe_width(), findings, summary, concise=concise)
        return
    from ketreview.render.diagnostics import statistics as counting
    from ketreview.render.diagnostics import text

    out = _console(session, file, width)
    if statistics:
        counting.show_statistics(findings, out)
    else:
        fold = _on_terminal(session) and not concise
        text.show(findings, out, concise=concise, fold=fold, links=_on_terminal(session) and links_shown(out))
    if not session.options.quiet:
        counting.show_summary(summary, out)


def _write_plain(
    session: Session, file: IO[str], width: int, findings: Sequence[Diagnostic], summary: Summary, *, concise: bool
) -> None:
    from ketreview.render.diagnostics.plain import show_plain, summary_line

    show_plain(findings, file, width, concise=concise)
    line = summary_line(summary)
    if session.options.quiet:
        return
    if len(line) <= width:
        file.write(line + "\n")
        return
    from ketreview.render.diagnostics.statistics import show_summary  # folds it

    show_summary(summary, _console(session, file, width))


def _is_plain(file: IO[str]) -> bool:
    """Whether rich would write to a file without colour: to none that is a terminal, or is to be taken for one."""
    return isinstance(file, io.StringIO) or not (file.isatty() or _FORCED.intersection(os.environ))


def _on_terminal(session: Session) -> bool:
    """Whether a person reads the answer as it comes; a forced colour (FORCE_COLOR) makes no terminal of a pipe."""
    return session.options.output is None and sys.stdout.isatty()


def console(session: Session) -> Console:
    """The terminal or pipe of stdout."""
    return _console(session, sys.stdout)


def _console(session: Session, file: IO[str], width: int | None = None) -> Console:
    """A console that follows the terminal, NO_COLOR and --no-color; a pipe gets no line folding, a file no colour."""
    from rich.console import Console

    if _columns() is None:
        os.environ.pop("COLUMNS", None)  # rich would take it at its word
    if width is None and not file.isatty():
        width = _pipe_width()
    return Console(
        file=file,
        width=width,
        force_terminal=False if isinstance(file, io.StringIO) else None,
        no_color=session.options.no_color or None,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _pipe_width() -> int:
    """A pipe has no width, unless somebody says so."""
    return min(max(_columns() or PIPE_WIDTH, MIN_WIDTH), PIPE_WIDTH)


def _columns() -> int | None:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if re.fullmatch(r"[1-9]\d{0,5}", columns) else None
