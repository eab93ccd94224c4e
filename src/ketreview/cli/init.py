"""`ketreview init`."""

from __future__ import annotations

import typer

from ketreview.cli.session import Exit, Refusal, Session, command
from ketreview.files import reason_of


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("init", epilog="Example: mkdir my-review && cd my-review && ketreview init && ketreview check")(
        command(init)
    )


def init(session: Session) -> Exit:
    """Make a first project here: settings, one small review, and the store that it cites. Nothing is overwritten."""
    from ketreview.changes.init import init as make

    if session.options.output is not None:
        raise Refusal("-o is for answers; init writes into the project's folder")
    try:
        written = make(session.root)
    except FileExistsError as error:
        raise Refusal(f"{error} exists already; init makes a first project and overwrites nothing") from None
    except OSError as error:
        raise Refusal(f"cannot write here: {reason_of(error)}") from None
    for name in written:
        session.talk(f"wrote {name}")
    session.talk("Next: ketreview check, then ketreview status.")
    return Exit.FINE
