"""The command line: options → pipeline → render → exit code."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import click
import typer

from ketreview.cli import certainty, check, explain, init, new, pending, schema, show, status
from ketreview.cli.session import Exit

app = typer.Typer(
    name="ketreview",
    help="A compiler for living evidence reviews: joins reviews, the reference store and chapters, and says what is\n"
    "unresolved, what rests on too little, what is out of date, and what is still to be integrated.",
    epilog="Start with: ketreview init, then ketreview check and ketreview status.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for group in (status, check, certainty, pending, show, explain, schema, init):
    group.register(app)
app.add_typer(new.app, name="new")


def _version(asked: bool) -> None:  # noqa: FBT001  typer calls it so
    if asked:
        from importlib.metadata import version  # noqa: PLC0415  slow to import, rarely asked for

        typer.echo(f"ketreview {version('ketreview')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[  # noqa: ARG001  typer handles it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the trace of a bug.")] = False,  # noqa: ARG001  read in run
) -> None:
    """Joins reviews, the reference store and chapters."""


def run() -> None:
    """The entry point; ends the process with the right code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(_run())


def _run() -> int:
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.BROKEN_PIPE
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        sys.stderr.write(f"ketreview: a bug: {type(error).__name__}: {error}\nRun it again with --debug first and report the trace.\n")
        return Exit.BUG
    return int(code or 0)
