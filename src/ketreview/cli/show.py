"""`ketreview show`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Session, command
from ketreview.files import Files

NAME = "A review, study, claim, trial or other id, `review:id`, or a citation key."


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("show", epilog="Example: ketreview show klein2020")(command(show))


def show(
    session: Session,
    name: Annotated[str, typer.Argument(help=NAME)],
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> Exit:
    """What is this, and where is it used? One record or store entry with every place that names it."""
    write_report(session, format_, ["show", name], lambda files: _make(session, files, name))
    return Exit.FINE


def _make(session: Session, files: Files, name: str) -> Report:
    from ketreview.cli.project import read_project, reading_notes, require_known
    from ketreview.reports import show as report

    project = read_project(session, files)
    answer = report.answer(project.corpus, name)
    notes = reading_notes(project)
    if not answer.records:
        require_known(session, [name], list(dict.fromkeys(report.names(project.corpus))), "id or key", notes)
    return Report.of(answer, answer.records, report.document(answer), notes)
