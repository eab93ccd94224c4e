from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable

import pytest

from ketreview.cli import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[[io.StringIO, float, bool], str]:
    """What is shown on a stream while work takes so many seconds."""

    def run(stream: io.StringIO, seconds: float, wanted: bool) -> str:
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setattr(progress, "_PATIENCE", 0.05)
        monkeypatch.setattr(progress, "_PACE", 0.01)
        with progress.progress(lambda: "12 files read", wanted=wanted):
            time.sleep(seconds)
        return stream.getvalue()

    return run


def test_long_work_is_shown_and_taken_away(shown: Callable[[io.StringIO, float, bool], str]) -> None:
    out = shown(Terminal(), 0.3, True)
    assert "12 files read" in out
    assert out.endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("stream", "seconds", "wanted"),
    [(Terminal(), 0, True), (io.StringIO(), 0.2, True), (Terminal(), 0.2, False)],
    ids=["short work", "a pipe", "not wanted"],
)
def test_nothing_is_shown(
    shown: Callable[[io.StringIO, float, bool], str],
    stream: io.StringIO,
    seconds: float,
    wanted: bool,
) -> None:
    assert shown(stream, seconds, wanted) == ""
