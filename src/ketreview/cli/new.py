"""`ketreview new review`, `new study`, `new claim`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from ketreview.cli.session import Exit, Refusal, Session, command
from ketreview.files import Files
from ketreview.globs import matches


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(
        help="Make a filled stub: a review, a study or a claim.",
        epilog="Example: ketreview new review fibromyalgia",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command("review", epilog="Example: ketreview new review fibromyalgia --title 'Ketamine for fibromyalgia'")(
        command(review)
    )
    group.command("study", epilog="Example: ketreview new study depression anand-2023")(command(study))
    group.command("claim", epilog="Example: ketreview new claim depression onset-in-hours")(command(claim))
    app.add_typer(group, name="new")


def review(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="ID", help="The new review's id; its file is reviews/ID.yaml.")],
    title: Annotated[str, typer.Option(help="Its title.")] = "What is the evidence?",
) -> Exit:
    """Make a review file to fill in."""
    from ketreview import pipeline
    from ketreview.changes.change import ChangeError
    from ketreview.changes.new import new_review

    path = f"reviews/{name}.yaml"
    _no_output(session)
    if not any(matches(pattern, path) for pattern in session.settings.reviews):
        patterns = ", ".join(session.settings.reviews)
        raise Refusal(f"{path} would be read by no setting: reviews are {patterns}; make the file by hand")
    corpus = pipeline.read(Files(session.root, session.settings.exclude), session.settings, session.as_of).corpus
    if (known := corpus.review(name)) is not None:
        raise Refusal(f"the id `{name}` is taken by {known.where.source.path}")
    try:
        new_review(session.root, path, name, title)
    except ChangeError as error:
        raise Refusal(str(error)) from None
    session.talk(f"wrote {path}")
    return Exit.FINE


def study(
    session: Session,
    review_id: Annotated[str, typer.Argument(metavar="REVIEW", help="The review's id.")],
    name: Annotated[str, typer.Argument(metavar="ID", help="The new study's id.")],
) -> Exit:
    """Add a study to a review, to fill in."""
    return _add(session, review_id, "study", name)


def claim(
    session: Session,
    review_id: Annotated[str, typer.Argument(metavar="REVIEW", help="The review's id.")],
    name: Annotated[str, typer.Argument(metavar="ID", help="The new claim's id.")],
) -> Exit:
    """Add a claim to a review, to fill in."""
    return _add(session, review_id, "claim", name)


def _add(session: Session, review_id: str, kind: Literal["study", "claim"], name: str) -> Exit:
    from ketreview.changes.change import ChangeError
    from ketreview.changes.new import add_record
    from ketreview.cli.project import read_project, require_reviews

    _no_output(session)
    project = read_project(session, Files(session.root, session.settings.exclude))
    require_reviews(session, project, [review_id])
    found = project.corpus.review(review_id)
    path = found.where.source.path if found else ""
    try:
        row = add_record(session.root, path, kind, name)
    except (ChangeError, OSError) as error:
        raise Refusal(str(error)) from None
    session.talk(f"added {kind} {name} at {path}:{row}")
    return Exit.FINE


def _no_output(session: Session) -> None:
    if session.options.output is not None:
        raise Refusal("-o is for answers; a stub is written into the project")
