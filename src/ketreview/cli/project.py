"""The project of a command: read, asked for by name, and what of it could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from ketreview import pipeline
from ketreview.cli.session import Refusal, Session, counted, held
from ketreview.diagnostics import Severity
from ketreview.files import Files
from ketreview.nearest import did_you_mean

_LISTED = 8
_NOTED = 3


def read_project(session: Session, files: Files) -> pipeline.Project:
    """Reads the project.

    Raises:
        Refusal: there is none.
    """
    project = pipeline.read(files, session.settings, session.as_of)
    if not project.files:
        raise Refusal(f"no review and no store in {session.root}; `ketreview init` makes a first project")
    return held(project)


def reading_notes(project: pipeline.Project, paths: Collection[str] = ()) -> tuple[str, ...]:
    """What could not be read whole, a sentence a file or one for many: a report that leaves it out has to say so."""
    counts = Counter(finding.span.path for finding in project.reading if finding.severity is Severity.ERROR)
    faults = {path: number for path, number in counts.items() if not paths or path in paths}
    if len(faults) > _NOTED:
        names = f"{', '.join(list(faults)[:_NOTED])} and {len(faults) - _NOTED} more files"
        words = f"{counted(sum(faults.values()), 'fault')} of reading in {names}"
        return (f"{words}: what they hold may be missing here; `ketreview check` shows them",)
    return tuple(
        f"{counted(number, 'fault')} of reading in {path}: what it holds may be missing here; "
        f"`ketreview check {path}` shows {'it' if number == 1 else 'them'}"
        for path, number in faults.items()
    )


def require_reviews(session: Session, project: pipeline.Project, wanted: Sequence[str]) -> None:
    """Ends where a review that the person named is not there.

    Raises:
        Refusal: one of `wanted` is none of the project's reviews.
    """
    require_known(session, wanted, [review.id for review in project.corpus.reviews], "review", reading_notes(project))


def require_known(
    session: Session, wanted: Sequence[str], known: Sequence[str], what: str, notes: Sequence[str] = ()
) -> None:
    """Ends where something that the person named is not there; `notes` may say why.

    Raises:
        Refusal: one of `wanted` is not among `known`.
    """
    for name in wanted:
        if name not in known:
            reasons = f" ({'; '.join(notes)})" if notes else ""
            raise Refusal(f"there is no {what} `{name}` in {session.root}{_hint(name, known)}{reasons}")


def _hint(name: str, known: Sequence[str]) -> str:
    more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    listed = f"; there are {', '.join(known[:_LISTED])}{more}" if known else ""
    return did_you_mean(name, known) or listed
