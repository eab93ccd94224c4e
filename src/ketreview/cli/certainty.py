"""`ketreview certainty`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Session, command
from ketreview.files import Files


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("certainty", epilog="Example: ketreview certainty depression")(command(certainty))


def certainty(
    session: Session,
    reviews: Annotated[list[str] | None, typer.Argument(help="Reviews to show; all of them if none is named.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
    sof: Annotated[bool, typer.Option("--sof", help="As Summary of Findings tables, one for each comparison.")] = False,
) -> Exit:
    """How certain is the evidence, and why? Ratings as stated, as rated and as computed, with each step's reason."""
    wanted = reviews or []
    question = ["certainty", str(sof), *wanted]
    write_report(session, format_, question, lambda files: _make(session, files, wanted, sof=sof))
    return Exit.FINE


def _make(session: Session, files: Files, wanted: list[str], *, sof: bool) -> Report:
    from ketreview.cli.project import read_project, reading_notes, require_reviews
    from ketreview.reports import certainty as report
    from ketreview.reports import summary_of_findings

    project = read_project(session, files)
    require_reviews(session, project, wanted)
    corpus, notes = project.corpus, reading_notes(project)
    if sof:
        summary = summary_of_findings.answer(corpus, wanted)
        return Report.of(summary, summary.findings, summary_of_findings.document(summary), notes)
    answer = report.answer(corpus, wanted)
    return Report.of(answer, answer.ratings, report.document(answer, corpus), notes)
