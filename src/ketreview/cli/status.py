"""`ketreview status`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview import pipeline
from ketreview.checking import Selection
from ketreview.cli.output import Format, write_report
from ketreview.cli.session import Exit, Session, command, unknown
from ketreview.reports import status as report


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("status", epilog="Example: ketreview status --format json | jq '.reviews[].references'")(command(status))


def status(
    session: Session,
    reviews: Annotated[list[str] | None, typer.Argument(help="Reviews to show; all of them if none is named.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> Exit:
    """Where does every review stand? Studies, claims, references, certainty, searches, integration, findings."""
    project = pipeline.read(session.files(), session.settings, session.as_of)
    known = [review.id for review in project.corpus.reviews]
    unknown(session, reviews or [], known, "review")
    findings = pipeline.check(project, Selection.of(session.settings))
    answer = report.answer(project.corpus, findings, reviews or ())
    if not project.files:
        session.talk(f"Nothing to report in {session.root}: no review and no store. `ketreview init` makes a first project.")
        return Exit.USAGE
    write_report(session, format_, answer, answer.reviews, report.document(answer, project.corpus))
    return Exit.FINE
