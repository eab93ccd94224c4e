"""What a run that was killed left behind: finished by the next one, or left where it is not what that run left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from ketreview.edits import RefusedWriteError, finish, write_atomically, write_together
from ketreview.edits.journal import NAME, Finished, Journal, Step
from ketreview.edits.temporary import sweep, temporary

OLD: dict[str, bytes | None] = {"a": b"1", "sub/b": b"2", "new": None}
NEW = {"a": b"one", "sub/b": b"two", "new": b"three"}


def killed(root: Path, *, behind: int) -> list[Step]:
    """Leaves what a run leaves that is killed behind so many files."""
    (root / "sub").mkdir(exist_ok=True)
    steps = []
    stack = ExitStack()
    for path, before in OLD.items():
        if before is not None:
            (root / path).write_bytes(before)
        kept = temporary(stack, root / path, before) if before is not None else None
        steps.append(Step(root / path, temporary(stack, root / path, NEW[path]), kept, NEW[path], before))
    stack.pop_all()
    os.close(Journal(root, steps)._handle)
    for step in steps[:behind]:
        step.new.replace(step.location)
    return steps


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def old() -> dict[str, bytes]:
    return {path: data for path, data in OLD.items() if data is not None}


@pytest.mark.parametrize("behind", [1, 2])
def test_the_rest_is_written(tmp_path: Path, behind: int) -> None:
    killed(tmp_path, behind=behind)
    assert finish(tmp_path) == Finished(tuple(OLD)[behind:])
    assert files(tmp_path) == NEW
    assert finish(tmp_path) is None


@pytest.mark.parametrize("behind", [0, 3])
def test_where_all_or_none_was_written_only_the_rest_is_removed(tmp_path: Path, behind: int) -> None:
    killed(tmp_path, behind=behind)
    assert finish(tmp_path) == Finished()
    assert files(tmp_path) == (NEW if behind else old())


def test_where_a_new_content_is_lost_the_old_ones_come_back(tmp_path: Path) -> None:
    steps = killed(tmp_path, behind=1)
    steps[1].new.unlink()
    assert finish(tmp_path) == Finished(back=("a",))
    assert files(tmp_path) == old()


def test_a_new_file_goes_where_the_old_ones_come_back(tmp_path: Path) -> None:
    steps = killed(tmp_path, behind=0)
    steps[2].new.replace(steps[2].location)
    steps[0].new.write_bytes(b"other")
    assert finish(tmp_path) == Finished(back=("new",))
    assert files(tmp_path) == old()


def test_what_somebody_has_changed_since_is_left(tmp_path: Path) -> None:
    killed(tmp_path, behind=1)
    (tmp_path / "sub/b").write_bytes(b"mine")
    assert finish(tmp_path) == Finished(("new",), left=("sub/b",))
    assert files(tmp_path) == {**NEW, "sub/b": b"mine"}


def test_a_journal_that_is_half_written_says_that_nothing_was(tmp_path: Path) -> None:
    killed(tmp_path, behind=0)
    whole = (tmp_path / NAME).read_bytes()
    for length in (0, 1, 10, 30, len(whole) - 1):
        (tmp_path / NAME).write_bytes(whole[:length])
        assert finish(tmp_path) == Finished()
        assert not (tmp_path / NAME).exists()
        assert {path: (tmp_path / path).read_bytes() for path in old()} == old()


def noted(root: Path) -> list[list[object]]:
    found: list[list[object]] = json.loads((root / NAME).read_bytes())["files"]
    return found


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (0, "../a"),
        (0, "/etc/passwd"),
        (0, 7),
        (1, "b"),
        (1, "../.a.1-abcdefgh.tmp"),
        (2, "a"),
        (2, "../../.a.1-abcdefgh.tmp"),
        (3, 1),
    ],
)
def test_a_journal_of_something_else_is_not_followed(tmp_path: Path, column: int, value: object) -> None:
    root = tmp_path / "project"
    root.mkdir()
    killed(root, behind=1)
    rows = noted(root)
    rows[2][column] = value
    (root / NAME).write_text(json.dumps({"ketreview journal": 1, "files": rows}))
    before = files(tmp_path)
    earlier = finish(root)
    assert earlier is not None
    assert (earlier[:3], "is no journal of a run here" in earlier.trouble) == (((), (), ()), True)
    assert files(tmp_path) == before


@pytest.mark.parametrize("text", ["x", "[]", "{}", '{"ketreview journal": 2, "files": []}', "[" * 100_000, "\xff"])
def test_a_file_that_is_no_journal_is_left(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_bytes(text.encode("latin-1"))
    earlier = finish(tmp_path)
    assert earlier is not None
    assert "remove it" in earlier.trouble
    assert (tmp_path / NAME).exists()


def test_a_copy_of_a_project_brings_no_work_with_it(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    killed(tmp_path / "project", behind=1)
    subprocess.run(["cp", "-r", tmp_path / "project", tmp_path / "copy"], check=True)
    before = files(tmp_path / "copy")
    earlier = finish(tmp_path / "copy")
    assert earlier is not None
    assert "no journal of a run here" in earlier.trouble
    assert files(tmp_path / "copy") == before


def test_links_are_not_followed(tmp_path: Path) -> None:
    steps = killed(tmp_path, behind=1)
    steps[1].new.rename(tmp_path / "elsewhere")
    steps[1].new.symlink_to(tmp_path / "elsewhere")
    earlier = finish(tmp_path)
    assert earlier is not None
    assert "no journal of a run here" in earlier.trouble
    (tmp_path / NAME).rename(tmp_path / "journal")
    (tmp_path / NAME).symlink_to("journal")
    earlier = finish(tmp_path)
    assert earlier is not None
    assert "cannot be read" in earlier.trouble


def test_a_run_that_still_writes_is_left_alone_and_keeps_others_from_writing(tmp_path: Path) -> None:
    steps = killed(tmp_path, behind=0)
    (tmp_path / NAME).unlink()
    journal = Journal(tmp_path, steps)
    before = files(tmp_path)
    assert finish(tmp_path) is None
    with pytest.raises(RefusedWriteError, match="another run is writing"):
        write_together(tmp_path, {"a": b"x", "sub/b": b"y"}, expected=old())
    assert files(tmp_path) == before
    journal.close()
    write_together(tmp_path, {"a": b"x", "sub/b": b"y"}, expected=old())


def test_a_run_that_ends_meanwhile_is_no_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(tmp_path, behind=0)
    before = files(tmp_path)
    stat = Path.stat

    def other(self: Path, **how: bool) -> os.stat_result:
        return stat(tmp_path if self.name == NAME else self, **how)

    monkeypatch.setattr(Path, "stat", other)
    assert finish(tmp_path) is None
    monkeypatch.undo()
    assert files(tmp_path) == before


def test_what_cannot_be_finished_is_said_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(tmp_path, behind=1)
    before = files(tmp_path)

    def fails(self: Path, target: Path) -> Path:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "replace", fails)
    earlier = finish(tmp_path)
    assert earlier is not None
    assert earlier.trouble == "a run was killed while it wrote, and cannot be finished: read-only file system"
    assert files(tmp_path) == before


def test_a_journal_that_cannot_be_written_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = killed(tmp_path, behind=0)
    (tmp_path / NAME).unlink()
    before = files(tmp_path)

    def full(handle: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        Journal(tmp_path, steps)
    assert files(tmp_path) == before


def test_only_what_dead_processes_left_for_the_same_file_is_swept(tmp_path: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    process = int(dead.stdout)
    left = f".a.{process}-abcdefgh.tmp"
    others = [".a.1-abcdefgh.tmp", f".b.{process}-abcdefgh.tmp", f".a.{process}-abc.tmp", ".a.tmp", "a"]
    for name in (left, *others):
        (tmp_path / name).write_bytes(b"")
    sweep([tmp_path / "a", tmp_path / "nowhere/a"])
    assert sorted(files(tmp_path)) == sorted(others)
    (tmp_path / left).write_bytes(b"")
    write_atomically(tmp_path / "a", b"x")
    assert sorted(files(tmp_path)) == sorted(others)


def test_what_another_user_may_still_write_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(process: int, number: int) -> None:
        raise PermissionError

    (tmp_path / ".a.1-abcdefgh.tmp").write_bytes(b"")
    monkeypatch.setattr(os, "kill", refused)
    sweep([tmp_path / "a"])
    assert sorted(files(tmp_path)) == [".a.1-abcdefgh.tmp"]
