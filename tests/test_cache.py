"""A kept answer changes no answer: it holds while the files do, and no longer."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ketreview import cache
from ketreview.files import Files
from tests.projects import AS_OF, GOOD, check, run, write

ROOT = Path(__file__).parents[1]
COMMANDS = (
    ("status",),
    ("status", "rett", "--format", "json"),
    ("status", "--format", "csv"),
    ("check",),
    ("check", "--output-format", "json"),
    ("check", "--output-format", "github", "reviews/rett.yaml"),
    ("check", "--select", "KR6", "--concise"),
    ("certainty", "--sof", "--format", "typst"),
    ("pending", "--format", "latex"),
    ("conflicts", "--format", "json"),
    ("show", "klein2020", "--format", "markdown"),
)


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the shipped project."""
    shutil.copytree(ROOT / "reviews", tmp_path / "reviews")
    shutil.copy(ROOT / "references.bib", tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_same_bytes_with_and_without(shipped: Path, command: tuple[str, ...]) -> None:
    anew = run(shipped, *command, *AS_OF, "--no-cache")
    assert not (shipped / cache.FOLDER).exists()
    first = run(shipped, *command, *AS_OF)
    assert list((shipped / cache.FOLDER).glob("*.json"))
    again = run(shipped, *command, *AS_OF)
    assert anew.code == first.code == again.code
    assert anew.raw == first.raw == again.raw


def kept_is_used(root: Path) -> bool:
    """Whether a second run answers from what was kept: a mark put into the kept answer comes out."""
    run(root, "status", *AS_OF, "--format", "json")
    for path in (root / cache.FOLDER).glob("*.json"):
        kept = json.loads(path.read_text(encoding="utf-8"))
        kept["answer"][0]["as_of"] = "from the cache"
        path.write_text(json.dumps(kept), encoding="utf-8")
    return "from the cache" in run(root, "status", *AS_OF, "--format", "json").out


def test_it_is_used_at_all(shipped: Path) -> None:
    assert kept_is_used(shipped)


def change_a_review(root: Path) -> None:
    """The same size, within the same second."""
    path = root / "reviews/rett.yaml"
    path.write_bytes(path.read_bytes().replace(b"status: active", b"status: paused", 1))


def add_a_review(root: Path) -> None:
    write(root, {"reviews/new.yaml": "schema_version: 1\nid: new\ntitle: New\nstatus: active\n"})


def remove_a_review(root: Path) -> None:
    (root / "reviews/rett.yaml").unlink()


def add_a_listed_file(root: Path) -> None:
    write(root, {"literature/ketamine/key-findings.md": "text\n"})


def change_the_settings(root: Path) -> None:
    write(root, {"ketreview.toml": 'ignore = ["KR8"]\n'})


def make_the_store_unreadable(root: Path) -> None:
    (root / "references.bib").unlink()
    (root / "references.bib").mkdir()


CHANGES = (
    change_a_review,
    add_a_review,
    remove_a_review,
    add_a_listed_file,
    change_the_settings,
    make_the_store_unreadable,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_seen(shipped: Path, change: Callable[[Path], None]) -> None:
    before = run(shipped, "status", *AS_OF, "--format", "json")
    change(shipped)
    after = run(shipped, "status", *AS_OF, "--format", "json")
    assert after.raw != before.raw
    assert after.raw == run(shipped, "status", *AS_OF, "--format", "json", "--no-cache").raw


def test_another_day_is_another_question(shipped: Path) -> None:
    first = run(shipped, "status", "--as-of", "2026-11-20", "--format", "json")
    second = run(shipped, "status", "--as-of", "2027-11-20", "--format", "json")
    assert first.json["as_of"] != second.json["as_of"]


BROKEN = (b"", b"{", b"[]", b"null", b'{"question": 1}', b"\xff", b"[" * 100_000)


@pytest.mark.parametrize("content", BROKEN, ids=lambda content: repr(content[:6]))
def test_a_broken_answer_is_not_used(shipped: Path, content: bytes) -> None:
    right = run(shipped, "status", *AS_OF)
    for path in (shipped / cache.FOLDER).glob("*.json"):
        path.write_bytes(content)
    assert run(shipped, "status", *AS_OF).raw == right.raw


def test_an_answer_of_another_shape_is_not_used(shipped: Path) -> None:
    right = run(shipped, "status", *AS_OF)
    for path in (shipped / cache.FOLDER).glob("*.json"):
        kept = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**kept, "answer": ["x", [], ["Nothing", 1]]}), encoding="utf-8")
    assert run(shipped, "status", *AS_OF).raw == right.raw


