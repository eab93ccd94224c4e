"""What is kept of a run is used for the same question by the same program alone, and by many runs at once."""

from __future__ import annotations

import json
import multiprocessing
import shutil
from pathlib import Path

import pytest

from ketreview import cache
from ketreview.cache import state
from ketreview.checking import limits
from tests.pipeline.asking import QUESTIONS, SIMPLE, ask, same, simple
from tests.pipeline.changing import Changing


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"question": 1}', b"\xff", b"[" * 100_000])
def test_a_broken_run_is_not_used(tmp_path: Path, used: list[bool], content: bytes) -> None:
    project = simple(tmp_path)
    ask(tmp_path, *QUESTIONS[0])
    (run,) = (tmp_path / cache.FOLDER).glob("run-*.json")
    run.write_bytes(content)
    project.write("reviews/a.yaml", SIMPLE.format("a", "two"))
    same(tmp_path, *QUESTIONS[0])
    assert used == []


def test_a_run_of_another_shape_is_not_used(tmp_path: Path, used: list[bool]) -> None:
    project = simple(tmp_path)
    ask(tmp_path, *QUESTIONS[0])
    (path,) = (tmp_path / cache.FOLDER).glob("run-*.json")
    kept = json.loads(path.read_bytes())
    project.write("reviews/a.yaml", SIMPLE.format("a", "two"))
    fresh = ask(tmp_path, *QUESTIONS[0], "--no-cache")
    shapes: list[object] = [{}, [], None, *({**kept["run"], name: None} for name in kept["run"])]
    for broken in shapes:
        shutil.rmtree(tmp_path / cache.FOLDER)
        path.parent.mkdir()
        path.write_text(json.dumps({**kept, "run": broken}), encoding="utf-8")
        assert ask(tmp_path, *QUESTIONS[0]) == fresh
    assert used.count(True) <= len(kept["run"]) // 4  # what nothing asks for in this project


def test_nothing_of_another_program_day_or_setting_is_used(
    tmp_path: Path, used: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = simple(tmp_path)
    ask(tmp_path, *QUESTIONS[0])
    project.write("reviews/a.yaml", SIMPLE.format("a", "two"))
    ask(tmp_path, *QUESTIONS[0], "--as-of", "2027-01-01")
    ask(tmp_path, *QUESTIONS[0], "--select", "KR2")
    project.write("ketreview.toml", 'ignore = ["KR3"]\n')
    ask(tmp_path, *QUESTIONS[0])
    (tmp_path / "ketreview.toml").unlink()
    monkeypatch.setattr(state, "FORMAT", -1)
    ask(tmp_path, *QUESTIONS[0])
    assert used == []


def test_a_deleted_cache_is_no_loss(tmp_path: Path) -> None:
    project = simple(tmp_path)
    ask(tmp_path, *QUESTIONS[0])
    shutil.rmtree(tmp_path / cache.FOLDER)
    project.write("reviews/a.yaml", SIMPLE.format("a", "two"))
    same(tmp_path, *QUESTIONS[0])


def _answer(root: str, out: str) -> None:
    Path(out).write_text(repr(ask(Path(root), *QUESTIONS[0])), encoding="utf-8")


def test_several_runs_at_once(tmp_path: Path) -> None:
    project = Changing(tmp_path / "project", 3)
    (tmp_path / "answers").mkdir()
    together = multiprocessing.get_context("fork")
    for step in range(3):
        fresh = ask(project.root, *QUESTIONS[0], "--no-cache")
        answers = [tmp_path / f"answers/{step}-{number}" for number in range(3)]
        runs = [together.Process(target=_answer, args=(str(project.root), str(out))) for out in answers]
        for run in runs:
            run.start()
        for run in runs:
            run.join(60)
        assert {out.read_text(encoding="utf-8") for out in answers} == {repr(fresh)}
        project.change_a_review()


def test_a_changed_chapter_or_store_makes_no_run_in_part(tmp_path: Path, used: list[bool]) -> None:
    project = simple(tmp_path)
    project.write("ketreview.toml", 'chapters = ["c.md"]\n')
    for name, text in (("c.md", "[@one]\n"), ("c.md", "[@two]\n"), ("references.bib", "@misc{two, title = {Two}}\n")):
        project.write(name, text)
        same(tmp_path, *QUESTIONS[0])
    assert used == []


def test_as_much_is_told_as_by_a_run_over_all(
    tmp_path: Path, used: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST", 3)
    project = simple(tmp_path)
    question = (*QUESTIONS[0], "--select", "KR201")
    same(tmp_path, *question)
    for unknown in (("u1", "u2", "u3"), ("u1", "u2", "u3", "u4", "u5"), ("u1",)):
        project.write("reviews/a.yaml", SIMPLE.format("a", ", ".join(unknown)))
        same(tmp_path, *question)
    assert used == [True, False, True]


def test_no_run_is_kept_where_there_are_no_reviews(tmp_path: Path) -> None:
    project = simple(tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"reviews/{name}.yaml").unlink()
    ask(tmp_path, *QUESTIONS[0])
    assert [*(tmp_path / cache.FOLDER).glob("run-*.json")] == []
    project.write("reviews/a.yaml", SIMPLE.format("a", "one"))
    ask(tmp_path, *QUESTIONS[0])
    assert len([*(tmp_path / cache.FOLDER).glob("run-*.json")]) == 1
