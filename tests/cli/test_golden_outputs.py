"""The reports that have no test file of their own, as they look at 80 columns, in a pipe and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects import AS_OF, run, write
from tests.reports.test_reports import BARE, REVIEW, STORE

SETTINGS = 'select = ["KR201", "KR702"]\n'
COMMANDS = {
    "status": ("status",),
    "pending": ("pending",),
    "show": ("show", "r1"),
    "refs-list": ("refs", "list"),
    "refs-where": ("refs", "where", "anand2023"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    review = REVIEW.replace('override: "", ', "")
    texts = {"reviews/depression.yaml": review, "reviews/bare.yaml": BARE, "references.bib": STORE}
    return write(
        tmp_path, texts | {"literature/here.md": "text", "literature/empty.md": "", "ketreview.toml": SETTINGS}
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_it_looks_like_this(name: str, project: Path, golden: Callable[[str, str], None]) -> None:
    command = COMMANDS[name]
    golden(f"{name}-80.txt", run(project, *command, *AS_OF, COLUMNS="80").out)
    golden(f"{name}-pipe.txt", run(project, *command, *AS_OF).out)
    golden(f"{name}.json", run(project, *command, *AS_OF, "--format", "json").out)
