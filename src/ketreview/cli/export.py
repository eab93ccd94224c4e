"""`ketreview export`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ketreview.cli.session import Exit, Refusal, Session, command, save
from ketreview.cli.whole_files import existing, make_folder
from ketreview.files import Files
from ketreview.model.vocabulary import RiskOfBiasTool
from ketreview.render.clean import clean
from ketreview.render.documents import render_document
from ketreview.source import BYTE_ORDER_MARK, Source

if TYPE_CHECKING:
    from ketreview.changes.drafts import Draft, Problem
    from ketreview.linking import Corpus
    from ketreview.model.review import Review
    from ketreview.pipeline import Project

EXAMPLE = (
    "Example: ketreview export depression --to typst -o chapters/ && typst compile --root . chapters/depression.typ"
)
FORCE = "Write although a part was edited by hand, the file there is no draft, or something could not be read."
CHECK = "Write nothing; exit with 1 if the drafts in -o are not what would be written."


class Target(StrEnum):
    """What a draft is written in, or the program that data are for."""

    MARKDOWN = "markdown"
    LATEX = "latex"
    TYPST = "typst"
    ROBVIS = "robvis"
    PRISMA = "prisma"
    FHIR = "fhir"
    STUDIES = "studies-csv"


TOOL = "With --to robvis: the assessments with this tool alone."
SUFFIXES = {Target.MARKDOWN: ".md", Target.LATEX: ".tex", Target.TYPST: ".typ"}


class Wanted(NamedTuple):
    """A draft as it would be written today, and where it goes."""

    review: str
    path: Path
    new: Draft


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("export", epilog=EXAMPLE)(command(export))


def export(
    session: Session,
    reviews: Annotated[list[str], typer.Argument(help="Reviews to draft a chapter of.")],
    to: Annotated[Target, typer.Option("--to", help="What to write it in.")] = Target.MARKDOWN,
    tool: Annotated[RiskOfBiasTool | None, typer.Option("--tool", help=TOOL)] = None,
    force: Annotated[bool, typer.Option("--force", help=FORCE)] = False,
    check: Annotated[bool, typer.Option("--check", help=CHECK)] = False,
) -> Exit:
    """What would the chapter say? A draft to go on editing, to stdout or to -o FILE or FOLDER; it compiles.

    Written again, only the parts between `ketreview:begin` and `ketreview:end` change. Or data, written whole:
    the GRADE ratings as FHIR R5, the studies as CSV, the risk of bias for the package robvis, the PRISMA flow for the
    package PRISMA2020.
    """
    from ketreview.cli.project import read_project

    project = read_project(session, Files(session.root, session.settings.exclude))
    wanted = _reviews(session, project, reviews, force=force)
    output, folder = session.options.output, _folder(session.options.output)
    if tool is not None and to is not Target.ROBVIS:
        raise Refusal("--tool is for --to robvis")
    if output is None and check:
        raise Refusal("--check needs -o: the draft, or the folder of drafts, to look at")
    if to not in SUFFIXES:  # no draft
        from ketreview.cli.export_data import export_data

        return export_data(session, project.corpus, wanted, to.value, tool, folder, check=check)
    if len(wanted) > 1 and folder is None:
        raise Refusal("several drafts need a folder: -o FOLDER/")
    if output is None:
        session.write(_draft(session, project.corpus, wanted[0], to, None).source.text)
        return Exit.FINE
    paths = [output if folder is None else folder / f"{review.id}{SUFFIXES[to]}" for review in wanted]
    drafts = [
        Wanted(review.id, path, _draft(session, project.corpus, review, to, path))
        for review, path in zip(wanted, paths, strict=True)
    ]
    return _judged(drafts) if check else _written(session, drafts, force=force)


def _reviews(session: Session, project: Project, names: Sequence[str], *, force: bool) -> list[Review]:
    """The reviews that the person named, each once, if all that their drafts need could be read."""
    from ketreview.cli.project import reading_notes, require_reviews

    require_reviews(session, project, names)
    wanted = [review for name in dict.fromkeys(names) if (review := project.corpus.review(name)) is not None]
    stores = {file.source.path for file in project.corpus.bibliography}
    notes = reading_notes(project, {review.where.source.path for review in wanted} | stores)
    if notes and not force:
        raise Refusal(
            f"{'; '.join(notes)}. A draft would leave out what cannot be read; --force writes it all the same"
        )
    return wanted


def _folder(output: Path | None) -> Path | None:
    """The folder that `-o` names: one that is there, or a new path without an extension."""
    if output is None or not (output.is_dir() or not (output.suffix or output.exists())):
        return None
    return output


def _draft(session: Session, corpus: Corpus, review: Review, to: Target, path: Path | None) -> Draft:
    """The draft, its bibliography as seen from where it will lie; stdout lies at the root."""
    from ketreview.changes.stale_drafts import draft

    folder = os.path.relpath(path.absolute().parent, session.root) if path is not None else "."
    return draft(corpus, review, to.value, Path(folder).as_posix(), render_document)


def _judged(drafts: Sequence[Wanted]) -> Exit:
    """Says what in the drafts is out of date."""
    found = [message for wanted in drafts for message in _differences(wanted)]
    sys.stdout.write("".join(f"{clean(message)}\n" for message in found))
    return Exit.FINDINGS if found else Exit.FINE


def _differences(wanted: Wanted) -> Iterator[str]:
    from ketreview.changes.stale_drafts import differences

    data = existing(wanted.path)
    if data is None:
        yield f"{wanted.path}: there is no such draft"
        return
    old = _read(wanted.path, data)
    yield from map(_placed, (*old.problems, *differences(old, wanted.new, wanted.review)))
    if not old.of(wanted.review):
        yield f"{wanted.path}: holds no part of `{wanted.review}`"


def _written(session: Session, drafts: Sequence[Wanted], *, force: bool) -> Exit:
    """Writes the drafts, or none of them: all are put together before the first is written."""
    texts = [_text(wanted, force=force) for wanted in drafts]
    for wanted, data in zip(drafts, texts, strict=True):
        if data is None:
            session.talk(f"{wanted.path} is up to date")
            continue
        make_folder(wanted.path)
        save(wanted.path, data)
        session.talk(f"wrote {wanted.path}")
    return Exit.FINE


def _text(wanted: Wanted, *, force: bool) -> bytes | None:
    """What to write: the draft, around it what an author wrote; None where that stands there already."""
    from ketreview.changes.drafts import DraftError
    from ketreview.changes.stale_drafts import merged

    data = existing(wanted.path)
    whole = wanted.new.source.text.encode("utf-8", "replace")
    if data is None or not data.strip():
        return whole
    old = _read(wanted.path, data)
    if not old.of(wanted.review) and not old.problems:
        if not force:
            raise Refusal(
                f"{wanted.path} is there and differs from the draft: it has no part of `{wanted.review}` to write anew;"
                " --force overwrites it, edits and all"
            )
        return whole
    try:
        text = merged(old, wanted.new, wanted.review, force=force)
    except DraftError as error:
        places = "; ".join(map(_placed, error.problems))
        remedy = "mend the comments, or remove the file" if old.problems else "--force replaces it"
        raise Refusal(f"{places}. Nothing was written; {remedy}") from None
    mark = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
    new = mark + text.encode("utf-8", "surrogateescape")
    return None if new == data else new


def _placed(problem: Problem) -> str:
    return f"{problem.span.path}:{problem.span.begin.line}: {problem.message}"


def _read(path: Path, data: bytes) -> Draft:
    """A draft's parts; bytes that are not UTF-8 are an author's, and stay what they are."""
    from ketreview.changes.drafts import read

    return read(Source(str(path), data.removeprefix(BYTE_ORDER_MARK).decode("utf-8", "surrogateescape")))
