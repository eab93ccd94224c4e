"""`ketreview export`."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ketreview.cli.output import render_document
from ketreview.cli.session import Exit, Refusal, Session, command, save, unknown
from ketreview.files import Files

if TYPE_CHECKING:
    from ketreview.document import Document
    from ketreview.linking import Corpus
    from ketreview.model.review import Review

EXAMPLE = (
    "Example: ketreview export depression --to typst -o chapters/ && typst compile --root . chapters/depression.typ"
)


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
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is not what would be written.")] = False,
) -> Exit:
    """What would the chapter say? A draft to go on editing, to stdout or to -o FILE or FOLDER, that compiles as it
    is."""
    from ketreview import pipeline

    corpus = pipeline.read(Files(session.root, session.settings.exclude), session.settings, session.as_of).corpus
    unknown(session, reviews, [review.id for review in corpus.reviews], "review")
    output = session.options.output
    folder = _folder(output)
    if len(reviews) > 1 and folder is None:
        raise Refusal("several drafts need a folder: -o FOLDER/")
    for review in (review for name in dict.fromkeys(reviews) if (review := corpus.review(name)) is not None):
        path = output if folder is None else folder / f"{review.id}{SUFFIXES[to]}"
        text = render_document(to.value, _chapter(session, corpus, review, path))
        if path is None:
            session.write(text)
        else:
            _save(session, path, text, force=force)
    return Exit.FINE


def _folder(output: Path | None) -> Path | None:
    """The folder that `-o` names: one that is there, or a path without an extension."""
    return output if output is not None and (output.is_dir() or not output.suffix) else None


def _chapter(session: Session, corpus: Corpus, review: Review, path: Path | None) -> Document:
    """The chapter, its bibliography as seen from where the draft will lie; stdout lies at the root."""
    from ketreview.reports import chapter

    folder = os.path.relpath(path.absolute().parent, session.root) if path is not None else "."
    return chapter.document(corpus, review, Path(folder).as_posix())


def _save(session: Session, path: Path, text: str, *, force: bool) -> None:
    """Writes a draft. One that a person may have edited is kept unless `--force` says otherwise."""
    if path.exists() and not force and path.read_bytes() != text.encode("utf-8", "replace"):
        raise Refusal(f"{path} is there and differs from the draft; --force overwrites it, edits and all")
    path.parent.mkdir(parents=True, exist_ok=True)
    save(path, text)
    session.talk(f"wrote {path}")
