"""`ketreview explain` and `ketreview rules`."""

from __future__ import annotations

from typing import Annotated

import typer

from ketreview.cli.output import Format, Report, write_report
from ketreview.cli.session import Exit, Refusal, Session, command


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
    write_report(session, format_, ["explain", code], lambda _: _explanation(code))
    return Exit.FINE


def rules(
    session: Session,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> Exit:
    """Which rules are there? Every code with its severity and its first sentence."""
    write_report(session, format_, ["rules"], lambda _: _catalogue())
    return Exit.FINE


def _explanation(code: str) -> Report:
    from ketreview.checking import catalogue, unknown_codes
    from ketreview.reports import rules as report

    by_name = {known.name: known for known in catalogue().values()}
    found = catalogue().get(code.upper()) or by_name.get(code.lower())
    if found is None:
        unclear = f"`{code}` is a family of codes; `ketreview rules` lists them"
        raise Refusal(next((message for _, message in unknown_codes([code])), unclear))
    answer = report.answer([found])
    return Report.of(answer, answer.rules, report.explanation(found))


def _catalogue() -> Report:
    from ketreview.checking import catalogue
    from ketreview.reports import rules as report

    answer = report.answer(catalogue().values())
    return Report.of(answer, answer.rules, report.document(answer))
