"""What every command shares: the project, the date, the output, the options for them, and the exit codes."""

from __future__ import annotations

import functools
import inspect
import json
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_type_hints

import typer
from typer.exceptions import TyperException

from ketreview import cache
from ketreview.cache import NotingFiles
from ketreview.cli.progress import progress
from ketreview.config import Settings, find_settings, leads_out, read_settings
from ketreview.diagnostics import Diagnostic
from ketreview.edits import finish, write_atomically
from ketreview.files import Files, reason_of
from ketreview.frozen import frozen
from ketreview.patterns import regex
from ketreview.render.clean import clean

T = TypeVar("T")
_DAY = regex(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Exit(IntEnum):
    """Exit codes; the worst wins."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    BUG = 70
    INTERRUPTED = 130
    BROKEN_PIPE = 141


class Refusal(TyperException):
    """A command that cannot be carried out as asked; its message says why, and what to do."""


@frozen(slots=False)
class Options:
    """The options that every command has."""

    root: Annotated[
        Path | None, typer.Option(help="The project's folder. Default: where the nearest settings are, else here.")
    ] = None
    config: Annotated[Path | None, typer.Option(help="A settings file to use instead.")] = None
    as_of: Annotated[str | None, typer.Option(help="The date to judge by, YYYY-MM-DD. Default: today.")] = None
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the answer to this file.")] = None
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing beside the answer.")] = False
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Work everything out anew, and keep nothing.")] = False
    no_color: Annotated[bool, typer.Option("--no-color", help="No colour; NO_COLOR does the same.")] = False


@frozen(slots=False)
class Session:
    """A command's view of the project.

    `faults` are those of the settings, and end a command before it starts; `set_by` is the text of the settings.
    """

    options: Options
    root: Path
    settings: Settings
    as_of: date
    faults: tuple[Diagnostic, ...]
    set_by: str = ""

    def answer(
        self,
        question: Sequence[str],
        make: Callable[[Files], T],
        pack: Callable[[T], Any],
        unpack: Callable[[Any, Files], T],
        *,
        in_part: bool = False,
    ) -> T:
        """What `make` answers, or what it answered before to the same question about the same files.

        `in_part` says that `make` can do with what a run before concluded, where little has changed.
        """
        if self.options.no_cache or self.options.config is not None:
            return self._watched(make, NotingFiles(self.root, self.settings.exclude, facts=cache.NO_FACTS))
        began, on_disk = time.time_ns(), Files(self.root, self.settings.exclude)
        asked = json.dumps([*question, self.as_of.isoformat(), self.set_by, *cache.program()])
        files = NotingFiles(self.root, self.settings.exclude, question=asked if in_part else "")
        if (kept := cache.recall(on_disk, asked)) is not None:
            with suppress(KeyError, ValueError, TypeError, IndexError):
                return unpack(kept, on_disk)
        answer = self._watched(make, files)
        if files.worthwhile():
            cache.remember(files, asked, pack(answer), began)
        return answer

    def _watched(self, make: Callable[[Files], T], files: NotingFiles) -> T:
        with progress(
            lambda: f"{len(files.reads):,} files read …" if files.reads else "reading …", wanted=not self.options.quiet
        ):
            return make(files)

    def relative(self, path: Path) -> str:
        """A path of the command line as the project names it.

        Raises:
            Refusal: it lies outside the project.
        """
        location = Path(os.path.normpath(path if path.is_absolute() else Path.cwd() / path))
        real = location.parent.resolve() / location.name
        for root in (self.root, self.root.resolve()):
            for place in (location, real):
                if place.is_relative_to(root):
                    return place.relative_to(root).as_posix()
        raise Refusal(f"{path} lies outside the project ({self.root}); name its root with --root")

    def write(self, text: str) -> None:
        """Gives the answer: to the file of `-o`, else to stdout."""
        if self.options.output is None:
            sys.stdout.write(text)
        else:
            save(self.options.output, text)

    def talk(self, text: str) -> None:
        """Says something beside the answer."""
        if not self.options.quiet:
            sys.stderr.write(clean(text) + "\n")


def held(value: T) -> T:
    """The same value, which is not freed when nobody has it any more: a command is about to end.

    The process ends without going over its objects, and a project that was left before would be freed one by one. What
    holds it holds itself, so that only a collection takes it, and a command has none.
    """
    ring: list[Any] = [value]
    ring.append(ring)
    return value


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def save(path: Path, text: str | bytes) -> None:
    """Writes a file that the person named.

    Raises:
        Refusal: it cannot be written.
    """
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)  # a device or a pipe is written to; only a file can be replaced
        else:
            write_atomically(path.resolve() if path.is_symlink() else path, data)
    except OSError as error:
        raise Refusal(f"cannot write {path}: {reason_of(error)}") from None


def open_session(options: Options) -> Session:
    """Finds the project and its settings.

    Raises:
        Refusal: a path or the date of the options is wrong.
    """
    start = Path(os.path.normpath(Path.cwd() / (options.root or "")))
    if not start.is_dir():
        raise Refusal(f"--root {options.root}: there is no such folder")
    own = _settings_of(start, search=options.root is None)
    root = own.parent if own is not None else start
    _finish_earlier(root)
    found = options.config or own
    if found is None:
        return Session(options, root, Settings(), _as_of(options.as_of), ())
    if options.config is None and leads_out(found):
        raise Refusal(f"{found} is a link out of the project, and not read: name the settings with --config")
    try:
        data = found.read_bytes()
    except OSError as error:
        raise Refusal(f"cannot read the settings in {found}: {reason_of(error)}") from None
    settings, faults = read_settings(found.name if options.config is None else str(options.config), data)
    text = data.decode(errors="replace")
    return Session(options, root, settings, _as_of(options.as_of), tuple(faults), text)


def _finish_earlier(root: Path) -> None:
    """Finishes what an earlier run had begun to write when it was killed, before anything is read."""
    earlier = finish(root)
    if earlier is None:
        return
    said = [
        *([earlier.trouble] if earlier.trouble else []),
        *(f"wrote {path}, which an earlier run was killed before it could write" for path in earlier.written),
        *(f"gave {path} its old content back, as an earlier run was killed" for path in earlier.back),
        *(f"{path} was changed after an earlier run was killed, and lacks its change" for path in earlier.left),
    ]
    sys.stderr.write("".join(f"ketreview: {clean(line)}\n" for line in said))


def _settings_of(start: Path, *, search: bool) -> Path | None:
    found = find_settings(start)
    return found if search or (found is not None and found.parent == start) else None


def _as_of(text: str | None) -> date:
    """The date to judge by; without one, the clock is read."""
    if text is None:
        return datetime.now(tz=UTC).astimezone().date()
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Refusal(f"--as-of {text}: a date is written 2026-01-29")


def command(function: Callable[..., Exit]) -> Callable[..., None]:
    """Gives a command every option of `Options`, and the session that they open as its first argument."""
    hints = get_type_hints(function, include_extras=True)
    own = [parameter for parameter in inspect.signature(function).parameters.values() if parameter.name != "session"]
    shared_hints = get_type_hints(Options, include_extras=True)
    shared = [
        inspect.Parameter(
            spec.name, inspect.Parameter.KEYWORD_ONLY, default=spec.default, annotation=shared_hints[spec.name]
        )
        for spec in fields(Options)
    ]

    @functools.wraps(function)
    def run(**values: Any) -> None:
        options = Options(**{spec.name: values.pop(spec.name) for spec in fields(Options)})
        session = open_session(options)
        if session.faults:
            refuse(session)
        code = function(session, **values)
        if code:
            raise typer.Exit(code)

    parameters = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[parameter.name]) for parameter in own
    ]
    run.__signature__ = inspect.Signature([*parameters, *shared])  # type: ignore[attr-defined]  # typer reads it
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in (*parameters, *shared)}
    return run


def refuse(session: Session) -> None:
    """Shows what is wrong with the settings, and ends."""
    from ketreview.cli.output import show_findings

    show_findings(session, session.faults, to_stderr=True)
    raise typer.Exit(Exit.USAGE)
