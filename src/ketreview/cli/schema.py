"""`ketreview schema`."""

from __future__ import annotations

import typer

from ketreview.cli.session import Exit, Session, command
from ketreview.render.data import as_json


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("schema", epilog="Example: ketreview schema -o docs/review.schema.json")(command(schema))


def schema(session: Session) -> Exit:
    """What may a review hold? The JSON Schema of the review format, for editors."""
    from ketreview.schema import review_schema

    session.write(as_json(review_schema()))
    return Exit.FINE
