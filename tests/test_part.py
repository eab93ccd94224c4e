"""A run that reads a part of a project says what a run that reads all of it says."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import typer

from ketreview.cache import noting
from ketreview.cli import build
from ketreview.pipeline import part
from tests.changing import Changing
from tests.projects import AS_OF

STEPS = 12


@pytest.fixture(autouse=True)
def _all_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small projects are kept too, which a person's are not."""
    monkeypatch.setattr(noting, "WORTHWHILE", 0)
    monkeypatch.setattr(noting, "LARGE_RUN", 0)


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each run that found something kept, whether it was of use."""
    found: list[bool] = []
    real = part.check_in_part

    def noted(*arguments: object) -> object:
        answer = real(*arguments)  # type: ignore[arg-type]  # whatever it is given
        found.append(answer is not None)
        return answer

    monkeypatch.setattr(part, "check_in_part", noted)
    return found


def ask(root: Path, *arguments: str) -> tuple[object, str]:
    """The exit code and the answer of a command, in this process."""
    out = io.StringIO()
    words = [*arguments, "--root", str(root), "-q", *(() if "--as-of" in arguments else AS_OF)]
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        try:
            code = build(words)(words, standalone_mode=False)
        except typer.Exit as left:
            code = left.exit_code
        except Exception as refused:
            return type(refused), str(refused)
    return code, out.getvalue()


QUESTIONS = (
    ("check", "--output-format", "json"),
    ("check",),
    ("check", "--output-format", "sarif", "--select", "ALL"),
    ("status", "--format", "json"),
    ("pending", "--format", "json"),
)


def same(root: Path, *question: str) -> None:
    """Holds a kept answer against a fresh one."""
    fresh = ask(root, *question, "--no-cache")
    assert ask(root, *question) == fresh
    assert ask(root, *question) == fresh


@pytest.mark.parametrize("seed", range(6))
def test_one_review_after_the_other(tmp_path: Path, used: list[bool], seed: int) -> None:
    project = Changing(tmp_path, seed)
    ask(tmp_path, *QUESTIONS[0])
    for _ in range(STEPS):
        project.change_a_review()
        same(tmp_path, *QUESTIONS[0])
    assert used.count(True) >= STEPS // 3, used


@pytest.mark.parametrize("seed", range(6, 10))
def test_whatever_changes(tmp_path: Path, seed: int) -> None:
    project = Changing(tmp_path, seed)
    for step in range(STEPS):
        same(tmp_path, *QUESTIONS[step % len(QUESTIONS)])
        (project.change_a_review if step % 3 else project.change_anything)()
        same(tmp_path, *QUESTIONS[(step + seed) % len(QUESTIONS)])
