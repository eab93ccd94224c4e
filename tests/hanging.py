"""What SECURITY.md calls a hang, for tests of input that is made to take long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

HANG = 10
"""Seconds of the processor: a machine that is busy with other work is no fault."""


@contextmanager
def no_hang() -> Iterator[None]:
    """Fails where a hang went by; what backtracks or grows with a square takes minutes."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < HANG
