"""What git remembers of keys."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ketreview.history import former_keys, head
from tests.projects import check, write

FIRST = """@misc{old, title = {A}}

@misc{gone,
 title = {B}}

@misc{moved, title = {C}}

@misc{back, title = {D}}
"""


def _git(root: Path, *arguments: str) -> None:
    name = ("-c", "user.name=T", "-c", "user.email=t@example.org")
    subprocess.run(["git", *name, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    _git(tmp_path, "init", "-q")
    write(tmp_path, {"a.bib": FIRST, "notes.txt": "@misc{old,}"})
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-qm", "one")
    second = "@misc{Renamed:2020, title = {A}}\n\n@misc{back, title = {D}}\n"
    write(tmp_path, {"a.bib": second, "b.bib": "@misc{moved, title = {C}}\n"})
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-qm", "two", "--date=2026-03-04T05:06:07")
    return tmp_path


def test_renamed_deleted_and_moved(repository: Path) -> None:
    found = former_keys(repository, ["old", "gone", "moved", "never-there", "back", "o[d", ".*"])
    assert {key: former.now for key, former in found.items()} == {"old": "Renamed:2020", "gone": ""}
    assert {former.date for former in found.values()} == {"2026-03-04"}
    assert head(repository).startswith(found["old"].commit)


def test_no_repository(tmp_path: Path) -> None:
    assert former_keys(tmp_path, ["old"]) == {}
    assert head(tmp_path) == ""


def test_check_says_what_became_of_a_key(repository: Path) -> None:
    write(
        repository, {"ketreview.toml": 'bibliography = ["*.bib"]\nchapters = ["*.typ"]\n', "a.typ": "@old @gone @zzz\n"}
    )
    messages = [finding["message"] for finding in check(repository, "--select", "KR202").findings]
    commit = head(repository)[:7]
    assert messages == [
        f"`old` is not in the store; it was renamed to `Renamed:2020` in {commit} (2026-03-04)",
        f"`gone` is not in the store; it was deleted in {commit} (2026-03-04)",
        "`zzz` is not in the store",
    ]


def test_a_kept_answer_goes_with_the_commit(repository: Path) -> None:
    padding = "% " + "x" * 60_000 + "\n"
    write(
        repository,
        {"ketreview.toml": 'bibliography = ["*.bib"]\nchapters = ["*.typ"]\n', "a.typ": "@later\n", "c.bib": padding},
    )
    assert "deleted" not in check(repository, "--select", "KR202").findings[0]["message"]
    write(repository, {"d.bib": "@misc{later, title = {E}}\n"})
    _git(repository, "add", "d.bib")
    _git(repository, "commit", "-qm", "three")
    _git(repository, "rm", "-q", "d.bib")
    _git(repository, "commit", "-qm", "four")
    assert "deleted" in check(repository, "--select", "KR202").findings[0]["message"]
