"""`ketreview certainty`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Refusal, Session, command
from ketreview.files import Files
from ketreview.nearest import did_you_mean

EXPLAIN = "The arithmetic in words, for an outcome (its id or name) or a rating (its id)."


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("certainty", epilog="Example: ketreview certainty depression")(command(certainty))


def certainty(
    session: Session,
    reviews: Annotated[list[str] | None, typer.Argument(help="Reviews to show; all of them if none is named.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
    sof: Annotated[bool, typer.Option("--sof", help="As Summary of Findings tables, one for each comparison.")] = False,
    explain: Annotated[str, typer.Option(metavar="OUTCOME", help=EXPLAIN)] = "",
) -> Exit:
    """How certain is the evidence, and why? Ratings as stated, as rated and as computed, with each step's reason."""
    if sof and explain:
        raise Refusal("--sof and --explain are two reports; ask for one of them")
    wanted = reviews or []
    question = ["certainty", str(sof), explain, *wanted]
    write_report(session, format_, question, lambda files: _make(session, files, wanted, explain, sof=sof))
    return Exit.FINE


def _make(session: Session, files: Files, wanted: list[str], explain: str, *, sof: bool) -> Report:
    from ketreview.cli.project import read_project, reading_notes, require_reviews
    from ketreview.reports import certainty as report
    from ketreview.reports import certainty_explained, findings_table, summary_of_findings

    project = read_project(session, files)
    require_reviews(session, project, wanted)
    corpus, notes = project.corpus, reading_notes(project)
    if explain:
        explained = certainty_explained.answer(corpus, explain, wanted)
        if not explained.explanations:
            hint = did_you_mean(explain, dict.fromkeys(certainty_explained.names(corpus)))
            raise Refusal(f"nothing is rated under the name of `{explain}`{hint}")
        return Report.of(explained, explained.explanations, certainty_explained.document(explained), notes)
    if sof:
        summary = summary_of_findings.answer(corpus, wanted)
        return Report.of(summary, summary.findings, findings_table.document(summary), notes)
    answer = report.answer(corpus, wanted)
    return Report.of(answer, answer.ratings, report.document(answer, corpus), notes)
