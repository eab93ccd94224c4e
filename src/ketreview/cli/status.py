"""`ketreview status`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Refusal, Session, command
from ketreview.files import Files
from ketreview.history import RevisionError

EXAMPLE = "Example: ketreview status --format json | jq '.reviews[].references'"
_COMMITS = 20
_MOST_COMMITS = 200


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("status", epilog=EXAMPLE)(command(status))


def status(
    session: Session,
    reviews: Annotated[list[str] | None, typer.Argument(help="Reviews to show; all of them if none is named.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
    history: Annotated[
        bool, typer.Option("--history", help="Over the git commits that changed a review: counts and certainty.")
    ] = False,
    commits: Annotated[
        int | None,
        typer.Option(min=1, max=_MOST_COMMITS, help=f"How many commits --history looks at, the newest: {_COMMITS}."),
    ] = None,
) -> Exit:
    """Where does every review stand? Studies, claims, references, certainty, searches, integration, findings."""
    wanted = reviews or []
    if commits is not None and not history:
        raise Refusal("--commits is for --history")
    if history:
        pictures = format_ is Format.TABLE
        most = commits or _COMMITS
        question = ["status --history", str(most), str(pictures), *wanted]
        write_report(session, format_, question, lambda files: _history(session, files, wanted, most, pictures))
        return Exit.FINE
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


def _history(session: Session, files: Files, wanted: list[str], most: int, pictures: bool) -> Report:
    from ketreview.cli.project import require_known
    from ketreview.history import is_shallow
    from ketreview.pipeline.timeline import timeline
    from ketreview.reports import status_history as report

    try:
        head = files.at("HEAD").commit
        moments = timeline(session.root, head, session.settings, most, fixed=session.options.config is not None)
    except RevisionError as error:
        raise Refusal(f"--history: {error}") from None
    known = report.answer(moments)
    require_known(session, wanted, list(dict.fromkeys(point.review for point in known.points)), "history of a review")
    answer = report.answer(moments, wanted) if wanted else known
    notes = (
        ("this clone is shallow: what is older than its commits is missing here",) if is_shallow(session.root) else ()
    )
    return Report.of(answer, answer.points, report.document(answer, pictures=pictures), notes)
