"""A first project that passes, in an empty folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketreview.changes.init import FILES
from tests.projects import AS_OF, check, run, snapshot, write


def test_init_check_and_status(tmp_path: Path) -> None:
    done = run(tmp_path, "init")
    assert (done.code, done.raw) == (0, b"")
    assert {name: (tmp_path / name).read_text() for name in FILES} == dict(FILES)
    answer = check(tmp_path, "--fail-on", "warning")
    assert (answer.code, answer.findings) == (0, [])
    status = run(tmp_path, "status", *AS_OF, "--format", "json")
    assert status.code == 0
    (review,) = status.json["reviews"]
    assert review["references"] == {"cited": 1, "resolved": 1, "unresolved": []}
    assert review["findings"] == {"errors": 0, "warnings": 0, "infos": 0}
    assert run(tmp_path, "status").code == 0
    assert "No findings" in run(tmp_path, "check").out


@pytest.mark.parametrize("day", ["2026-01-01", "2040-12-31"])
def test_it_passes_on_any_day(tmp_path: Path, day: str) -> None:
    run(tmp_path, "init")
    done = run(tmp_path, "check", "--as-of", day, "--output-format", "json")
    assert done.findings == []


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: "# mine\n"})
    before = snapshot(tmp_path)
    done = run(tmp_path, "init")
    assert done.code == 2
    assert f"{name} exists already" in done.talk
    assert snapshot(tmp_path) == before


def test_a_second_init_refuses(tmp_path: Path) -> None:
    run(tmp_path, "init")
    before = snapshot(tmp_path)
    assert run(tmp_path, "init").code == 2
    assert snapshot(tmp_path) == before


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    write(tmp_path, {"reviews": "a file"})
    before = snapshot(tmp_path)
    done = run(tmp_path, "init")
    assert done.code == 2
    assert snapshot(tmp_path) == before


def test_links_out_of_the_project_are_not_followed(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "reviews").symlink_to(outside)
    before = snapshot(tmp_path)
    assert run(root, "init").code == 2
    assert snapshot(tmp_path) == before


def test_a_dangling_link_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "references.bib").symlink_to("nowhere.bib")
    before = snapshot(tmp_path)
    assert run(tmp_path, "init").code == 2
    assert snapshot(tmp_path) == before


def test_in_another_folder(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    assert run(tmp_path, "init", "--root", "there").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
