"""docs/reliability.md says what was counted, and every test that counts is on it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def reliability() -> ModuleType:
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        return importlib.import_module("reliability")
    finally:
        sys.path.remove(str(ROOT / "bench"))


def test_the_page_is_what_the_results_say(reliability: ModuleType) -> None:
    assert (ROOT / "docs/reliability.md").read_text("utf-8") == reliability.page(reliability.results())


def test_every_test_that_counts_is_on_the_page(reliability: ModuleType) -> None:
    counted = {row["test"].partition("::")[0] for row in reliability.results()[reliability.COUNTED]["rows"]}
    counting = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if reliability.RECORDS in path.read_text("utf-8")
    }
    assert counted == counting


def test_each_long_run_tried_something_and_nothing_failed(reliability: ModuleType) -> None:
    for name, result in reliability.results().items():
        assert result["rows"], name
        for row in result["rows"]:
            assert not row.get("tracebacks"), (name, row)
