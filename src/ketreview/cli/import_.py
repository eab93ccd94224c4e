"""`ketreview import`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from ketreview.cli.session import Exit, Refusal, Session, command
from ketreview.files import Files, Unreadable
from ketreview.globs import is_glob, matches
from ketreview.model.vocabulary import RiskOfBiasTool

if TYPE_CHECKING:
    from ketreview.changes.importing import Found, Project, Proposal
    from ketreview.parsing.bib_file import BibFile
    from ketreview.pipeline import Project as ReadProject

_LARGEST = 16 << 20
_README = "readme"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("import", epilog="Example: ketreview import literature/ketamine --write")(command(import_))


def import_(
    session: Session,
    paths: Annotated[list[Path], typer.Argument(metavar="FOLDER|FILE...", help="What is to be imported.")],
    review_id: Annotated[str, typer.Option("--id", help="The new review's id. Default: the folder's name.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="STORE", help="The store file that new works go to.")] = "",
    into: Annotated[str, typer.Option("--into", metavar="REVIEW", help="The review that a table (.csv) goes to.")] = "",
    tool: Annotated[RiskOfBiasTool | None, typer.Option("--tool", help="The tool of a table of assessments.")] = None,
    outcome: Annotated[str, typer.Option("--outcome", metavar="ID", help="The outcome that a table is about.")] = "",
    write: Annotated[bool, typer.Option("--write", help="Write the files; without this they are only shown.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be written, as without it.")] = False,
) -> Exit:
    """Propose a review from a folder of literature: its README, notes and key findings.

    Shows the review with the line that each record comes from, and what its works add to the store. What could not be
    mapped is listed. A file of references (.bib, .ris, .nbib, .json, .xml) is added to the store as by `refs add`. A
    table (.csv) is set in a review: assessments of the risk of bias as robvis has them, or a PRISMA flow as the package
    PRISMA2020 has it.
    """
    from ketreview.parsing.exchange import SUFFIXES

    if write and dry_run:
        raise Refusal("--write writes, and --dry-run does not: leave one out")
    tables = [path for path in paths if path.suffix.lower() == ".csv" and not path.is_dir()]
    if tables and (len(paths) > 1 or review_id or to):
        raise Refusal("a table goes to a review (--into): give it by itself, without --id and --to")
    if not tables and (into or tool or outcome):
        raise Refusal("--into, --tool and --outcome are for a table (.csv)")
    if tables:
        from ketreview.cli.import_table import import_table

        return import_table(session, paths[0], into, tool, outcome, write=write)
    references = [path for path in paths if path.suffix.lower() in SUFFIXES and not path.is_dir()]
    if references and (len(references) < len(paths) or review_id):
        raise Refusal("files of references are added to the store and make no review: give them by themselves")
    if references:
        from ketreview.cli.refs_add import add

        return add(session, paths, to, write)
    if review_id and len(paths) > 1:
        raise Refusal("--id is for one folder; each folder gives a review of its own")
    return _folders(session, paths, review_id, to, write=write)


def _folders(session: Session, paths: Sequence[Path], review_id: str, to: str, *, write: bool) -> Exit:
    from ketreview import pipeline
    from ketreview.changes.add import CannotAddError
    from ketreview.changes.importing import propose
    from ketreview.edits import edited
    from ketreview.parsing.bibtex import parse_bib

    project = pipeline.read(Files(session.root, session.settings.exclude), session.settings, session.as_of)
    store = before = _store(session, project, to)
    proposals: list[tuple[str, Proposal]] = []
    for path in paths:
        found, name = _found(session, path)
        name = review_id or name
        target = _target(session, project, name, [place for place, _ in proposals])
        try:
            proposal, plan = propose(found, _needs(session, project, store, found), name)
        except CannotAddError as error:
            raise Refusal(str(error)) from None
        proposals.append((target, proposal))
        store = parse_bib(store.source.path, edited(store.source, plan.edits).encode("utf-8", "replace"))
    _show(session, proposals, before, store)
    if write:
        _write(session, proposals, before, store)
    else:
        names = " and ".join([*(path for path, _ in proposals), *_changed(before, store)])
        session.talk(f"nothing is written yet: --write makes {names}")
    return Exit.FINE


def _store(session: Session, project: ReadProject, to: str) -> BibFile:
    """The store file that new works go to: the one named, else the first one, or the one that the settings name and
    that is not there.

    Raises:
        Refusal: the one named is none of the project.
    """
    from ketreview.cli.refs_add import store_of
    from ketreview.parsing.bibtex import parse_bib

    stores = project.corpus.bibliography
    if to:
        return store_of(session, stores, to)
    if stores:
        return stores[0]
    path = next((name for name in session.settings.bibliography if not is_glob(name)), "references.bib")
    return parse_bib(path, b"")


def _needs(session: Session, project: ReadProject, store: BibFile, found: Found) -> Project:
    from ketreview.changes.importing import Project
    from ketreview.linking.works import Works

    corpus = project.corpus
    others = [file for file in corpus.bibliography if file.source.path != store.source.path]
    entries = tuple(entry for file in (store, *others) for entry in file.entries)
    waiting = (*corpus.staged_keys, *(citation.key for citation in corpus.citations))
    prefix = f"{found.place}/" if found.place else ""
    cut = len(found.path) + 1 if found.path else 0
    own = [prefix + path[cut:] for path in (*found.texts, *found.others)] if found.inside else []
    stores = tuple(file.source.path for file in (store, *others))
    return Project(store, Works(entries), waiting, session.settings.crosswalk, stores, frozenset(own))


def _found(session: Session, path: Path) -> tuple[Found, str]:
    """The texts of a folder or of one file, and the name that its review gets.

    Raises:
        Refusal: there is no such folder or text.
    """
    from ketreview.changes.importing import Found, is_text
    from ketreview.changes.importing.proposal import slug

    location = Path(os.path.normpath(path if path.is_absolute() else Path.cwd() / path))
    if not location.exists():
        raise Refusal(f"{path}: there is no such folder or file")
    alone = not location.is_dir()
    if alone and not is_text(location.name):
        raise Refusal(f"{path}: a folder, a text (.md, .txt, .rst) or a file of references can be imported")
    folder = location.parent if alone else location
    shown = os.path.normpath(path.parent if alone else path).replace(os.sep, "/")
    shown = "" if shown == "." else shown
    has_own_name = alone and not location.stem.casefold().startswith(_README)
    name = slug(location.stem if has_own_name else folder.resolve().name)
    files = Files(folder, session.settings.exclude)
    names = [location.name] if alone else files.find(("**",))["**"]
    texts, others = _read(session, files, names, shown)
    if not texts:
        raise Refusal(f"{path}: there is no text in it that can be read (.md, .txt, .rst)")
    try:
        inside, place = True, session.relative(folder)
    except Refusal:
        inside, place = False, f"literature/{name}"
    return Found(shown, texts, others, "" if place == "." else place, inside), name


def _read(session: Session, files: Files, names: Iterable[str], shown: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The texts among files, and the paths of the others; what is skipped is said."""
    from ketreview.changes.importing import is_text

    texts: dict[str, bytes] = {}
    others: list[str] = []
    for name in names:
        place = f"{shown}/{name}" if shown else name
        if not is_text(name):
            others.append(place)
        elif isinstance(data := _text(files, name), bytes):
            texts[place] = data
        else:
            session.talk(f"{place}: skipped: {data}")
    return texts, tuple(others)


