"""Answers and findings in the format that was asked for."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import IO, Any

from rich.console import Console

from ketreview.cli.session import Session
from ketreview.diagnostics import Diagnostic
from ketreview.document import Document
from ketreview.render.data import as_csv, as_json
from ketreview.render.diagnostics.json import Summary

PIPE_WIDTH = 100_000
FILE_WIDTH = 120


class Format(StrEnum):
    """How a report is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    TYPST = "typst"
    LATEX = "latex"


def write_report(session: Session, format_: Format, answer: Any, rows: tuple[Any, ...], document: Document) -> None:
    """Gives a report: JSON and CSV from the answer, everything else from the document."""
    if format_ is Format.TABLE:
        show_document(session, document)
    elif format_ is Format.JSON:
        session.write(as_json(answer))
    elif format_ is Format.CSV:
        session.write(as_csv(rows))
    else:
        session.write(render_document(format_.value, document))


def render_document(name: str, document: Document) -> str:
    """A document in one of the text formats."""
    from importlib import import_module  # noqa: PLC0415  one renderer a run

    text: str = import_module(f"ketreview.render.documents.{name}").render(document)
    return text


def show_document(session: Session, document: Document) -> None:
    """Prints a document as a table for people."""
    from ketreview.render.documents import terminal  # noqa: PLC0415  rich tables, only where one is shown

    if session.options.output is not None:
        buffer = io.StringIO()
        terminal.show(document, _console(session, buffer, width=FILE_WIDTH))
        session.write(buffer.getvalue())
    else:
        terminal.show(document, console(session))


def show_findings(session: Session, findings: Sequence[Diagnostic], *, concise: bool = False, to_stderr: bool = False) -> None:
    """Prints findings for people."""
    from ketreview.render.diagnostics import text  # noqa: PLC0415  rich, only where something is shown

    out = _console(session, sys.stderr) if to_stderr else console(session)
    text.show(findings, out, concise=concise, fold=out.is_terminal)


def write_findings(
    session: Session, findings: Sequence[Diagnostic], summary: Summary, *, concise: bool, statistics: bool
) -> None:
    """Gives the findings as text, or their counts, and a summary line."""
    from ketreview.render.diagnostics import text  # noqa: PLC0415  rich, only where something is shown

    buffer = io.StringIO()
    out = console(session) if session.options.output is None else _console(session, buffer, width=FILE_WIDTH)
    if statistics:
        text.show_statistics(findings, out)
    else:
        text.show(findings, out, concise=concise, fold=out.is_terminal and not concise)
    if not session.options.quiet:
        text.show_summary(summary, out)
    if session.options.output is not None:
        session.write(buffer.getvalue())


def console(session: Session) -> Console:
    """The terminal or pipe of stdout."""
    return _console(session, sys.stdout)


def _console(session: Session, file: IO[str], width: int | None = None) -> Console:
    """A console that follows the terminal, NO_COLOR and --no-color; a pipe gets no colour and no line folding."""
    terminal = file.isatty()
    if width is None and not terminal:
        columns = os.environ.get("COLUMNS", "")
        width = int(columns) if columns.isdecimal() and int(columns) else PIPE_WIDTH
    plain = session.options.no_color or None
    return Console(file=file, width=width, no_color=plain, highlight=False, markup=False, emoji=False, soft_wrap=False)
