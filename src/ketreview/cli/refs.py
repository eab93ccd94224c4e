"""`ketreview refs list`, `find`, `where`, `duplicates`; what changes references is in `refs_add` and `refs_change`."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from ketreview.cli import refs_add, refs_change, refs_format
from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Session, command
from ketreview.files import Files

FormatOption = Annotated[Format, typer.Option("--format", help="How to write it.")]


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(
        help="References: list them, find one, see where it is used, change its key.", rich_markup_mode=None
    )
    group.command("list", epilog="Example: ketreview refs list --uncited --format csv")(command(list_))
    group.command("find", epilog="Example: ketreview refs find 'opioid rodents'")(command(find))
    group.command("where", epilog="Example: ketreview refs where klein2020")(command(where))
    group.command("duplicates", epilog="Example: ketreview refs duplicates --format json")(command(duplicates))
    group.command("add", epilog=refs_add.EPILOG)(command(refs_add.add))
    refs_change.register(group)
    group.command("format", epilog=refs_format.EPILOG)(command(refs_format.format_))
    app.add_typer(group, name="refs", no_args_is_help=True)


Uncited = Annotated[bool, typer.Option("--uncited", help="Only those that nothing cites.")]
Unresolved = Annotated[bool, typer.Option("--unresolved", help="Only keys that no entry has, or none of a build.")]
InReview = Annotated[str, typer.Option("--in", help="Only those that this review cites.")]


def list_(
    session: Session,
    uncited: Uncited = False,
    unresolved: Unresolved = False,
    review: InReview = "",
    format_: FormatOption = Format.TABLE,
) -> Exit:
    """Which references are there, and how often is each cited?"""
    _show(session, format_, Wanted(uncited=uncited, unresolved=unresolved, review=review))
    return Exit.FINE


def find(
    session: Session,
    text: Annotated[
        str, typer.Argument(help="Words of the title, the authors, the journal, an identifier or the key.")
    ],
    uncited: Uncited = False,
    unresolved: Unresolved = False,
    review: InReview = "",
    format_: FormatOption = Format.TABLE,
) -> Exit:
    """Which references have these words in them?"""
    _show(session, format_, Wanted(text, uncited, unresolved, review))
    return Exit.FINE


class Wanted(NamedTuple):
    """Which references are asked for."""

    text: str = ""
    uncited: bool = False
    unresolved: bool = False
    review: str = ""


def _show(session: Session, format_: Format, wanted: Wanted) -> None:
    from ketreview.cli.project import read_project, reading_notes, require_reviews
    from ketreview.reports import refs as report

    def make(files: Files) -> Report:
        project = read_project(session, files)
        require_reviews(session, project, [wanted.review] if wanted.review else [])
        answer = report.listed(project.corpus, **wanted._asdict())
        return Report.of(answer, answer.references, report.list_document(answer), reading_notes(project))

    write_report(session, format_, ["refs list", *map(str, wanted)], make)


def where(
    session: Session,
    key: Annotated[str, typer.Argument(help="A citation key.")],
    format_: FormatOption = Format.TABLE,
) -> Exit:
    """Where is this key used? Its entries, and every place in reviews and chapters."""
    from ketreview.cli.project import read_project, reading_notes, require_known
    from ketreview.reports import refs as report

    def make(files: Files) -> Report:
        project = read_project(session, files)
        answer = report.where(project.corpus, key)
        notes = reading_notes(project)
        if not answer.places:
            require_known(session, [key], list(project.corpus.keys), "key", notes)
        return Report.of(answer, answer.places, report.where_document(answer), notes)

    write_report(session, format_, ["refs where", key], make)
    return Exit.FINE


def duplicates(session: Session, format_: FormatOption = Format.TABLE) -> Exit:
    """Which entries are of one work? Each key, where it is cited, what differs, and which one to keep.

    DOIs and PMIDs that contradict each other come last. It says what the rules KR401 to KR405 find.
    """
    from ketreview.cli.project import read_project, reading_notes
    from ketreview.reports import duplicates as report

    def make(files: Files) -> Report:
        project = read_project(session, files)
        answer = report.answer(project.corpus)
        return Report.of(answer, answer.rows, report.document(answer), reading_notes(project))

    write_report(session, format_, ["refs duplicates"], make)
    return Exit.FINE