def _text(files: Files, name: str) -> bytes | str:
    """The bytes of a text, or why it is skipped."""
    size = files.size(name)
    if size is not None and size > _LARGEST:
        return "it is larger than 16 MiB"
    data = files.read(name)
    if isinstance(data, Unreadable):
        return data.reason
    return "it is no text: it holds the byte 0x00" if b"\0" in data else data


def _target(session: Session, project: ReadProject, name: str, taken: Sequence[str]) -> str:
    """Where the review goes.

    Raises:
        Refusal: the name is no id, or taken; the file exists; or no setting would read it.
    """
    from ketreview.diagnostics import shown
    from ketreview.model.record import Id

    if not re.fullmatch(get_args(Id)[1].regex, name):
        raise Refusal(f"{shown(name)} is no id; it is {get_args(Id)[1].expected}: give one with --id")
    patterns = session.settings.reviews
    first = patterns[0] if patterns else "reviews/*.yaml"
    parts = first.split("/")[:-1]
    fixed = [part for index, part in enumerate(parts) if not any(is_glob(before) for before in parts[: index + 1])]
    path = "/".join([*fixed, f"{name}.yaml"])
    if not any(matches(pattern, path) for pattern in patterns):
        raise Refusal(f"{path} would be read by no setting: reviews are {', '.join(patterns)}")
    known = project.corpus.review(name)
    if path in taken or os.path.lexists(session.root / path):
        raise Refusal(f"{path} exists already, and nothing is overwritten: give another id with --id")
    if known is not None:
        raise Refusal(f"the id `{name}` is taken by {known.where.source.path}: give another with --id")
    return path


def _changed(before: BibFile, after: BibFile) -> list[str]:
    return [after.source.path] if after.source.text != before.source.text else []


def _show(session: Session, proposals: Sequence[tuple[str, Proposal]], before: BibFile, after: BibFile) -> None:
    """The answer: the reviews, then what changes in the store; beside it what was mapped and what was not."""
    from ketreview.edits import diff
    from ketreview.render.clean import escaped
    from ketreview.render.diff import harmless

    texts = [escaped(proposal.text) for _, proposal in proposals]
    change = harmless(diff(after.source.path, before.source.text, after.source.text))
    session.write("\n".join([*texts, *([change] if change else [])]))
    for path, proposal in proposals:
        for line in _said(path, proposal):
            session.talk(line)


def _said(path: str, proposal: Proposal) -> Iterator[str]:
    counts = [
        f"{name.rpartition('.')[2].replace('_', ' ')} {len(made)}" for name, made in proposal.lists.items() if made
    ]
    yield f"{path}: {', '.join(counts) or 'nothing'}; {len(proposal.works)} new in the store"
    yield f"not mapped: {len(proposal.unmapped)}"
    for left in proposal.unmapped:
        yield f"  {left.span.path}:{left.span.begin.line}: {left.words} - {left.why}"


def _write(session: Session, proposals: Sequence[tuple[str, Proposal]], before: BibFile, after: BibFile) -> None:
    """Writes all files or none.

    Raises:
        Refusal: one cannot be written, or was changed in the meantime.
    """
    from ketreview.cli.writing import bytes_of, write_files
    from ketreview.edits import encoded

    texts = {path: proposal.text.encode() for path, proposal in proposals}
    expected: dict[str, bytes] = {}
    for path in _changed(before, after):
        if before.source.text or os.path.lexists(session.root / path):
            expected[path] = bytes_of(session, before.source)
        texts[path] = encoded(after.source.text, expected.get(path, b""))
    write_files(session, texts, expected=expected)
    for path in texts:
        session.talk(f"wrote {path}")
