"""`ketreview trials`, and `trials import` from `trials_import`."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ketreview.cli import trials_import
from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Session, command
from ketreview.files import Files

_OWN = "list"


class _Trials(TyperGroup):
    """A group whose first command is meant where none is named: `trials mecfs` is `trials list mecfs`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        named = bool(args) and args[0] in {*self.commands, *ctx.help_option_names}
        meant = args if named or ctx.resilient_parsing else [_OWN, *args]
        return super().parse_args(ctx, meant)


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(
        cls=_Trials,
        help="Registered trials: what state they are in, and what their registry tells now. Without a command: list.",
        rich_markup_mode=None,
    )
    group.command(_OWN, epilog="Example: ketreview trials mecfs")(command(trials))
    group.command("import", epilog=trials_import.EPILOG)(command(trials_import.import_))
    app.add_typer(group, name="trials")


def trials(
    session: Session,
    reviews: Annotated[list[str] | None, typer.Argument(help="Reviews to show; all of them if none is named.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> Exit:
    """Which trials are there, what changed, and what needs a person first? Overdue, stopped, results not used."""
    wanted = reviews or []
    write_report(session, format_, ["trials", *wanted], lambda files: _make(session, files, wanted))
    return Exit.FINE


def _make(session: Session, files: Files, wanted: list[str]) -> Report:
    from ketreview.cli.project import read_project, reading_notes, require_reviews
    from ketreview.reports import trials as report

    project = read_project(session, files)
    require_reviews(session, project, wanted)
    answer = report.answer(project.corpus, wanted)
    return Report.of(answer, answer.trials, report.document(answer), reading_notes(project))
