"""The server that runs the command, once for all of these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.injection.running import Runner


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    server = Runner(tmp_path_factory.mktemp("runs"))
    yield server
    server.close()
