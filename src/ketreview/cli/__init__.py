"""The command line: options → pipeline → render → exit code."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any

import typer
import typer.main
from typer.exceptions import TyperException

from ketreview.cli.session import Exit, Refusal
from ketreview.files import reason_of
from ketreview.render.clean import clean

MODULES = {
    "status": "status",
    "check": "check",
    "validate": "check",
    "certainty": "certainty",
    "bias": "bias",
    "flow": "flow",
    "conflicts": "conflicts",
    "pending": "pending",
    "trials": "trials",
    "show": "show",
    "diff": "diff",
    "refs": "refs",
    "export": "export",
    "explain": "explain",
    "rules": "explain",
    "schema": "schema",
    "init": "init",
    "new": "new",
    "import": "import_",
}
"""Which module of this package each command is in."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}
"""How writing to stdout fails, other than by a pipe that nobody reads any more."""


def build(arguments: Sequence[str] = ()) -> typer.Typer:
    """The application.

    Only the module of the command in `arguments` is loaded, or all of them where none is recognised.
    """
    app = typer.Typer(
        name="ketreview",
        help="A compiler for living evidence reviews: joins reviews, the reference store and chapters, and says "
        "what is unresolved, what rests on too little, what is out of date, and what is still to be integrated.",
        epilog="Start with: ketreview init, then ketreview check and ketreview status.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(main)
    named = next((word for word in arguments if not word.startswith("-")), "")
    wanted = [MODULES[named]] if named in MODULES else list(dict.fromkeys(MODULES.values()))
    for name in wanted:
        import_module(f"ketreview.cli.{name}").register(app)
    return app


def command_tree() -> Any:
    """Every command with its options, as typer's own objects; for the command reference."""
    return typer.main.get_command(build())


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"ketreview {version('ketreview')}")
        raise typer.Exit


def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the trace of a bug.")] = False,
) -> None:
    """Joins reviews, the reference store and chapters."""


def run() -> None:
    """The entry point; ends the process with the right code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    code = _run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # what could be said of it, `_run` has said
            stream.flush()
    os._exit(code)  # and at its end the system frees all at once, where Python would go over every object


def _run(arguments: Sequence[str]) -> int:
    try:
        code = build(arguments)(standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        if "--debug" in arguments and not isinstance(error, TyperException | typer.Abort):
            raise
        return _ended_by(error)
    return int(code or 0)


def _ended_by(error: BaseException) -> int:
    """Says why a command ended before its end; gives the exit code."""
    said, code = "", Exit.USAGE
    if isinstance(error, typer.Abort | KeyboardInterrupt):
        code = Exit.INTERRUPTED
    elif isinstance(error, BrokenPipeError):
        _mute()
        code = Exit.BROKEN_PIPE
    elif isinstance(error, OSError) and error.errno in _FULL:
        _mute()
        said = f"cannot write: {reason_of(error)}"
    elif isinstance(error, Refusal):
        said = str(error)
    elif isinstance(error, TyperException):
        told = io.StringIO()
        error.show(told)  # type: ignore[attr-defined]  # what typer raises for wrong usage all has it
        sys.stderr.write(clean(told.getvalue(), lines=True))
    else:
        said = f"a bug: {type(error).__name__}: {error}. Run it again as `ketreview --debug …` and report the trace"
        code = Exit.BUG
    if said:
        sys.stderr.write(f"ketreview: {clean(said)}\n")
    return code


def _mute() -> None:
    """Sends what is left of stdout nowhere, so that the end of the process does not fail on it again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
