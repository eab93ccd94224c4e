"""`ketreview show`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview import pipeline
from ketreview.cli.output import Format, write_report
from ketreview.cli.session import Exit, Session, command, unknown
from ketreview.reports import show as report


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("show", epilog="Example: ketreview show klein2020")(command(show))


def show(
    session: Session,
    name: Annotated[str, typer.Argument(help="A review, study, claim, trial or other id, `review:id`, or a citation key.")],
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> Exit:
    """What is this, and where is it used? One record or store entry with every place that names it."""
    corpus = pipeline.read(session.files(), session.settings, session.as_of).corpus
    answer = report.answer(corpus, name)
    if not answer.records:
        unknown(session, [name], list(dict.fromkeys(report.names(corpus))), "id or key")
    write_report(session, format_, answer, answer.records, report.document(answer))
    return Exit.FINE
