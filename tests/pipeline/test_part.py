"""A run that reads a part of a project says what a run that reads all of it says, whatever changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketreview.cache import noting
from tests.pipeline.asking import QUESTIONS, SIMPLE, ask, lines_of, same, simple
from tests.pipeline.changing import KEYS, LOST, Changing
from tests.repositories import commit, git

STEPS = 10


@pytest.mark.parametrize("seed", range(3))
def test_one_review_after_the_other(tmp_path: Path, used: list[bool], seed: int) -> None:
    project = Changing(tmp_path, seed)
    ask(tmp_path, *QUESTIONS[0])
    for _ in range(STEPS):
        project.change_a_review()
        same(tmp_path, *QUESTIONS[0])
    assert used.count(True) > 1, used


@pytest.mark.parametrize("seed", range(6, 8))
def test_whatever_changes(tmp_path: Path, seed: int) -> None:
    project = Changing(tmp_path, seed)
    for step in range(STEPS):
        same(tmp_path, *QUESTIONS[step % len(QUESTIONS)])
        (project.change_a_review if step % 3 else project.change_anything)()
        same(tmp_path, *QUESTIONS[(step + seed) % len(QUESTIONS)])


BESIDE = {
    "chapters": ('chapters = ["book/*.typ"]\n', "book/one.typ", f"As @{KEYS[0]} and @{LOST[1]} say.\n"),
    "staging": ('staging = ["new.bib"]\n', "new.bib", f"@misc{{{LOST[1]}, title = {{New}}}}\n"),
    "literature": ('literature = ["lit/**"]\n', "lit/a/README.md", "# A\n\n**DOI:** 10.1000/klein2012\n"),
    "appendix": ('appendix = ["appendix.typ"]\n', "appendix.typ", f"== Klein 2012 @{KEYS[2]}\n\nA note.\n"),
    "retractions": (
        'retractions = ["rw.csv"]\n',
        "rw.csv",
        "Record ID,Title,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason\n"
        f"1,A work on number {KEYS[3]} of many,1/2/2020 0:00,10.1000/{KEYS[3]},0,Retraction,\n",
    ),
}


@pytest.mark.parametrize("kind", BESIDE)
def test_whatever_stands_beside_the_reviews(tmp_path: Path, kind: str) -> None:
    project = Changing(tmp_path, len(kind))
    settings, path, text = BESIDE[kind]
    project.write("ketreview.toml", settings)
    project.write(path, text)
    assert ask(tmp_path, *QUESTIONS[0])[0] in {0, 1}
    for _ in range(4):
        project.change_a_review()
        same(tmp_path, *QUESTIONS[0])


def test_one_review_is_read_and_no_other(tmp_path: Path, used: list[bool]) -> None:
    project = simple(tmp_path)
    ask(tmp_path, *QUESTIONS[0])
    project.write("reviews/a.yaml", SIMPLE.format("a", "one").replace("cohort", "case_report"))
    read: list[str] = []
    real = noting.NotingFiles.read

    def noted(files: noting.NotingFiles, path: str) -> object:
        read.append(path)
        return real(files, path)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(noting.NotingFiles, "read", noted)
        ask(tmp_path, *QUESTIONS[0])
    assert used == [True]
    assert set(read) == {"reviews/a.yaml"}


def test_what_is_cited_no_more_or_again_is_told(tmp_path: Path, used: list[bool]) -> None:
    project = simple(tmp_path)
    assert lines_of(tmp_path, "KR204") == ["`three` is cited by no review and no chapter"]
    project.write("reviews/a.yaml", SIMPLE.format("a", "three"))
    assert lines_of(tmp_path, "KR204") == ["`one` is cited by no review and no chapter"]
    project.write("reviews/b.yaml", SIMPLE.format("b", "one"))
    assert lines_of(tmp_path, "KR204") == ["`two` is cited by no review and no chapter"]
    assert used == [True, True]


def test_a_key_that_git_remembers_is_told_as_ever(tmp_path: Path, used: list[bool]) -> None:
    project = simple(tmp_path)
    git(tmp_path, "init", "-q")
    commit(tmp_path, {})
    commit(tmp_path, {"references.bib": "@misc{one, title = {one}}\n"})
    (told,) = lines_of(tmp_path, "KR201")
    assert "deleted in" in told
    project.write("reviews/a.yaml", SIMPLE.format("a", "three"))
    assert all("deleted in" in told for told in lines_of(tmp_path, "KR201"))
    same(tmp_path, *QUESTIONS[0])
    project.write("reviews/a.yaml", SIMPLE.format("a", "one"))
    same(tmp_path, *QUESTIONS[0])
    assert used == [True, True]
