"""Fixtures of tests that run commands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.killing import Killer


@pytest.fixture(scope="session")
def killer() -> Iterator[Killer]:
    """What runs commands that are stopped at a step."""
    server = Killer()
    yield server
    server.close()
