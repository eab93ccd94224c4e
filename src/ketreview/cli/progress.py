"""A sign of life on a terminal while work takes over a second; nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

_PATIENCE = 1.0
_PACE = 0.2
_CLEAR = "\r\x1b[K"


@contextmanager
def progress(say: Callable[[], str], *, wanted: bool) -> Iterator[None]:
    """While the body runs, shows what `say` says on stderr, from the second second on, and takes it away at the end."""
    if not (wanted and sys.stderr.isatty()):
        yield
        return
    done = Event()
    thread = Thread(target=_show, args=(say, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _show(say: Callable[[], str], done: Event) -> None:
    if done.wait(_PATIENCE):
        return
    while True:
        sys.stderr.write(_CLEAR + say())
        sys.stderr.flush()
        if done.wait(_PACE):
            break
    sys.stderr.write(_CLEAR)
    sys.stderr.flush()
