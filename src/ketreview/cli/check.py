"""`ketreview check`, and `validate`, which is the same."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ketreview.cli.fixing import DiffOption, Fixing, FixOption, UnsafeOption, mend, tell
from ketreview.cli.only_new import DEFAULT, Only, chosen, narrow, save
from ketreview.cli.output import OutputFormat, write_findings
from ketreview.cli.session import Exit, Refusal, Session, command, held
from ketreview.cli.timing import TimingsOption, tell_timings
from ketreview.diagnostics import Diagnostic, Severity, Summary, packed, unpacked
from ketreview.files import SUFFIXES, Files
from ketreview.render.data import as_data
from ketreview.source import KeptSource, Source
from ketreview.timings import Timings, not_timed

if TYPE_CHECKING:
    from ketreview.changes.fixing import Seen
    from ketreview.checking.baseline_file import Line
    from ketreview.pipeline import Project

STDIN = Path("-")


class FailOn(StrEnum):
    """The severity from which findings make the command fail."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


def register(app: typer.Typer) -> None:
    """Adds the command under both its names."""
    example = "Example: ketreview check --select KR2,KR6 --fail-on warning"
    run = command(check)
    app.command("check", epilog=example)(run)
    app.command("validate", epilog=example, hidden=True)(run)


def check(
    session: Session,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders to show findings of; - reads stdin.")
    ] = None,
    output_format: Annotated[OutputFormat, typer.Option(help="How to write findings.")] = OutputFormat.TEXT,
    select: Annotated[list[str] | None, typer.Option(help="Only these codes or families (KR6), with commas.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not these codes or families, with commas.")] = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="Exit with 1 from this severity on. Default: error.")] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")] = False,
    concise: Annotated[bool, typer.Option("--concise", help="One line for each finding.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Only count the findings of each code.")] = False,
    stdin_filename: Annotated[str | None, typer.Option(help="The path that stdin stands for, with `-`.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="Show only findings that this file does not accept.")] = None,
    no_baseline: Annotated[bool, typer.Option("--no-baseline", help="Show what the baseline accepts too.")] = False,
    write_baseline: Annotated[
        bool,
        typer.Option("--write-baseline", help=f"Accept what is found now. The file: --baseline, else {DEFAULT}."),
    ] = False,
    since: Annotated[
        str | None, typer.Option(metavar="REV", help="Only findings on records changed since this git revision.")
    ] = None,
    fix: FixOption = False,
    unsafe_fixes: UnsafeOption = False,
    diff: DiffOption = False,
    timings: TimingsOption = False,
) -> Exit:
    """What is wrong? Reviews, store and their links are checked; exit code 1 if anything is at or above --fail-on."""
    only, paths = chosen(session, paths or [], baseline, since, none=no_baseline, write=write_baseline)
    wanted, buffers = _inputs(session, paths, stdin_filename)
    asked = Asked(tuple(_codes(select)), tuple(_codes(ignore)), tuple(wanted), only)
    spent = Timings() if timings else None
    fixing = Fixing(fix, unsafe_fixes, diff, bool(buffers))
    if only.write:
        _require_writing(fixing)
    _require_form(output_format, fixing, concise=concise, statistics=statistics)
    done = mend(session, fixing, buffers, lambda files: _seen(session, files, asked, spent)) if fixing.wanted else None
    checked = done.seen.answer if done else _checked(session, asked, buffers, spent)
    _require_anything(session, checked, wanted)
    if only.write:
        save(session, only.baseline, checked.lines, checked.findings)
    if not fixing.takes_stdout:
        write_findings(
            session, output_format, checked.findings, checked.summary, concise=concise, statistics=statistics
        )
    tell(session, fixing, done, checked.findings, beside=output_format is OutputFormat.TEXT, concise=concise)
    if spent:
        spent.end("render")
        tell_timings(session, spent, as_json=output_format in {OutputFormat.JSON, OutputFormat.JSONL})
    if diff and done:
        changed = Exit.FINDINGS if done.after and not exit_zero else Exit.FINE
        return max(changed, _exit(checked.findings, FailOn.NEVER, wanted, exit_zero=exit_zero))
    return _exit(checked.findings, FailOn(fail_on or session.settings.fail_on), wanted, exit_zero=exit_zero)


def _require_writing(fixing: Fixing) -> None:
    """Refuses what a baseline is not written of."""
    if fixing.diff:
        raise Refusal("--diff writes nothing: leave --write-baseline out")
    if fixing.fix:
        raise Refusal("--write-baseline accepts what --fix would mend: run --fix first, then --write-baseline")
    if fixing.on_stdin:
        raise Refusal("--write-baseline accepts what the files say: save what stands on stdin, and leave - out")


def _require_form(output_format: OutputFormat, fixing: Fixing, *, concise: bool, statistics: bool) -> None:
    """Refuses options that say how findings are written, where none are or they are written otherwise."""
    form = "" if output_format is OutputFormat.TEXT else f"--output-format {output_format}"
    asked = [
        name for name, is_so in {"--concise": concise, "--statistics": statistics, form: bool(form)}.items() if is_so
    ]
    if fixing.diff and asked:
        raise Refusal(f"--diff shows changes and no findings: leave {asked[0]} out")
    if fixing.takes_stdout and asked and asked != ["--concise"]:
        raise Refusal(f"--fix with - gives the mended text, and lists what remains beside it: leave {asked[-1]} out")
    if concise and statistics:
        raise Refusal("--concise lists the findings and --statistics counts them: leave one of them out")
    if form and (concise or statistics):
        raise Refusal(f"{asked[0]} is a form of --output-format text: leave it out, or {form}")


class Asked(NamedTuple):
    """What a run is to find: codes, the paths to show findings of, and what of them is new."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    wanted: tuple[str, ...]
    only: Only

    @property
    def all(self) -> bool:
        """Whether all findings of the project are asked for."""
        return not self.wanted and self.only == Only()


class Checked(NamedTuple):
    """What a run found; `anything` says whether there was anything to check, `lines` are the baseline to write."""

    findings: tuple[Diagnostic, ...]
    summary: Summary
    anything: bool
    lines: tuple[Line, ...] = ()


def _checked(session: Session, asked: Asked, buffers: dict[str, bytes], timings: Timings | None) -> Checked:
    end = timings.end if timings else not_timed
    if buffers or asked.only.write:
        return _check(session, Files(session.root, session.settings.exclude, buffers), asked, timings)
    question = ["check", *map(str, asked)]
    answer = session.answer(
        question, lambda files: _check(session, files, asked, timings), _pack, _unpack, in_part=asked.all
    )
    end("cache")
    return answer


def _check(session: Session, files: Files, asked: Asked, timings: Timings | None) -> Checked:
    found = _in_part(session, files, asked) if timings is None else None
    return found or held(_read(session, files, asked, timings))[1]


def _in_part(session: Session, files: Files, asked: Asked) -> Checked | None:
    """What a run finds that reads a part of the project, and has the rest from one before; None if that cannot be."""
    earlier = files.earlier() if asked.all else None
    if earlier is None:
        return None
    from ketreview.checking import Selection
    from ketreview.pipeline.part import check_in_part

    selection = Selection.of(session.settings, asked.select, asked.ignore)
    found = check_in_part(files, session.settings, session.as_of, selection, earlier)
    return Checked(*found, anything=True) if found else None


def _read(
    session: Session, files: Files, asked: Asked, timings: Timings | None, *, limited: bool = True
) -> tuple[Project, Checked]:
    end = timings.end if timings else not_timed
    end("cache")
    from ketreview import pipeline
    from ketreview.checking import Selection, limits

    end("load the checker")
    selection = Selection.of(session.settings, asked.select, asked.ignore)
    project = pipeline.read(files, session.settings, session.as_of, _new(session, asked.wanted), end)
    found = pipeline.check(project, selection, files, timings, limits.MOST if limited and asked.all else None)
    is_wanted = partial(_is_below, wanted=asked.wanted)
    *narrowed, lines = narrow(session, files, asked.only, found, project, selection, is_wanted)
    shown, accepted, unchanged = (_below(findings, asked.wanted) for findings in narrowed)
    read = [path for path in project.files if _is_below(path, asked.wanted)]
    summary = pipeline.summarise(shown, project.corpus)
    if asked.only.baseline:
        summary = replace(summary, baseline=len(accepted))
    if asked.only.since is not None:
        summary = replace(summary, unchanged=len(unchanged))
    end("accept and narrow")
    return project, Checked(shown, summary, bool(read or shown), lines)


def _seen(session: Session, files: Files, asked: Asked, timings: Timings | None) -> Seen[Checked]:
    """What a run that mends needs of each reading: also what must not become more, whether it is shown or not."""
    from ketreview import pipeline
    from ketreview.changes.fixing import Seen
    from ketreview.changes.verified import JUDGED
    from ketreview.checking import Selection

    project, checked = _read(session, files, asked, timings, limited=False)
    seen = Seen(checked.findings, pipeline.check(project, Selection(select=JUDGED)), checked)
    if timings:
        timings.end("fix")
    return seen


def _require_anything(session: Session, checked: Checked, wanted: Sequence[str]) -> None:
    if not checked.anything and wanted:
        raise Refusal(f"nothing that is read lies below {', '.join(wanted)}; name files, or set them in the settings")
    if not checked.anything:
        raise Refusal(f"no review and no store in {session.root}; `ketreview init` makes a first project")


def _pack(checked: Checked) -> Any:
    return [
        [packed(finding) for finding in checked.findings],
        list(as_data(checked.summary).values()),
        checked.anything,
    ]


def _unpack(value: Any, files: Files) -> Checked:
    from ketreview.parsing.text import decoded

    @cache
    def source_of(path: str) -> Source:
        return KeptSource(path, lambda: decoded(files.read(path)))

    findings, summary, anything = value
    return Checked(tuple(unpacked(finding, source_of) for finding in findings), Summary(*summary), anything)


def _codes(lists: list[str] | None) -> list[str]:
    if not lists:
        return []
    from ketreview.checking import unknown_codes

    codes = [code.strip() for item in lists for code in item.split(",") if code.strip()]
    for _, message in unknown_codes(codes):
        raise Refusal(message)
    return codes


def _inputs(session: Session, paths: list[Path], stdin_filename: str | None) -> tuple[list[str], dict[str, bytes]]:
    """The paths to show findings of, and what stands on stdin."""
    named = [session.relative(path) for path in paths if path != STDIN]
    if STDIN not in paths:
        if stdin_filename is not None:
            raise Refusal("--stdin-filename is the path that `-` stands for: add `-`, or leave it out")
        return named, {}
    if stdin_filename is None:
        raise Refusal("`-` needs --stdin-filename: the path that stdin stands for")
    name = session.relative(Path(stdin_filename))
    return [*named, name], {name: sys.stdin.buffer.read()}


def _new(session: Session, wanted: Sequence[str]) -> list[str]:
    """The named files that no setting may name: they are read by their extension."""
    files = [name for name in wanted if not (session.root / name).is_dir()]
    for name in files:
        if not name.endswith(SUFFIXES):
            if not (session.root / name).exists():
                raise Refusal(f"{name}: there is no such file or folder in {session.root}")
            raise Refusal(f"{name}: only files ending in {', '.join(SUFFIXES)} can be read")
    return files


def _below(findings: Iterable[Diagnostic], wanted: Sequence[str]) -> tuple[Diagnostic, ...]:
    return tuple(finding for finding in findings if _is_below(finding.span.path, wanted)) if wanted else tuple(findings)


def _is_below(path: str, wanted: Sequence[str]) -> bool:
    """Whether a path is one of `wanted`, or lies in a folder that is; everything is, where nothing is named."""
    in_folders = (name == "." or path.startswith(name.rstrip("/") + "/") for name in wanted)
    return not wanted or path in wanted or any(in_folders)


def _exit(findings: Sequence[Diagnostic], fail_on: FailOn, wanted: Sequence[str], *, exit_zero: bool) -> Exit:
    """The worst that happened."""
    if any(finding.code.id == "KR009" and finding.span.path in wanted for finding in findings):
        return Exit.USAGE
    failing = {FailOn.ERROR: (Severity.ERROR,), FailOn.WARNING: (Severity.ERROR, Severity.WARNING)}.get(fail_on, ())
    bad = any(finding.severity in failing for finding in findings)
    return Exit.FINDINGS if bad and not exit_zero else Exit.FINE
