"""`ketreview conflicts`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Session, command
from ketreview.files import Files


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("conflicts", epilog="Example: ketreview conflicts depression")(command(conflicts))


def conflicts(
    session: Session,
    reviews: Annotated[list[str] | None, typer.Argument(help="Reviews to show; all of them if none is named.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> Exit:
    """What contradicts what? Contested claims with both sides, studies told differently, and open concerns."""
    wanted = reviews or []
    write_report(session, format_, ["conflicts", *wanted], lambda files: _make(session, files, wanted))
    return Exit.FINE


def _make(session: Session, files: Files, wanted: list[str]) -> Report:
    from ketreview.cli.project import read_project, reading_notes, require_reviews
    from ketreview.reports import conflicts as report
    from ketreview.reports.conflicts.page import document

    project = read_project(session, files)
    require_reviews(session, project, wanted)
    answer = report.answer(project.corpus, wanted)
    return Report.of(answer, answer.rows, document(answer), reading_notes(project))
