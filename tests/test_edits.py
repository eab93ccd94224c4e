"""Edits, their diff, and writing files: one, or several together."""

from __future__ import annotations

import os
import random
import re
import subprocess
from pathlib import Path

import pytest

from ketreview.edits import (
    ChangedMeanwhileError,
    Edit,
    HalfWrittenError,
    RefusedWriteError,
    diff,
    edited,
    encoded,
    write_atomically,
    write_together,
)
from ketreview.source import Source, Span
from tests.hanging import no_hang


def test_permissions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", b"")
    (tmp_path / "b").write_bytes(b"")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_without_overwrite_the_old_file_stays(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_atomically(tmp_path / "a", b"new", overwrite=False)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_a_failure_leaves_no_part_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(tmp_path / "a", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


@pytest.mark.parametrize("name", ["n" * 250, "猫" * 80])
def test_a_long_name_can_be_written(tmp_path: Path, name: str) -> None:
    write_atomically(tmp_path / name, b"x")
    assert (tmp_path / name).read_bytes() == b"x"


def edit(source: Source, start: int, end: int, text: str) -> Edit:
    return Edit(Span(source, start, end), text)


def test_edits_in_any_order_and_equal_ones_once() -> None:
    source = Source("a", "one two three")
    edits = [edit(source, 8, 13, "3"), edit(source, 0, 3, "1"), edit(source, 8, 13, "3"), edit(source, 3, 3, "!")]
    assert edited(source, edits) == "1! two 3"
    assert edited(source, []) == "one two three"
    assert edited(Source("a", ""), [edit(Source("a", ""), 0, 0, "x")]) == "x"


@pytest.mark.parametrize(
    "places",
    [[(0, 4, ""), (3, 5, "")], [(0, 4, "a"), (0, 4, "b")], [(2, 2, "a"), (2, 2, "b")], [(0, 4, ""), (2, 2, "x")]],
)
def test_edits_that_overlap_are_refused(places: list[tuple[int, int, str]]) -> None:
    source = Source("a", "one two three")
    with pytest.raises(ValueError, match="overlap"):
        edited(source, [edit(source, *place) for place in places])


def test_an_edit_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="none of a"):
        edited(Source("a", "one"), [edit(Source("a", "two"), 0, 1, "")])
    with pytest.raises(ValueError, match="none of a"):
        edited(Source("a", "one"), [edit(Source("a", "one"), 0, 9, "")])


def test_a_byte_order_mark_is_kept() -> None:
    assert encoded("ö", b"\xef\xbb\xbfx") == b"\xef\xbb\xbf\xc3\xb6"
    assert encoded("ö", b"x") == b"\xc3\xb6"


def test_a_diff_as_git_shows_it() -> None:
    before = "".join(f"{number}\n" for number in range(20)) + "end"
    after = before.replace("4\n", "four\n", 1).replace("end", "END")
    assert diff("b/a file.txt", before, after) == (
        "--- a/b/a file.txt\t\n+++ b/b/a file.txt\t\n"
        "@@ -2,7 +2,7 @@\n 1\n 2\n 3\n-4\n+four\n 5\n 6\n 7\n"
        "@@ -18,4 +18,4 @@\n 17\n 18\n 19\n"
        "-end\n\\ No newline at end of file\n+END\n\\ No newline at end of file\n"
    )
    assert diff("a", before, before) == ""
    assert diff("a\n+++ b/é\x1b\udcff", "", "x\n").startswith(
        '--- "a/a\\012+++ b/é\\033\\377"\n+++ "b/a\\012+++ b/é\\033\\377"\n@@'
    )
    assert diff('"\\', "", "x\n").startswith('--- "a/\\"\\\\"\n')
    assert diff("a", "", "x\n") == "--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+x\n"
    assert diff("a", "x\r\ny", "x\r\nz").endswith(
        "@@ -1,2 +1,2 @@\n x\r\n-y\n\\ No newline at end of file\n+z\n\\ No newline at end of file\n"
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    return tmp_path


@pytest.mark.parametrize("seed", range(25))
def test_git_applies_a_diff(repository: Path, seed: int) -> None:
    chance = random.Random(seed)
    rows = [chance.choice(["a", "b", "c", "", "d\r", str(number)]) for number in range(40)]
    after = [row for row in rows if chance.random() < 0.8]
    after.insert(chance.randrange(30), "new")
    before = "\n".join(rows) + "\n" * (seed % 2)
    wanted = "\n".join(after) + "\n" * (seed % 3 > 0)
    (repository / "f x").write_bytes(before.encode())
    patch = diff("f x", before, wanted).encode()
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], input=patch, cwd=repository, check=True)
    assert (repository / "f x").read_bytes() == wanted.encode()


