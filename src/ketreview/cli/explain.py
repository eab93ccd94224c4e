"""`ketreview explain` and `ketreview rules`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview.checking import catalogue, unknown_codes
from ketreview.cli.output import Format, write_report
from ketreview.cli.session import Exit, Refusal, Session, command
from ketreview.reports import rules as report


def register(app: typer.Typer) -> None:
    """Adds both commands."""
    app.command("explain", epilog="Example: ketreview explain KR603")(command(explain))
    app.command("rules", epilog="Example: ketreview rules --format csv")(command(rules))


def explain(
    session: Session,
    code: Annotated[str, typer.Argument(help="A code such as KR603, or its name such as trial-overdue.")],
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> Exit:
    """What does this finding mean? The fault, why it matters, a bad and a good example."""
    by_name = {known.name: known for known in catalogue().values()}
    found = catalogue().get(code.upper()) or by_name.get(code.lower())
    if found is None:
        raise Refusal(next((text for _, text in unknown_codes([code])), f"`{code}` is a family; see `ketreview rules`"))
    answer = report.answer([found])
    write_report(session, format_, answer, answer.rules, report.explanation(found))
    return Exit.FINE


def rules(
    session: Session,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> Exit:
    """Which rules are there? Every code with its severity and its first sentence."""
    answer = report.answer(catalogue().values())
    write_report(session, format_, answer, answer.rules, report.document(answer))
    return Exit.FINE
