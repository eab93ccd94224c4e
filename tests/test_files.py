"""Finding and reading files below a root."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ketreview.files import Files, Unreadable
from tests.projects import write


def test_find_sorts_and_excludes(tmp_path: Path) -> None:
    names = ["b/z.md", "b/a.md", "a.md", ".git/c.md", "b/node_modules/d.md", "b/sub/e.md", "x.txt"]
    write(tmp_path, dict.fromkeys(names, ""))
    files = Files(tmp_path, (".git", "node_modules"))
    assert files.find(("**/*.md",)) == {"**/*.md": ("a.md", "b/a.md", "b/sub/e.md", "b/z.md")}
    assert files.find(("b/*.md", "*/sub/*")) == {"b/*.md": ("b/a.md", "b/z.md"), "*/sub/*": ("b/sub/e.md",)}


def test_find_without_wildcards_takes_the_path_alone(tmp_path: Path) -> None:
    write(tmp_path, {"a.bib": ""})
    (tmp_path / "b.bib").mkdir()
    (tmp_path / "c.bib").symlink_to("nowhere")
    found = Files(tmp_path).find(("a.bib", "b.bib", "c.bib", "d.bib"))
    assert found == {"a.bib": ("a.bib",), "b.bib": ("b.bib",), "c.bib": ("c.bib",), "d.bib": ()}


def test_find_enters_no_linked_folder(tmp_path: Path) -> None:
    write(tmp_path, {"outside/a.md": "", "root/b.md": ""})
    (tmp_path / "root" / "link").symlink_to(tmp_path / "outside")
    (tmp_path / "root" / "loop").symlink_to(tmp_path / "root")
    assert Files(tmp_path / "root").find(("**/*.md",)) == {"**/*.md": ("b.md",)}


def test_buffers_stand_in_for_the_disk(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/a.yaml": "old"})
    files = Files(tmp_path, buffers={"reviews/a.yaml": b"new", "reviews/b.yaml": b"only here"})
    assert files.read("reviews/a.yaml") == b"new"
    assert files.size("reviews/b.yaml") == 9
    assert files.find(("reviews/*.yaml",)) == {"reviews/*.yaml": ("reviews/a.yaml", "reviews/b.yaml")}


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    write(tmp_path, {"secret": "s", "root/empty": ""})
    root = tmp_path / "root"
    (root / "folder").mkdir()
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "loop").symlink_to("loop")
    os.mkfifo(root / "fifo")
    reasons = {
        name: Files(root).read(name) for name in ("folder", "link", "loop", "fifo", "none", "nul\0", "empty", "x" * 300)
    }
    assert reasons.pop("empty") == b""
    assert all(isinstance(reason, Unreadable) and reason.reason for reason in reasons.values())
    assert reasons["folder"] == Unreadable("it is a folder")
    assert reasons["link"] == Unreadable("it is a link out of the project")
    assert reasons["fifo"] == Unreadable("it is not a regular file")
    assert reasons["none"] == Unreadable("there is no such file")
    assert [Files(root).size(name) for name in ("folder", "link", "loop", "fifo", "none", "nul\0", "empty")] == [
        None
    ] * 6 + [0]


def test_a_link_inside_the_project_is_followed(tmp_path: Path) -> None:
    write(tmp_path, {"a": "text"})
    (tmp_path / "b").symlink_to("a")
    assert Files(tmp_path).read("b") == b"text"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    write(tmp_path, {"a": ""})
    (tmp_path / "a").chmod(0)
    assert Files(tmp_path).read("a") == Unreadable("permission denied")
