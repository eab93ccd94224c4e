"""`ketreview export`."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ketreview.cli.output import render_document
from ketreview.cli.session import Exit, Refusal, Session, command, save
from ketreview.files import Files

if TYPE_CHECKING:
    from ketreview.document import Document
    from ketreview.linking import Corpus
    from ketreview.model.review import Review

EXAMPLE = (
    "Example: ketreview export depression --to typst -o chapters/ && typst compile --root . chapters/depression.typ"
)

FORCE = "Write although a file there differs, or something could not be read."


class Target(StrEnum):
    """What a draft is written in."""

    MARKDOWN = "markdown"
    LATEX = "latex"
    TYPST = "typst"


SUFFIXES = {Target.MARKDOWN: ".md", Target.LATEX: ".tex", Target.TYPST: ".typ"}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("export", epilog=EXAMPLE)(command(export))


def export(
    session: Session,
    reviews: Annotated[list[str], typer.Argument(help="Reviews to draft a chapter of.")],
    to: Annotated[Target, typer.Option("--to", help="What to write it in.")] = Target.MARKDOWN,
    force: Annotated[bool, typer.Option("--force", help=FORCE)] = False,
) -> Exit:
    """What would the chapter say? A draft to go on editing, to stdout or to -o FILE or FOLDER; it compiles."""
    from ketreview.cli.project import read_project, reading_notes, require_reviews

    project = read_project(session, Files(session.root, session.settings.exclude))
    require_reviews(session, project, reviews)
    wanted = [review for name in dict.fromkeys(reviews) if (review := project.corpus.review(name)) is not None]
    stores = {file.source.path for file in project.corpus.bibliography}
    notes = reading_notes(project, {review.where.source.path for review in wanted} | stores)
    if notes and not force:
        raise Refusal(
            f"{'; '.join(notes)}. A draft would leave out what cannot be read; --force writes it all the same"
        )
    output = session.options.output
    folder = _folder(output)
    if len(wanted) > 1 and folder is None:
        raise Refusal("several drafts need a folder: -o FOLDER/")
    for review in wanted:
        path = output if folder is None else folder / f"{review.id}{SUFFIXES[to]}"
        text = render_document(to.value, _chapter(session, project.corpus, review, path))
        if path is None:
            session.write(text)
        else:
            _save(session, path, text, force=force)
    return Exit.FINE


def _folder(output: Path | None) -> Path | None:
    """The folder that `-o` names: one that is there, or a new path without an extension."""
    if output is None or not (output.is_dir() or not (output.suffix or output.exists())):
        return None
    return output


def _chapter(session: Session, corpus: Corpus, review: Review, path: Path | None) -> Document:
    """The chapter, its bibliography as seen from where the draft will lie; stdout lies at the root."""
    from ketreview.reports import chapter

    folder = os.path.relpath(path.absolute().parent, session.root) if path is not None else "."
    return chapter.document(corpus, review, Path(folder).as_posix())


def _save(session: Session, path: Path, text: str, *, force: bool) -> None:
    """Writes a draft. One that a person may have edited is kept unless `--force` says otherwise."""
    try:
        edited = path.is_file() and path.read_bytes() != text.encode("utf-8", "replace")
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from None
    if edited and not force:
        raise Refusal(f"{path} is there and differs from the draft; --force overwrites it, edits and all")
    save(path, text)
    session.talk(f"wrote {path}")
