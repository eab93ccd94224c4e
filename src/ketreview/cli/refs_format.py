"""`ketreview refs format`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ketreview.cli.session import Exit, Refusal, Session, counted
from ketreview.files import Files

if TYPE_CHECKING:
    from ketreview.changes.formatting import Layout
    from ketreview.parsing.bib_file import BibFile
    from ketreview.pipeline import Project

EPILOG = "Example: ketreview refs format references.bib --keep-order --write"
MOST_INDENT = 16


def format_(
    session: Session,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Store files. Default: all of the project.")
    ] = None,
    keep_order: Annotated[bool, typer.Option("--keep-order", help="Leave the entries in their order.")] = False,
    keep_fields: Annotated[bool, typer.Option("--keep-fields", help="Leave the fields in their order.")] = False,
    indent: Annotated[int, typer.Option(min=0, max=MOST_INDENT, help="Blanks before a field.")] = 2,
    align: Annotated[bool, typer.Option("--align", help="Put the `=` of an entry below one another.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only name the files that would change, and exit with 1 if there are any.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the files; without it they are only shown.")] = False,
) -> Exit:
    """What would the store look like in order? A diff of every file, and nothing written without --write.

    Entries by key, parents behind their children, `@string` first; a field a line, in lower case, in braces. Values and
    comments stay as they are.
    """
    from ketreview.changes.formatting import Layout
    from ketreview.cli.project import read_project

    if check and write:
        raise Refusal("--check writes nothing; leave out --write")
    files = Files(session.root, session.settings.exclude)
    project = read_project(session, files)
    layout = Layout(indent=indent, align=align, keep_order=keep_order, keep_fields=keep_fields)
    found = _formatted(session, _stores(session, project, paths or []), layout)
    _require_harmless(session, project, files, found.after)
    _give(session, found, check=check, write=write)
    if found.refused:
        return Exit.USAGE
    return Exit.FINDINGS if check and found.after else Exit.FINE


class Found(NamedTuple):
    """The files that formatting changes, before and after, why others cannot be formatted, and how many are so."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    refused: Mapping[str, str]
    same: int


def _stores(session: Session, project: Project, paths: list[Path]) -> list[BibFile]:
    """The store files that were named.

    Raises:
        Refusal: one is none of the project.
    """
    stores = {file.source.path: file for file in (*project.corpus.staged, *project.corpus.bibliography)}
    names = [session.relative(path) for path in paths]
    for name in names:
        if name not in stores:
            raise Refusal(f"{name} is no store file of the project; there are {', '.join(stores) or 'none'}")
    return [stores[name] for name in names] or list(project.corpus.bibliography)


def _formatted(session: Session, stores: list[BibFile], layout: Layout) -> Found:
    from ketreview.changes.change import ChangeError
    from ketreview.changes.formatting import formatted
    from ketreview.cli.writing import bytes_of
    from ketreview.edits import encoded

    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    refused: dict[str, str] = {}
    for store in stores:
        path = store.source.path
        try:
            text = formatted(store, layout)
        except ChangeError as error:
            refused[path] = str(error)
            continue
        if text != store.source.text:
            before[path] = bytes_of(session, store.source)
            after[path] = encoded(text, before[path])
    return Found(before, after, refused, len(stores) - len(after) - len(refused))


def _require_harmless(session: Session, project: Project, files: Files, after: Mapping[str, bytes]) -> None:
    """Reads the project anew before it is shown: a comment that accepts a finding has to do so still.

    Raises:
        Refusal: more would be found than before.
    """
    from ketreview import pipeline
    from ketreview.changes.change import ChangeError
    from ketreview.changes.verified import require_no_more
    from ketreview.checking import Selection

    if not after:
        return
    selection = Selection.of(session.settings)
    changed = pipeline.read(Files(session.root, files.exclude, after), session.settings, session.as_of)
    try:
        require_no_more(pipeline.check(project, selection), pipeline.check(changed, selection))
    except ChangeError as error:
        raise Refusal(str(error)) from None


def _give(session: Session, found: Found, *, check: bool, write: bool) -> None:
    """Shows the change, or names what changes, or writes it; and says what could not be formatted."""
    from ketreview.cli.output import show_diff
    from ketreview.cli.writing import write_files
    from ketreview.edits import diff

    if check:
        session.write("".join(f"{path}\n" for path in sorted(found.after)))
    else:
        texts = {path: (found.before[path].decode(), data.decode()) for path, data in sorted(found.after.items())}
        show_diff(session, "".join(diff(path, *both) for path, both in texts.items()))
    if write and found.after:
        write_files(session, found.after, expected=found.before)
    for path, why in found.refused.items():
        session.talk(f"not formatted: {path}: {why}")
    done = "formatted" if write else "to format"
    hint = "" if write or check or not found.after else "; nothing written: add --write"
    session.talk(f"{counted(len(found.after), 'file')} {done}, {found.same:,} in order already{hint}")
