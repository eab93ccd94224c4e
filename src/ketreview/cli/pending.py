"""`ketreview pending`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Session, command, unknown
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
    from ketreview import pipeline
    from ketreview.reports import pending as report

    corpus = pipeline.read(files, session.settings, session.as_of).corpus
    unknown(session, wanted, [review.id for review in corpus.reviews], "review")
    answer = report.answer(corpus, wanted)
    return Report.of(answer, answer.items, report.document(answer))
