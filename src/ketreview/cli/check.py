"""`ketreview check`, and `validate`, which is the same."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ketreview import pipeline
from ketreview.checking import Selection, unknown_codes
from ketreview.cli.session import Exit, Refusal, Session, command
from ketreview.diagnostics import Diagnostic, Severity

STDIN = Path("-")


class OutputFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


class FailOn(StrEnum):
    """The severity from which findings make the command fail."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


def register(app: typer.Typer) -> None:
    """Adds the command under both its names."""
    example = "Example: ketreview check --select KR2,KR6 --fail-on warning"
    app.command("check", epilog=example)(command(check))
    app.command("validate", epilog=example, hidden=True)(command(check))


def check(
    session: Session,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders to show findings of; - reads stdin.")] = None,
    output_format: Annotated[OutputFormat, typer.Option(help="How to write findings.")] = OutputFormat.TEXT,
    select: Annotated[list[str] | None, typer.Option(help="Only these codes or families (KR6), with commas.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not these codes or families, with commas.")] = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="Exit with 1 from this severity on. Default: error.")] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")] = False,
    concise: Annotated[bool, typer.Option("--concise", help="One line for each finding.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Only count the findings of each code.")] = False,
    stdin_filename: Annotated[str | None, typer.Option(help="The path that stdin stands for, with `-`.")] = None,
) -> Exit:
    """What is wrong? Reviews, store and their links are checked; exit code 1 if anything is at or above --fail-on."""
    selection = Selection.of(session.settings, _codes(select), _codes(ignore))
    wanted, buffers = _inputs(session, paths or [], stdin_filename)
    project = pipeline.read(session.files(buffers), session.settings, session.as_of, [*_new(session, wanted), *buffers])
    shown = _below(pipeline.check(project, selection), wanted)
    if not project.files and not shown:
        session.talk(f"Nothing to check in {session.root}: no review and no store. `ketreview init` makes a first project.")
        return Exit.USAGE
    _write(session, output_format, shown, project, concise=concise, statistics=statistics)
    return _exit(shown, FailOn(fail_on or session.settings.fail_on), wanted, exit_zero=exit_zero)


def _codes(lists: list[str] | None) -> list[str]:
    codes = [code.strip() for item in lists or [] for code in item.split(",") if code.strip()]
    for _, message in unknown_codes(codes):
        raise Refusal(message)
    return codes


def _inputs(session: Session, paths: list[Path], stdin_filename: str | None) -> tuple[list[str], dict[str, bytes]]:
    """The paths to show findings of, and what stands on stdin."""
    named = [session.relative(path) for path in paths if path != STDIN]
    if STDIN not in paths:
        return named, {}
    if stdin_filename is None:
        raise Refusal("`-` needs --stdin-filename: the path that stdin stands for")
    name = session.relative(Path(stdin_filename))
    _require_reader(name)
    return [*named, name], {name: sys.stdin.buffer.read()}


def _require_reader(name: str) -> None:
    if not name.endswith((*pipeline.REVIEW_SUFFIXES, *pipeline.BIB_SUFFIXES)):
        kinds = ", ".join((*pipeline.REVIEW_SUFFIXES, *pipeline.BIB_SUFFIXES))
        raise Refusal(f"{name}: only {kinds} files can be read")


def _new(session: Session, wanted: list[str]) -> list[str]:
    """The named files that no setting may name: they are read by their extension."""
    files = [name for name in wanted if not (session.root / name).is_dir()]
    for name in files:
        _require_reader(name)
    return files


def _below(findings: Iterable[Diagnostic], wanted: Sequence[str]) -> tuple[Diagnostic, ...]:
    folders = tuple("" if name == "." else name.rstrip("/") + "/" for name in wanted)
    return tuple(
        finding
        for finding in findings
        if not wanted or finding.span.path in wanted or finding.span.path.startswith(folders)
    )


def _write(
    session: Session,
    output_format: OutputFormat,
    findings: Sequence[Diagnostic],
    project: pipeline.Project,
    *,
    concise: bool,
    statistics: bool,
) -> None:
    from ketreview.render.diagnostics import github  # noqa: PLC0415  one renderer a run
    from ketreview.render.diagnostics import json as json_format  # noqa: PLC0415

    summary = json_format.summarise(findings, project.corpus)
    if output_format is OutputFormat.JSON:
        session.write(json_format.render(findings, summary, session.as_of.isoformat()))
    elif output_format is OutputFormat.GITHUB:
        session.write(github.render(findings))
    else:
        from ketreview.cli.output import write_findings  # noqa: PLC0415  rich

        write_findings(session, findings, summary, concise=concise, statistics=statistics)


def _exit(findings: Iterable[Diagnostic], fail_on: FailOn, wanted: Sequence[str], *, exit_zero: bool) -> Exit:
    """The worst that happened."""
    findings = tuple(findings)
    if any(finding.code.id == "KR009" and finding.span.path in wanted for finding in findings):
        return Exit.USAGE
    failing = {FailOn.ERROR: (Severity.ERROR,), FailOn.WARNING: (Severity.ERROR, Severity.WARNING), FailOn.NEVER: ()}[fail_on]
    bad = any(finding.severity in failing for finding in findings)
    return Exit.FINDINGS if bad and not exit_zero else Exit.FINE
