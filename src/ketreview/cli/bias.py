"""`ketreview bias`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Session, command
from ketreview.files import Files


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("bias", epilog="Example: ketreview bias depression --format csv")(command(bias))


def bias(
    session: Session,
    reviews: Annotated[list[str] | None, typer.Argument(help="Reviews to show; all of them if none is named.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> Exit:
    """How far can each study be trusted? Risk of bias by domain, as stated, and as the tool's own rule has it."""
    wanted = reviews or []
    write_report(session, format_, ["bias", *wanted], lambda files: _make(session, files, wanted))
    return Exit.FINE


def _make(session: Session, files: Files, wanted: list[str]) -> Report:
    from ketreview.cli.project import read_project, reading_notes, require_reviews
    from ketreview.reports import risk_of_bias as report

    project = read_project(session, files)
    require_reviews(session, project, wanted)
    answer = report.answer(project.corpus, wanted)
    document = report.document(answer, project.corpus)
    return Report.of(answer, answer.assessments, document, reading_notes(project))
