"""`ketreview import FILE.csv`: assessments of the risk of bias, or a PRISMA flow, into a review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ketreview.cli.session import Exit, Refusal, Session, counted
from ketreview.files import Files, Unreadable
from ketreview.model.vocabulary import RiskOfBiasTool

if TYPE_CHECKING:
    from ketreview.edits import Edit
    from ketreview.model.review import Review
    from ketreview.parsing.exchange.csv_rows import Rows
    from ketreview.parsing.exchange.robvis import Left
    from ketreview.pipeline import Project


def import_table(
    session: Session, path: Path, into: str, tool: RiskOfBiasTool | None, outcome: str, *, write: bool
) -> Exit:
    """Shows what a table changes in a review, and what of it is left; writes it if asked to."""
    from ketreview.changes.change import ChangeError
    from ketreview.cli.project import read_project
    from ketreview.parsing.exchange.prisma_flow import is_flow

    table = _read(path)
    project = read_project(session, Files(session.root, session.settings.exclude))
    review = _review(session, project, into)
    try:
        if is_flow(table):
            if tool or outcome:
                raise Refusal(f"{path} is a PRISMA flow: --tool and --outcome are for assessments")
            edits = _flow(session, path, table, review)
        else:
            edits = _assessments(session, path, table, project, review, tool, outcome)
        _change(session, review, edits, write=write)
    except ChangeError as error:
        raise Refusal(str(error)) from None
    return Exit.FINE


def _read(path: Path) -> Rows:
    """The rows of a file that the person named, which may lie anywhere.

    Raises:
        Refusal: it cannot be read.
    """
    from ketreview.parsing.exchange.csv_rows import read_rows

    location = path.resolve() if path.is_absolute() else (Path.cwd() / path).resolve()
    data = Files(location.parent).read(location.name)
    if isinstance(data, Unreadable):
        raise Refusal(f"{path} cannot be read: {data.reason}")
    table = read_rows(path.as_posix(), data)
    if table.problem:
        raise Refusal(f"{path} cannot be read: {table.problem}")
    return table


def _review(session: Session, project: Project, into: str) -> Review:
    """The review that is named, or the only one.

    Raises:
        Refusal: there is no such review, or none or several and it is not said which.
    """
    from ketreview.cli.project import require_reviews

    if into:
        require_reviews(session, project, [into])
    found = [review for review in project.corpus.reviews if into in {"", review.id}]
    if len(found) != 1:
        names = ", ".join(review.id for review in found)
        raise Refusal(f"say into which review with --into: {names}" if names else "there is no review to import into")
    return found[0]


def _flow(session: Session, path: Path, table: Rows, review: Review) -> tuple[Edit, ...]:
    """The edits that set the figures."""
    from ketreview.changes import flows
    from ketreview.parsing.exchange.prisma_flow import read_flow

    read = read_flow(table)
    _tell(session, path, read.left)
    figures = flows.changed(review, read.figures)
    session.talk(f"{counted(len(read.figures), 'figure')}, of which {len(figures)} to set in `{review.id}`")
    return flows.edits(review, figures) if figures else ()


def _assessments(
    session: Session,
    path: Path,
    table: Rows,
    project: Project,
    review: Review,
    tool: RiskOfBiasTool | None,
    outcome: str,
) -> tuple[Edit, ...]:
    from ketreview.changes import assessments
    from ketreview.cli.project import require_known
    from ketreview.parsing.exchange.robvis import read_table

    if outcome:
        require_known(
            session, [outcome], [item.id for item in review.question.outcomes] if review.question else [], "outcome"
        )
    read = read_table(table, tool)
    if read.tool is None:
        names = ", ".join(known.value for known in RiskOfBiasTool)
        raise Refusal(f"{path}: its columns and words do not tell the tool: say it with --tool ({names})")
    plan = assessments.planned(project.corpus, review, read.rows, read.tool, outcome, path.name)
    _tell(session, path, sorted((*read.left, *plan.left)))
    known = f", {plan.known} there already" if plan.known else ""
    session.talk(f"{counted(len(table.rows), 'row')}: {len(plan.added)} to add to `{review.id}`{known}")
    return plan.edits()


def _tell(session: Session, path: Path, left: Iterable[Left]) -> None:
    for one in left:
        session.talk(f"{path.as_posix()}:{one.line}: not mapped: {one.why}")


def _change(session: Session, review: Review, edits: Sequence[Edit], *, write: bool) -> None:
    """Shows the change, and writes it.

    Raises:
        Refusal: it cannot be written, or was changed in the meantime.
    """
    from ketreview.cli.output import show_diff
    from ketreview.cli.writing import bytes_of, write_files
    from ketreview.edits import diff, edited, encoded

    source = review.where.source
    after = edited(source, edits)
    show_diff(session, diff(source.path, source.text, after))
    if edits and write:
        before = bytes_of(session, source)
        write_files(session, {source.path: encoded(after, before)}, expected={source.path: before})
        session.talk(f"wrote {source.path}")
    elif edits:
        session.talk(f"nothing is written yet: --write changes {source.path}")
