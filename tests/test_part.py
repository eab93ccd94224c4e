"""A run that reads a part of a project says what a run that reads all of it says."""

from __future__ import annotations

import io
import json
import multiprocessing
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import typer

from ketreview import cache
from ketreview.cache import noting, state
from ketreview.cli import build
from ketreview.pipeline import part
from tests.changing import IDS, KEYS, LOST, Changing
from tests.projects import AS_OF
from tests.repositories import commit, git

STEPS = 10


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


def lines_of(root: Path, code: str) -> list[str]:
    """The messages of a code."""
    found = json.loads(ask(root, *QUESTIONS[0])[1])["diagnostics"]
    return [finding["message"] for finding in found if finding["code"] == code]


HEAD = "schema_version: 1\nid: {0}\ntitle: A\nstatus: active\n"
SIMPLE = HEAD + "studies:\n- {{id: s, cites: [{1}], design: cohort, state: read}}\n"


def simple(root: Path) -> Changing:
    """A project of two reviews that have nothing to do with each other."""
    project = Changing(root, 0)
    for name in IDS:
        (root / f"reviews/{name}.yaml").unlink()
    project.write("references.bib", "".join(f"@misc{{{key}, title = {{{key}}}}}\n" for key in ("one", "two", "three")))
    project.write("reviews/a.yaml", SIMPLE.format("a", "one"))
    project.write("reviews/b.yaml", SIMPLE.format("b", "two"))
    return project


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


STUDY = "studies:\n- {{id: s, cites: [{0}], registrations: [{1}], design: cohort, state: read, participants: {2}}}\n"
TRIAL = "trials:\n- {{id: t, registrations: [NCT01234567], title: T, status: {0}, retrieved: 2026-09-0{1}}}\n"
CLAIM = (
    "claims:\n- {{id: c, kind: mechanism, statement: It works., supports: [{{cites: one}}],"
    " mechanism: {{target: NMDA receptor, action: antagonist, effect: {0}, on: BDNF}}}}\n"
)
SOURCE = 'sources:\n- id: src\n  title: S\n  date: 2020\n  references: [{{label: "{0}", cites: {1}}}]\n'
SHARED = {
    "a work": ("KR406", STUDY.format("one", "", 10), STUDY.format("one", "", 10), STUDY.format("one", "", 99)),
    "a number": (
        "KR406",
        STUDY.format("", "NCT01234567", 10),
        STUDY.format("", "NCT01234567", 10),
        STUDY.format("", "NCT01234567", 99),
    ),
    "a trial": ("KR607", TRIAL.format("RECRUITING", 2), TRIAL.format("RECRUITING", 1), TRIAL.format("COMPLETED", 1)),
    "a mechanism": ("KR517", CLAIM.format("increases"), CLAIM.format("increases"), CLAIM.format("decreases")),
    "a label": (
        "KR408",
        SOURCE.format("Klein et al. 2012", "one"),
        SOURCE.format("7", "one"),
        SOURCE.format("7", "two"),
    ),
}
AUTHORS = "author = {Klein, A. and Roy, B. and Picard, C.}, year = 2012"


@pytest.mark.parametrize("kind", SHARED)
@pytest.mark.parametrize("changed", ["a", "b"])
def test_reviews_that_share_a_name_are_read_together(tmp_path: Path, used: list[bool], kind: str, changed: str) -> None:
    """What changes in one of them is told at the other."""
    code, other, before, after = SHARED[kind]
    project = simple(tmp_path)
    project.write("references.bib", "".join(f"@misc{{{key}, {AUTHORS}}}\n" for key in ("one", "two", "three")))
    project.write("reviews/c.yaml", SIMPLE.format("c", "three"))
    for name in "ab":
        project.write(f"reviews/{name}.yaml", HEAD.format(name) + (before if name == changed else other))
    assert lines_of(tmp_path, code) == []
    project.write(f"reviews/{changed}.yaml", HEAD.format(changed) + after)
    assert lines_of(tmp_path, code)
    same(tmp_path, *QUESTIONS[0])
    assert used == [True]


def test_a_label_that_no_review_had_is_held_against_all(tmp_path: Path, used: list[bool]) -> None:
    project = simple(tmp_path)
    project.write("references.bib", "".join(f"@misc{{{key}, {AUTHORS}}}\n" for key in ("one", "two", "three")))
    project.write("reviews/a.yaml", HEAD.format("a") + SOURCE.format("7", "one"))
    project.write("reviews/b.yaml", HEAD.format("b") + SOURCE.format("8", "two"))
    assert lines_of(tmp_path, "KR408") == []
    project.write("reviews/b.yaml", HEAD.format("b") + SOURCE.format("Klein et al. 2012", "two"))
    assert lines_of(tmp_path, "KR408")
    assert used == [False]


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
