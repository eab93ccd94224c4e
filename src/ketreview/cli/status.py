"""`ketreview status`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Session, command
from ketreview.files import Files

EXAMPLE = "Example: ketreview status --format json | jq '.reviews[].references'"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("status", epilog=EXAMPLE)(command(status))


def status(
    session: Session,
    reviews: Annotated[list[str] | None, typer.Argument(help="Reviews to show; all of them if none is named.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> Exit:
    """Where does every review stand? Studies, claims, references, certainty, searches, integration, findings."""
    wanted = reviews or []
    write_report(session, format_, ["status", *wanted], lambda files: _make(session, files, wanted))
    return Exit.FINE


def _make(session: Session, files: Files, wanted: list[str]) -> Report:
    from ketreview import pipeline
    from ketreview.checking import Selection
    from ketreview.cli.project import read_project, reading_notes, require_reviews
    from ketreview.reports import status as report

    project = read_project(session, files)
    require_reviews(session, project, wanted)
    findings = pipeline.check(project, Selection.of(session.settings))
    answer = report.answer(project.corpus, findings, wanted)
    document = report.document(answer, project.corpus)
    return Report.of(answer, answer.reviews, document, reading_notes(project))
