"""`ketreview trials import`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ketreview.cli.session import Exit, Refusal, Session, counted
from ketreview.files import Files

if TYPE_CHECKING:
    from ketreview.changes.trials import TrialsPlan
    from ketreview.document import Document
    from ketreview.model.partial_date import PartialDate
    from ketreview.model.registered import RegisteredTrial

EPILOG = "Example: ketreview trials import NCT04436250.json --retrieved 2026-11-21 --write"
_SHOWN = 60
_LISTED = 5


def import_(
    session: Session,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of ClinicalTrials.gov.")],
    retrieved: Annotated[
        str, typer.Option("--retrieved", metavar="DATE", help="When they were downloaded. Default: --as-of.")
    ] = "",
    fill: Annotated[
        bool, typer.Option("--fill", help="Also take phase, conditions, ages and sponsor where a review has none.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the reviews; without it they are only shown.")] = False,
) -> Exit:
    """What does the registry tell of the trials now? A diff of the reviews, and nothing written without --write.

    Reads the JSON of ClinicalTrials.gov's API 2: one study, a list of them, or the answer to a search. Trials are known
    by their registrations. Status, dates, enrolment and the reason for stopping are taken over, and what was otherwise
    at the last reading is kept in the trial's `changes`. Trials that no review has follow the diff, as YAML to paste.
    """
    from ketreview.changes.change import ChangeError
    from ketreview.changes.trials import planned
    from ketreview.cli.output import show_diff
    from ketreview.cli.project import read_project, reading_notes
    from ketreview.cli.writing import write_files
    from ketreview.edits import diff

    day = _day(session, retrieved)
    registered = _registered(session, files)
    here = Files(session.root, session.settings.exclude)
    project = read_project(session, here)
    try:
        plan = planned(project.corpus, registered, day, fill=fill)
        before, after = plan.change.contents(here)
        show_diff(session, "".join(diff(path, before[path].decode(), after[path].decode()) for path in after))
        if write:
            write_files(session, after, expected=before)
    except ChangeError as error:
        raise Refusal(str(error)) from None
    _tell(session, plan, day, write=write)
    for note in reading_notes(project):
        session.talk(note)
    return Exit.FINE


def _day(session: Session, text: str) -> PartialDate:
    """The day on which the files were downloaded.

    Raises:
        Refusal: it is no day.
    """
    from ketreview.model.partial_date import PartialDate

    day = PartialDate.parse(text or session.as_of.isoformat())
    if day is None or not day.day:
        raise Refusal(f"--retrieved {text}: a date is written 2026-01-29")
    return day


def _registered(session: Session, paths: Sequence[Path]) -> list[RegisteredTrial]:
    """The trials of the files, which may lie anywhere.

    Raises:
        Refusal: one of the files cannot be read; every fault is told before.
    """
    from ketreview.files import Unreadable
    from ketreview.parsing.registry.clinicaltrials_gov import parse

    found: list[RegisteredTrial] = []
    faulty = []
    for path in paths:
        location = path.resolve() if path.is_absolute() else (Path.cwd() / path).resolve()
        data = Files(location.parent).read(location.name)
        if isinstance(data, Unreadable):
            raise Refusal(f"{path} cannot be read: {data.reason}")
        file = parse(path.as_posix(), data)
        for fault in file.diagnostics:
            begin = fault.span.begin
            session.talk(f"{fault.span.path}:{begin.line}:{begin.column}: {fault.message}")
        faulty += [str(path)] if file.diagnostics else []
        found += file.trials
        if file.more:
            session.talk(f"{path}: one page of a search; its other pages are files of their own")
    if faulty:
        raise Refusal(f"nothing is taken from {', '.join(faulty)}, and nothing was written")
    return found


def _tell(session: Session, plan: TrialsPlan, day: PartialDate, *, write: bool) -> None:
    """Gives the stubs behind the diff; says beside it what is told, what is left, and what was or would be done."""
    from ketreview.cli.output import show_beside
    from ketreview.render.clean import escaped

    stubs = "\n".join(f"# {told.number}: no review has it\n{text}" for told, text in plan.unknown)
    if stubs:
        session.write(escaped(("\n" if plan.change.edits else "") + stubs))
    rows = [(f"{one.review}:{one.trial.id}", *left) for one in plan.told for left in one.left]
    if rows:
        session.talk("Told otherwise, and left for you to look at:")
        show_beside(session, _table(rows))
    for line in _sentences(plan, day):
        session.talk(line)
    fields, files = counted(plan.change.places, "field"), counted(len(plan.change.by_path), "file")
    done = "written" if write else "nothing written: add --write"
    session.talk(f"{fields} in {files}; {done}" if plan.change.edits else "nothing changes in the reviews")


def _table(rows: Sequence[tuple[str, str, str, str]]) -> Document:
    from ketreview.document import Column, Document, Table, Text, Tone, line

    columns = (Column("Trial"), Column("Field"), Column("In the review", width=2), Column("In the registry", width=2))
    cells = tuple(
        (line(Text(name, Tone.STRONG)), line(field), line(_cut(before) or "—"), line(_cut(after)))
        for name, field, before, after in rows
    )
    return Document("", (Table(columns, cells),))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _sentences(plan: TrialsPlan, day: PartialDate) -> Iterator[str]:
    for one in plan.told:
        name = f"`{one.review}:{one.trial.id}`"
        if one.refused:
            yield f"{name}: nothing is taken over: {one.refused}"
        if one.missing:
            yield f"{name} has no {', '.join(one.missing)}, which the registry tells and --fill takes over"
    for number, doubt in plan.doubts:
        yield f"{number}: nothing is taken over: {doubt}"
    for told in plan.misdated:
        yield f"{told.number}: its data is of {told.data_of}, and {day} is taken for the day of reading (--retrieved)"
    if plan.unknown:
        numbers = ", ".join(told.number for told, _ in plan.unknown[:_LISTED])
        more = f" and {len(plan.unknown) - _LISTED} more" if len(plan.unknown) > _LISTED else ""
        yield f"in no review: {numbers}{more}"
