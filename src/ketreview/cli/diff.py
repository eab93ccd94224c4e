"""`ketreview diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Refusal, Session, command, counted
from ketreview.diagnostics import Severity
from ketreview.files import Files
from ketreview.history import RevisionError

if TYPE_CHECKING:
    from ketreview.pipeline import Project
    from ketreview.reports.evidence_diff import Side

_NOTED = 3


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("diff", epilog="Example: ketreview diff origin/main --format markdown")(command(diff))


def diff(
    session: Session,
    before: Annotated[str, typer.Argument(metavar="REV", help="The git revision to compare with.")],
    after: Annotated[
        str | None, typer.Argument(metavar="[REV]", help="The revision to compare; default: the files as they are now.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> Exit:
    """What changed in the evidence? Studies, claims, certainty and why, trials, concerns, references, findings."""
    question = ["diff", before, *([] if after is None else [after])]
    write_report(session, format_, question, lambda files: _make(session, files, before, after))
    return Exit.FINE


def _make(session: Session, files: Files, before: str, after: str | None) -> Report:
    from ketreview.reports import evidence_diff as report
    from ketreview.reports.evidence_diff.rows import rows
    from ketreview.reports.evidence_diff.telling import document

    (old, old_notes), (new, new_notes) = (_side(session, files, revision) for revision in (before, after))
    answer = report.answer(old, new)
    return Report.of(answer, rows(answer), document(answer), (*old_notes, *new_notes))


def _side(session: Session, files: Files, revision: str | None) -> tuple[Side, tuple[str, ...]]:
    """A state of the project, and what of it could not be read.

    Raises:
        Refusal: git does not have the revision.
    """
    from ketreview.cli.project import read_project, reading_notes
    from ketreview.pipeline.revisions import read_then

    if revision is None:
        project = read_project(session, files)
        return _judged(project), reading_notes(project)
    settings = session.settings if session.options.config else None
    try:
        then = files.at(revision)
        project = read_then(then, session.as_of, settings)
    except RevisionError as error:
        raise Refusal(f"{revision[:60]}: {error}") from None
    return _judged(project, revision, then.commit), _notes(project, revision)


def _judged(project: Project, revision: str = "", commit: str = "") -> Side:
    from ketreview import pipeline
    from ketreview.checking import Selection
    from ketreview.reports.evidence_diff import Side

    findings = pipeline.check(project, Selection.of(project.corpus.settings))
    corpus = project.corpus
    retracted = corpus.retractions.retracted if corpus.exports else frozenset()
    return Side(corpus, findings, revision, commit, frozenset(_unread(project)), retracted)


def _unread(project: Project) -> list[str]:
    return [finding.span.path for finding in project.reading if finding.severity is Severity.ERROR]


def _notes(project: Project, revision: str) -> tuple[str, ...]:
    """What could not be read of a revision, in a sentence."""
    unread = _unread(project)
    if not unread:
        return ()
    paths = list(dict.fromkeys(unread))
    more = f" and {counted(len(paths) - _NOTED, 'more file')}" if len(paths) > _NOTED else ""
    faults = counted(len(unread), "fault")
    names = f"{', '.join(paths[:_NOTED])}{more}"
    return (f"{faults} of reading in {names} as of {revision[:60]}: what they hold may be missing here",)