def test_a_diff_of_a_large_file_is_quick() -> None:
    before = "".join(f"@article{{k{number},\n  year = {{2020}},\n}}\n\n" for number in range(50_000))
    with no_hang():
        assert diff("f", before, before.replace("k777", "new777")).count("\n+") == 12
        assert diff("f", "x\n" * 100_000, "y\n" * 100_000).count("\n-x") == 100_000


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture
def two(tmp_path: Path) -> Path:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/b").write_bytes(b"2")
    return tmp_path


OLD = {"a": b"1", "sub/b": b"2"}
NEW = {"a": b"one", "sub/b": b"two"}


def test_files_are_written_together(two: Path) -> None:
    (two / "a").chmod(0o600)
    write_together(two, {**NEW, "sub/c": b"three"}, expected=OLD)
    assert files(two) == {**NEW, "sub/c": b"three"}
    assert (two / "a").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("gone", [False, True])
def test_a_file_that_changed_meanwhile_stops_all(two: Path, gone: bool) -> None:
    (two / "sub/b").unlink() if gone else (two / "sub/b").write_bytes(b"edited")
    before = files(two)
    with pytest.raises(ChangedMeanwhileError, match="sub/b was changed since it was read"):
        write_together(two, NEW, expected=OLD)
    assert files(two) == before


def test_a_new_file_does_not_overwrite_one(two: Path) -> None:
    with pytest.raises(ChangedMeanwhileError):
        write_together(two, NEW, expected={"a": b"1"})
    assert files(two) == OLD


def test_a_failure_midway_is_taken_back(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def fails(self: Path, target: Path) -> Path:
        if target.name == "b" and self.read_bytes() == b"two":
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="Input/output"):
        write_together(two, {"new": b"x", **NEW}, expected=OLD)
    assert files(two) == OLD


@pytest.mark.parametrize(("texts", "after"), [({"a": b"one"}, {**OLD, "a": b"one"}), ({"new": b"x"}, OLD), (NEW, OLD)])
def test_an_interruption_behind_the_first_file_leaves_all_or_none(
    two: Path, monkeypatch: pytest.MonkeyPatch, texts: dict[str, bytes], after: dict[str, bytes]
) -> None:
    replace = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", replace)
        replace(self, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_together(two, texts, expected={path: data for path, data in OLD.items() if path in texts})
    assert files(two) == after


def test_what_cannot_be_taken_back_is_named_and_kept(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def fails(self: Path, target: Path) -> Path:
        if self.read_bytes() != b"one":
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(HalfWrittenError, match=r"a, which was as in \.a\.\d+-\w+\.tmp\. The next run") as caught:
        write_together(two, NEW, expected=OLD)
    backup = re.findall(r"\S+\.tmp", str(caught.value))[0]
    assert (two / backup).read_bytes() == b"1"


def test_a_full_disk_changes_nothing(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_together(two, NEW, expected=OLD)
    assert files(two) == OLD


def test_no_path_leaves_the_root(two: Path) -> None:
    root = two / "sub"
    (root / "out").symlink_to(two / "a")
    (root / "folder").symlink_to(two)
    for path in ("../a", "out", "folder/a", str(two / "a"), "."):
        with pytest.raises(RefusedWriteError, match="leads out of the project"):
            write_together(root, {"b": b"two", path: b"x"}, expected={"b": b"2", path: b"1"})
    assert ((two / "a").read_bytes(), (root / "b").read_bytes()) == (b"1", b"2")


def test_a_link_inside_stays_a_link(two: Path) -> None:
    (two / "link").symlink_to("a")
    write_together(two, {"a": b"one", "link": b"one"}, expected={"a": b"1", "link": b"1"})
    assert (two / "link").is_symlink()
    assert (two / "a").read_bytes() == b"one"
    with pytest.raises(RefusedWriteError, match="are one file"):
        write_together(two, {"a": b"x", "link": b"y"}, expected={"a": b"one", "link": b"one"})
