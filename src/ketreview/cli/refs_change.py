"""`ketreview refs rename`, `refs merge`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from ketreview.cli.session import Exit, Refusal, Session, command, counted
from ketreview.files import Files

if TYPE_CHECKING:
    from ketreview.changes.change import Change
    from ketreview.document import Document
    from ketreview.pipeline import Project
    from ketreview.source import Span

WriteOption = Annotated[bool, typer.Option("--write", help="Write the files; without it they are only shown.")]
TAKE = "Where both fill FIELD differently, take KEY's value. Can be given again."


def register(group: typer.Typer) -> None:
    """Adds the commands to the group `refs`."""
    group.command("rename", epilog="Example: ketreview refs rename klein2020 klein2020a --write")(command(rename))
    group.command("merge", epilog="Example: ketreview refs merge klein2020 klein2020b --take year=klein2020b")(
        command(merge)
    )


def rename(
    session: Session,
    old: Annotated[str, typer.Argument(help="The key as it is.")],
    new: Annotated[str, typer.Argument(help="The key as it is to be.")],
    write: WriteOption = False,
) -> Exit:
    """What changes if a key is another one? A diff of every file, and nothing written without --write.

    The key is changed in entries, in fields that name entries, in reviews and in chapters. If no entry has OLD, what
    cites it may be given the key of one.
    """
    from ketreview.changes.rename import rename as change_of

    return _carried_out(
        session, [old], lambda project: change_of(project.corpus, old, new, reading=project.reading), write=write
    )


def merge(
    session: Session,
    keep: Annotated[str, typer.Argument(help="The key of the entry that stays.")],
    others: Annotated[list[str], typer.Argument(metavar="OTHER...", help="Keys of entries that become part of it.")],
    take: Annotated[list[str] | None, typer.Option("--take", metavar="FIELD=KEY", help=TAKE)] = None,
    write: WriteOption = False,
) -> Exit:
    """What changes if entries of one work become one? A diff of every file, and nothing written without --write.

    The entry that stays gets the fields that it lacks, the others go, and whatever cites them cites it. Fields that
    differ are shown, and keep the value of the entry that stays.
    """
    from ketreview.changes.merge import merge as change_of

    wanted = _choices(take or [])
    return _carried_out(
        session,
        [keep, *others],
        lambda project: change_of(project.corpus, keep, others, take=wanted, reading=project.reading),
        write=write,
    )


def _choices(take: list[str]) -> dict[str, str]:
    pairs = [choice.partition("=") for choice in take]
    for name, sign, key in pairs:
        if not (name and sign and key):
            raise Refusal(f"--take {name}{sign}{key}: it is written FIELD=KEY, as in year=klein2020")
    return {name.lower(): key for name, _, key in pairs}


def _carried_out(session: Session, keys: list[str], make: Callable[[Project], Change], *, write: bool) -> Exit:
    """Shows a change of the project, and writes it if that is asked for."""
    from ketreview import pipeline
    from ketreview.changes.change import ChangeError
    from ketreview.changes.leftovers import leftovers
    from ketreview.cli.output import show_diff
    from ketreview.cli.project import read_project, reading_notes, require_known
    from ketreview.cli.writing import write_files
    from ketreview.edits import diff

    files = Files(session.root, session.settings.exclude)
    project = read_project(session, files)
    known = {*project.corpus.keys, *project.corpus.staged_keys, *(cited.key for cited in project.corpus.citations)}
    require_known(session, keys, sorted(known), "key", reading_notes(project))
    try:
        change = make(project)
        before, after = change.contents(files)
        left = leftovers(files, change)
        changed = pipeline.read(Files(session.root, files.exclude, after), session.settings, session.as_of)
        _require_right(project, changed, change)
        show_diff(session, "".join(diff(path, before[path].decode(), after[path].decode()) for path in after))
        if write:
            write_files(session, after, expected=before)
    except ChangeError as error:
        raise Refusal(str(error)) from None
    _tell(session, change, left, write=write)
    return Exit.FINE


def _require_right(project: Project, changed: Project, change: Change) -> None:
    """Reads the changed project before any of it is written."""
    from ketreview import pipeline
    from ketreview.changes.verified import JUDGED, require_as_meant, require_no_new_faults
    from ketreview.checking import Selection

    selection = Selection(select=JUDGED)
    require_as_meant(project.corpus, changed.corpus, change)
    require_no_new_faults(pipeline.check(project, selection), pipeline.check(changed, selection))


def _tell(session: Session, change: Change, left: list[Span], *, write: bool) -> None:
    """Says what was done or would be, and what is left to the person."""
    from ketreview.cli.output import show_beside

    entries = f"{change.gone:,} entr{'y goes' if change.gone == 1 else 'ies go'}, " if change.gone else ""
    places, files = counted(change.places, "place"), counted(len(change.by_path), "file")
    done = "written" if write else "nothing written: add --write"
    session.talk(f"{entries}{places} in {files}; {done}")
    if change.conflicts:
        session.talk("Fields that differ:")
        show_beside(session, _conflicts(change))
        if not all(conflict.decided for conflict in change.conflicts):
            session.talk("The first value stays; --take FIELD=KEY decides otherwise.")
    for note in change.notes:
        session.talk(note)
    if left:
        session.talk(f"{counted(len(left), 'mention')} left for you to look at:")
    for span in left:
        line, column = change.position(span, after=write)
        session.talk(f"  {span.path}:{line}:{column}")


def _conflicts(change: Change) -> Document:
    from ketreview.document import Column, Document, Table, Text, Tone, line

    columns = (Column("Field"), Column("Stays", width=3), Column("From"), Column("Goes", width=3), Column("From"))
    rows = tuple(
        (
            line(Text(conflict.field, Tone.STRONG)),
            line(around_difference(conflict.kept, conflict.other)),
            line(conflict.kept_key),
            line(around_difference(conflict.other, conflict.kept)),
            line(conflict.other_key),
        )
        for conflict in change.conflicts
    )
    return Document("", (Table(columns, rows),))


def around_difference(value: str, other: str, width: int = 60) -> str:
    """A value on one line, cut to where it first differs from another; empty ones are said to be so."""
    value, other = " ".join(value.split()), " ".join(other.split())
    if len(value) <= width:
        return value or "(empty)"
    pairs = enumerate(zip(value, other, strict=False))
    same = next((index for index, (one, two) in pairs if one != two), min(len(value), len(other)))
    start = max(0, min(same - width // 3, len(value) - width))
    end = start + width
    return ("…" if start else "") + value[start:end] + ("…" if end < len(value) else "")
