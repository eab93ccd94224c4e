"""`ketreview refs add`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ketreview.cli.session import Exit, Refusal, Session, counted
from ketreview.files import Files

if TYPE_CHECKING:
    from ketreview.changes.add import Addition
    from ketreview.model.imported import Imported
    from ketreview.parsing.bib_file import BibFile

EPILOG = "Example: ketreview refs add staging/new.bib export.ris --write"
_LONGEST = 100


def add(
    session: Session,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Where the references are.")],
    to: Annotated[str, typer.Option("--to", metavar="STORE", help="The store file; default: the only one.")] = "",
    write: Annotated[bool, typer.Option("--write", help="Write it; without this it is only shown.")] = False,
) -> Exit:
    """What would these references add to the store? From .bib, .ris, .nbib, CSL-JSON (.json) and EndNote's .xml.

    Shows a diff. What the store has is not added again, and what contradicts it is left for you to settle. A file of
    which nothing could be read ends it with 2.
    """
    from ketreview.changes.add import CannotAddError, planned
    from ketreview.cli.output import show_diff
    from ketreview.cli.project import read_project, reading_notes
    from ketreview.cli.writing import bytes_of, write_files
    from ketreview.edits import diff, edited, encoded

    project = read_project(session, Files(session.root, session.settings.exclude))
    corpus = project.corpus
    store = store_of(session, corpus.bibliography, to)
    imports = [_read(path) for path in files]
    records = [record for one in imports for record in one.entries]
    waiting = {*corpus.staged_keys, *(citation.key for citation in corpus.citations)}
    try:
        plan = planned(records, store, corpus.works, waiting)
    except CannotAddError as error:
        raise Refusal(str(error)) from None
    _tell(session, imports, plan.additions, store.source.path)
    after = edited(store.source, plan.edits)
    show_diff(session, diff(store.source.path, store.source.text, after))
    if not corpus.store_complete:
        notes = "; ".join(reading_notes(project, {file.source.path for file in corpus.bibliography}))
        session.talk(f"the store could not be read to its end, and may hold some of these works: {notes}")
    if plan.edits and write:
        before = bytes_of(session, store.source)
        write_files(session, {store.source.path: encoded(after, before)}, expected={store.source.path: before})
        session.talk(f"wrote {store.source.path}")
    elif plan.edits:
        session.talk(f"nothing is written yet: --write changes {store.source.path}")
    return Exit.USAGE if any(one.diagnostics and not one.entries for one in imports) else Exit.FINE


def store_of(session: Session, stores: Sequence[BibFile], to: str) -> BibFile:
    """The store file to add to.

    Raises:
        Refusal: there is none, or it is not said which.
    """
    paths = {store.source.path: store for store in stores}
    listed = ", ".join(paths)
    if not to and len(paths) == 1:
        return stores[0]
    if not to:
        raise Refusal(f"say which store file with --to: {listed}" if paths else "there is no store file to add to")
    path = to if to in paths else session.relative(Path(to))
    if path not in paths:
        raise Refusal(f"{to} is no store file of the project; there {'are' if paths else 'is'} {listed or 'none'}")
    return paths[path]


def _read(path: Path) -> Imported:
    """The records of a file that the person named, which may lie anywhere.

    Raises:
        Refusal: it cannot be read, or its format is not known.
    """
    from ketreview.files import Unreadable
    from ketreview.parsing.exchange import SUFFIXES, parse

    if path.suffix.lower() not in SUFFIXES:
        raise Refusal(f"{path}: the format is known by the end of the name, and there are {', '.join(SUFFIXES)}")
    location = path.resolve() if path.is_absolute() else (Path.cwd() / path).resolve()
    data = Files(location.parent).read(location.name)
    if isinstance(data, Unreadable):
        raise Refusal(f"{path} cannot be read: {data.reason}")
    try:
        return parse(path.as_posix(), data)
    except ModuleNotFoundError as error:
        needs = f"reading {path.suffix.lower()} files needs {error.name}"
        raise Refusal(f"{needs}: pip install 'ketreview[import]'") from None


def _tell(session: Session, imports: Sequence[Imported], additions: Sequence[Addition], store: str) -> None:
    """Says beside the answer what was found, what of it could not be read, and what becomes of each record."""
    for finding in (finding for one in imports for finding in one.diagnostics):
        begin = finding.span.begin
        session.talk(f"{finding.span.path}:{begin.line}:{begin.column}: {finding.message}")
    for addition in additions:
        for line in _said(addition, store):
            session.talk(line)
    states = [addition.place.state for addition in additions]
    counts = ", ".join(f"{states.count(state)} {words}" for state, words in _COUNTED.items() if state in states)
    session.talk(f"{counted(len(additions), 'record')}: {counts or 'nothing to add'}")


_COUNTED = {
    "absent": "to add",
    "merged": "there already",
    "under another key": "there under another key",
    "conflict": "not added for a conflict",
}


def _said(addition: Addition, store: str) -> Iterator[str]:
    from ketreview.diagnostics import shown

    record, place = addition.record, addition.place
    begin = record.where.begin
    title = " ".join(dict(record.fields).get("title", "").split())
    head = (
        f"{record.where.path}:{begin.line}: {shown(addition.key)}"
        if addition.key
        else f"{record.where.path}:{begin.line}:"
    )
    words = {
        "absent": f"is new in {store}",
        "merged": f"is there already: {place.reason}",
        "under another key": f"is there under another key: {place.reason}",
        "conflict": f"is not added: {place.reason}",
    }[place.state]
    yield f"{head} {words}{', earlier in these files' if addition.within else ''} ({title[:_LONGEST]})"
    if not addition.is_new:
        return
    for lost in record.unmapped:
        yield f"  not mapped: {lost.name} {shown(lost.value)} ({lost.span.path}:{lost.span.begin.line})"
    if addition.left_out:
        yield f"  left out, as no such entry of the store has them: {', '.join(addition.left_out)}"
