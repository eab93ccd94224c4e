"""docs/reliability.md says what was counted, and every test that counts is on it."""

from __future__ import annotations

from pathlib import Path

import reliability

ROOT = Path(__file__).parents[1]


def test_the_page_is_what_the_results_say() -> None:
    assert (ROOT / "docs/reliability.md").read_text("utf-8") == reliability.page(reliability.results())


def test_every_test_that_counts_is_on_the_page() -> None:
    counted = {row["test"].partition("::")[0] for row in reliability.results()[reliability.COUNTED]["rows"]}
    counting = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if reliability.RECORDS in path.read_text("utf-8")
    }
    assert counted == counting


def test_each_long_run_tried_something_and_nothing_failed() -> None:
    for name, result in reliability.results().items():
        assert result["rows"], name
        for row in result["rows"]:
            assert not row.get("tracebacks"), (name, row)
