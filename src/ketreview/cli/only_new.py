"""`check --baseline`, `--write-baseline` and `--since`: only what is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from ketreview.cli.session import Exit, Refusal, Session, counted
from ketreview.diagnostics import Diagnostic, fault
from ketreview.files import Files, Unreadable
from ketreview.history import RevisionError

if TYPE_CHECKING:
    from ketreview.checking import Selection
    from ketreview.checking.baseline import Reach
    from ketreview.checking.baseline_file import Line
    from ketreview.pipeline import Project

DEFAULT = "ketreview-baseline.json"
_SUFFIX = ".json"


class Only(NamedTuple):
    """What of the findings is wanted: those that a baseline does not accept, those on what changed since a revision.

    `baseline` is its path; with `write` it is what is written instead.
    """

    baseline: str = ""
    write: bool = False
    since: str | None = None


class Narrowed(NamedTuple):
    """What is left of the findings, what the baseline accepts, and what is on unchanged records; the lines to write."""

    findings: Sequence[Diagnostic]
    accepted: Sequence[Diagnostic] = ()
    unchanged: Sequence[Diagnostic] = ()
    lines: tuple[Line, ...] = ()


def chosen(
    session: Session, paths: Sequence[Path], named: Path | None, since: str | None, *, none: bool, write: bool
) -> tuple[Only, list[Path]]:
    """What the options and the settings ask for, and the paths that are none of a baseline.

    With `--write-baseline` a path that ends in .json is the file to write, as no such file can be checked.
    """
    if none and (named or write):
        raise Refusal("--no-baseline goes neither with --baseline nor with --write-baseline")
    if write and since is not None:
        raise Refusal("a baseline is written of all findings: leave --since out")
    written = [path for path in paths if write and path.suffix == _SUFFIX]
    if len(written) > 1 or (written and named):
        raise Refusal("one baseline is written: name one file")
    file = next(iter(written), named)
    path = session.relative(file) if file else "" if none else session.settings.baseline
    return Only(path or (DEFAULT if write else ""), write, since), [path for path in paths if path not in written]


def narrow(
    session: Session,
    files: Files,
    only: Only,
    found: Sequence[Diagnostic],
    project: Project,
    selection: Selection,
    is_wanted: Callable[[str], bool],
) -> Narrowed:
    """The findings that are wanted; `is_wanted` says of which paths a baseline is to be written."""
    narrowed = Narrowed(found)
    if only.baseline:
        from ketreview.pipeline.narrowing import reach

        reached = reach(project, selection, files, found)
        narrowed = _beside_baseline(session, files, only, found, reached, is_wanted)
    return narrowed if only.since is None else _since(only.since, narrowed, project, files)


def save(session: Session, path: str, lines: Sequence[Line], found: Sequence[Diagnostic]) -> None:
    """Writes the baseline, and says what is in it; `found` is what it does not accept."""
    from ketreview.checking.baseline_file import render
    from ketreview.cli.writing import write_files

    data = Files(session.root).read(path)
    expected = {path: data} if isinstance(data, bytes) else {}
    write_files(session, {path: render(lines).encode()}, expected=expected)
    session.talk(f"{path} accepts {counted(sum(line.count for line in lines), 'finding')}")
    if path != session.settings.baseline:
        session.talk(f'to check against it: --baseline {path}, or the setting baseline = "{path}"')
    refused = sum(finding.code.reading for finding in found)
    if refused:
        session.talk(f"what is found while reading (KR0, here {refused}) cannot be accepted: it hides other faults")


def _beside_baseline(
    session: Session, files: Files, only: Only, found: Sequence[Diagnostic], reached: Reach,
    is_wanted: Callable[[str], bool],
) -> Narrowed:  # fmt: skip
    from ketreview.checking.baseline import renewed
    from ketreview.pipeline.narrowing import beside

    lines = _lines(session, files, only)
    if only.write:
        lines = renewed(lines, found, reached, is_wanted)
    compared = beside(lines, found, reached)
    return Narrowed(compared.new, compared.accepted, lines=lines if only.write else ())


def _since(revision: str, narrowed: Narrowed, project: Project, files: Files) -> Narrowed:
    from ketreview.checking.changed import Changes

    try:
        changes = Changes(files.at(revision), files, project.corpus, project.suppressions, project.files)
        kept, unchanged = list[Diagnostic](), list[Diagnostic]()
        for finding in narrowed.findings:
            (kept if changes.concerns(finding) else unchanged).append(finding)
    except RevisionError as error:
        raise Refusal(f"--since {revision[:60]}: {error}") from None
    return narrowed._replace(findings=kept, unchanged=unchanged)


def _lines(session: Session, files: Files, only: Only) -> tuple[Line, ...]:
    """The lines of the baseline; one that cannot be read ends the command, unless it is to be written."""
    from ketreview.checking.baseline_file import is_baseline, parse_baseline
    from ketreview.diagnostics import shown

    data = files.read(only.baseline)
    if isinstance(data, Unreadable):
        return () if only.write else _unreadable(session, only.baseline, data.reason)
    if only.write and not is_baseline(data):
        raise Refusal(f"{shown(only.baseline)} is no baseline that this program knows, and is not written over")
    lines, faults = parse_baseline(only.baseline, data)
    if faults and not only.write:
        _refuse(session, faults)
    return lines


def _unreadable(session: Session, path: str, reason: str) -> tuple[Line, ...]:
    from ketreview.diagnostics import shown
    from ketreview.parsing.file_faults import UNREADABLE_FILE

    message = f"{shown(path)} cannot be read: {reason}; `ketreview check --write-baseline` writes one"
    span = session.settings.span("baseline")
    if span is None or path != session.settings.baseline:
        raise Refusal(f"the baseline {message}")
    return _refuse(session, [fault(UNREADABLE_FILE, span, message)])


def _refuse(session: Session, faults: Sequence[Diagnostic]) -> tuple[Line, ...]:
    from ketreview.cli.output import show_findings

    show_findings(session, faults, to_stderr=True)
    raise typer.Exit(Exit.USAGE)
