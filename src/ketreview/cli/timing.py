"""`check --timings`: where the time went, beside the answer."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ketreview.cli.session import Session
from ketreview.timings import Timings

TimingsOption = Annotated[
    bool,
    typer.Option("--timings", help="Say on stderr where the time went; as JSON, where findings are written as JSON."),
]


def tell_timings(session: Session, timings: Timings, *, as_json: bool) -> None:
    """Writes the timings to stderr, so that the answer is the same with and without them."""
    from ketreview.cli.output import show_beside
    from ketreview.render import data
    from ketreview.render import timings as rendering

    if session.options.quiet:
        return
    if as_json:
        sys.stderr.write(data.as_json(rendering.data(timings)))
    else:
        show_beside(session, rendering.document(timings))
