"""`ketreview show`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Session, command, unknown
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
    from ketreview import pipeline
    from ketreview.reports import show as report

    corpus = pipeline.read(files, session.settings, session.as_of).corpus
    answer = report.answer(corpus, name)
    if not answer.records:
        unknown(session, [name], list(dict.fromkeys(report.names(corpus))), "id or key")
    return Report.of(answer, answer.records, report.document(answer))
