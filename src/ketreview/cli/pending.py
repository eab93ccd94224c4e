"""`ketreview pending`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Session, command
from ketreview.files import Files


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("pending", epilog="Example: ketreview pending mecfs --format csv -o pending.csv")(command(pending))


def pending(
    session: Session,
    reviews: Annotated[list[str] | None, typer.Argument(help="Reviews to show; all of them if none is named.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> Exit:
    """What is still to be integrated? What is declared beside what is seen, oldest first."""
    wanted = reviews or []
    write_report(session, format_, ["pending", *wanted], lambda files: _make(session, files, wanted))
    return Exit.FINE


def _make(session: Session, files: Files, wanted: list[str]) -> Report:
    from ketreview.cli.project import read_project, reading_notes, require_reviews
    from ketreview.reports import pending as report

    project = read_project(session, files)
    require_reviews(session, project, wanted)
    corpus, notes = project.corpus, reading_notes(project)
    answer = report.answer(corpus, wanted)
    return Report.of(answer, answer.items, report.document(answer), notes)