def test_a_small_project_keeps_nothing(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    run(tmp_path, "status", *AS_OF)
    assert not (tmp_path / cache.FOLDER).exists()


def questions(root: Path) -> Iterator[str]:
    for number in range(40):
        cache.remember(cache.NotingFiles(root), f"question {number}", number, time.time_ns())
        yield f"question {number}"


def test_only_the_newest_answers_are_kept(tmp_path: Path) -> None:
    asked = list(questions(tmp_path))
    assert len(list((tmp_path / cache.FOLDER).glob("*.json"))) == 32
    assert cache.recall(Files(tmp_path), asked[-1]) == 39
    assert (tmp_path / cache.FOLDER / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_file_older_than_its_answer_is_known_by_size_time_and_inode(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": "one"})
    os.utime(tmp_path / "a.yaml", (1, 1))
    files = cache.NotingFiles(tmp_path)
    files.read("a.yaml")
    cache.remember(files, "q", "answer", time.time_ns())
    assert cache.recall(Files(tmp_path), "q") == "answer"
    os.utime(tmp_path / "a.yaml", (2, 2))
    assert cache.recall(Files(tmp_path), "q") == "answer", "the same content, whatever its time"
    (tmp_path / "a.yaml").write_text("two", encoding="utf-8")
    assert cache.recall(Files(tmp_path), "q") is None


@pytest.fixture
def book(tmp_path: Path) -> Path:
    filler = "Ketamine acts within hours. " * 1000
    chapters = {
        f"book/{number}.typ": f"= One <sec:{number}>\n{filler} @a @lost{number} @sec:1\n" for number in range(4)
    }
    settings = 'chapters = ["book/*.typ"]\n[[builds]]\nname = "b"\nroots = ["book/0.typ"]\n'
    store = "@misc{a, title = {A}}\n"
    write(tmp_path, {"ketreview.toml": settings, "references.bib": store, **chapters})
    for path in tmp_path.rglob("*.*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return tmp_path


def test_chapters_are_known_by_their_facts(book: Path) -> None:
    check(book)
    facts = book / ".ketreview_cache/files.json"
    assert set(json.loads(facts.read_bytes())["files"]) == {f"book/{number}.typ" for number in range(4)}
    (book / "book/3.typ").write_text('@a // ketreview: ignore[KR202] as a joke\n#include "2.typ"\n@other\n')
    changed = check(book).raw
    assert changed == check(book, "--no-cache").raw
    assert b"lost2" in changed
    assert b"`other`" in changed


def test_a_chapter_that_was_not_read_whole_is_read_again(book: Path) -> None:
    write(book, {
        "ketreview.toml": 'chapters = ["book/*.typ", "a.tex"]\n',
        "references.bib": "@misc{a, title = {A}}\n@misc{b, title = {B}}\n",
        "a.tex": "\\iffalse \\ifx \\fi \\cite{b}\n",
    })  # fmt: skip
    os.utime(book / "a.tex", (1_000_000_000, 1_000_000_000))
    right = check(book).raw
    assert b"KR204" not in right
    write(book, {"reviews/r.yaml": "# another question\n"})
    (book / "reviews/r.yaml").unlink()
    forget_answers(book)
    assert check(book).raw == right


@pytest.mark.parametrize("kept", [b"", b"[]", b'{"files": {"book/0.typ": [1]}}', b"\xff"])
def test_broken_facts_are_not_used(book: Path, kept: bytes) -> None:
    right = check(book, "--no-cache").raw
    write(book, {".ketreview_cache/files.json": kept})
    assert check(book).raw == right


def test_facts_of_another_shape_are_not_used(book: Path) -> None:
    right = check(book).raw
    facts = book / ".ketreview_cache/files.json"
    kept = json.loads(facts.read_bytes())
    for number, shape in enumerate(([], 3, ["typst", [1], [], [], False, []], None)):
        kept["files"][f"book/{number}.typ"][2] = shape
    facts.write_text(json.dumps(kept))
    write(book, {"reviews/r.yaml": "# another question\n"})
    (book / "reviews/r.yaml").unlink()
    forget_answers(book)
    assert check(book).raw == right


def forget_answers(root: Path) -> Path:
    """Takes away the kept answers; gives the file of kept facts."""
    facts = root / cache.FOLDER / "files.json"
    for answer in (root / cache.FOLDER).glob("*.json"):
        if answer != facts:
            answer.unlink()
    return facts


def cited_anew(facts: Path, **head: object) -> None:
    """Puts another key into the kept facts of every chapter, so that their use is seen."""
    kept = json.loads(facts.read_bytes())
    for chapter in kept["files"].values():
        chapter[2][1] = ["from-the-facts" for _ in chapter[2][1]]
    facts.write_text(json.dumps({**kept, **head}))


def test_facts_are_used_at_all(book: Path) -> None:
    check(book)
    cited_anew(forget_answers(book))
    assert b"from-the-facts" in check(book).raw


@pytest.mark.parametrize("head", [{"program": ["another"]}, {"written": 1_000_000_000 * 10**9}])
def test_facts_of_another_program_or_as_old_as_the_file_are_not_used(book: Path, head: dict[str, object]) -> None:
    right = check(book).raw
    cited_anew(forget_answers(book), **head)
    assert check(book).raw == right


@pytest.mark.parametrize("kept", [[], {}, "x", 3, [[0]]])
def test_kept_facts_that_are_no_list_of_three_are_not_used(book: Path, kept: object) -> None:
    right = check(book).raw
    facts = forget_answers(book)
    whole = json.loads(facts.read_bytes())
    facts.write_text(json.dumps({**whole, "files": dict.fromkeys(whole["files"], kept)}))
    assert check(book).raw == right
