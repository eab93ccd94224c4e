"""`ketreview certainty`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview import pipeline
from ketreview.cli.output import Format, write_report
from ketreview.cli.session import Exit, Session, command, unknown
from ketreview.reports import certainty as report


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("certainty", epilog="Example: ketreview certainty depression")(command(certainty))


def certainty(
    session: Session,
    reviews: Annotated[list[str] | None, typer.Argument(help="Reviews to show; all of them if none is named.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> Exit:
    """How certain is the evidence, and why? Ratings as stated, as rated and as computed, with each step's reason."""
    corpus = pipeline.read(session.files(), session.settings, session.as_of).corpus
    unknown(session, reviews or [], [review.id for review in corpus.reviews], "review")
    answer = report.answer(corpus, reviews or ())
    write_report(session, format_, answer, answer.ratings, report.document(answer, corpus))
    return Exit.FINE
