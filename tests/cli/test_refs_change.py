"""`refs rename` and `refs merge` as a person runs them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from ketreview.cli import build, refs_change
from ketreview.cli.session import Refusal
from tests.projects import AS_OF, HEAD, check, run, snapshot, write

PROJECT: Mapping[str, str | bytes] = {
    "ketreview.toml": 'chapters = ["ch/*"]\n',
    "reviews/a.yaml": HEAD.format(id="a") + "studies:\n- {id: s, cites: [old], design: cohort, state: read}\n",
    "references.bib": "@misc{old, title = {A}, year = 2020}\n\n@misc{twin, title = {A}, year = 2021}\n",
    "ch/a.typ": "Said @old and @twin.",
    "ch/b.tex": b"\xef\xbb\xbfSaid \\cite{twin,old} % old\r\n",
    "notes.md": "old\n",
}


def contents(root: Path) -> dict[str, bytes]:
    return {name: data for name, (kind, data, _) in snapshot(root).items() if kind == "file"}


def test_nothing_is_written_without_write(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    before = snapshot(tmp_path)
    done = run(tmp_path, "refs", "rename", "old", "new")
    assert snapshot(tmp_path) == before
    assert done.code == 0
    assert "-Said @old and @twin.\n\\ No newline at end of file\n+Said @new and @twin.\n" in done.out
    assert done.talk.splitlines() == [
        "4 places in 4 files; nothing written: add --write",
        "2 mentions left for you to look at:",
        "  ch/b.tex:1:24",
        "  notes.md:1:1",
    ]


def test_what_is_shown_is_what_is_written(tmp_path: Path) -> None:
    write(tmp_path / "a", PROJECT)
    write(tmp_path / "b", PROJECT)
    patch = run(tmp_path / "a", "refs", "rename", "old", "new").raw
    done = run(tmp_path / "b", "refs", "rename", "old", "new", "--write")
    assert (done.code, done.raw) == (0, patch)
    assert done.talk.startswith("4 places in 4 files; written\n")
    applied = {"GIT_CEILING_DIRECTORIES": str(tmp_path), "PATH": os.environ["PATH"]}
    subprocess.run(["git", "apply", "-"], input=patch, cwd=tmp_path / "a", check=True, env=applied)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert contents(tmp_path / "b")["ch/b.tex"] == b"\xef\xbb\xbfSaid \\cite{twin,new} % old\r\n"


def test_check_finds_the_same_afterwards(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    before = [{**finding, "column": 0} for finding in check(tmp_path).findings]
    assert run(tmp_path, "refs", "rename", "old", "new", "--write").code == 0
    after = [{**finding, "column": 0} for finding in check(tmp_path).findings]
    assert str(after).replace("new", "old") == str(before)


def test_a_diff_goes_to_a_file(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    done = run(tmp_path, "refs", "rename", "old", "new", "-q", "-o", "change.patch")
    assert (done.code, done.out, done.talk) == (0, "", "")
    assert (tmp_path / "change.patch").read_bytes().startswith(b"--- a/ch/a.typ\n+++ b/ch/a.typ\n@@ ")


def test_a_merge_shows_what_differs(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    done = run(tmp_path, "refs", "merge", "old", "twin", "--write", COLUMNS="100")
    assert done.code == 0
    assert contents(tmp_path)["references.bib"] == b"@misc{old, title = {A}, year = 2020}\n"
    assert contents(tmp_path)["ch/b.tex"] == b"\xef\xbb\xbfSaid \\cite{old} % old\r\n"
    assert done.talk.startswith("1 entry goes, 2 places in 3 files; written\nFields that differ:\n")
    assert "year   2020   old   2021  twin" in done.talk
    assert "--take FIELD=KEY decides otherwise" in done.talk
    assert "a list cites the work twice now, which is left for you to look at: ch/a.typ" not in done.talk


def test_a_choice_is_taken(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    done = run(tmp_path, "refs", "merge", "old", "twin", "--take", "year=twin", "--write")
    assert contents(tmp_path)["references.bib"] == b"@misc{old, title = {A}, year = 2021}\n"
    assert "decides otherwise" not in done.talk


REFUSALS: list[tuple[list[str], str]] = [
    (["rename", "odl", "new"], "there is no key `odl`"),
    (["merge", "old", "twinn"], "there is no key `twinn`"),
    (["rename", "old", "twin"], "`ketreview refs merge twin old` makes one of the two"),
    (["rename", "old", "a b"], "is no citation key"),
    (["merge", "old", "old"], "cannot be merged into itself"),
    (["merge", "old", "twin", "--take", "year"], "--take year: it is written FIELD=KEY"),
    (["merge", "old", "twin", "--take", "title=twin"], "there is nothing to decide in `title`; year is filled"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSALS)
def test_refusals(tmp_path: Path, arguments: list[str], message: str) -> None:
    write(tmp_path, PROJECT)
    before = snapshot(tmp_path)
    done = run(tmp_path, "refs", *arguments, "--write")
    assert (done.code, done.out) == (2, "")
    assert message in done.talk
    assert snapshot(tmp_path) == before


def test_a_store_behind_a_link_out_of_the_project_is_not_written(tmp_path: Path) -> None:
    root = write(tmp_path / "project", PROJECT)
    (tmp_path / "outside.bib").write_text("@misc{old, title = {A}}\n")
    (root / "references.bib").unlink()
    (root / "references.bib").symlink_to(tmp_path / "outside.bib")
    done = run(root, "refs", "rename", "old", "new", "--write", *AS_OF)
    assert done.code == 2
    assert "link out of the project" in done.talk
    assert (tmp_path / "outside.bib").read_text() == "@misc{old, title = {A}}\n"


def test_hostile_characters_are_harmless_in_a_diff(tmp_path: Path) -> None:
    write(tmp_path, {**PROJECT, "ch/a.typ": "\x1b[31mred @old [bold]\r\n"})
    done = run(tmp_path, "refs", "rename", "old", "new")
    assert b"\x1b" not in done.raw
    assert b"+\\u001b[31mred @new [bold]\r\n" in done.raw


def test_values_are_cut_to_where_they_differ() -> None:
    same = "x" * 100
    assert refs_change.around_difference("", "a") == "(empty)"
    assert refs_change.around_difference("a\n  b", "") == "a b"
    assert refs_change.around_difference(same + "a" + same, same + "b" + same) == "…" + "x" * 20 + "a" + "x" * 39 + "…"
    assert refs_change.around_difference(same, "y") == "x" * 60 + "…"


def test_a_failure_midway_changes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, PROJECT)
    before = contents(tmp_path)
    replaced: list[str] = []
    replace = Path.replace

    def fails(self: Path, target: Path) -> Path:
        replaced.append(target.name)
        if len(replaced) == 3:
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(Refusal, match="cannot write: input/output error; every file is as it was"):
        build(["refs"])(["refs", "rename", "old", "new", "--write"], standalone_mode=False)
    assert len(replaced) > 3
    assert contents(tmp_path) == before


def test_a_build_that_would_lose_its_entry_stops_a_merge(tmp_path: Path) -> None:
    settings = """\
[[builds]]
name = "one"
roots = ["one.typ"]
bibliography = ["one.bib"]

[[builds]]
name = "two"
roots = ["two.typ"]
bibliography = ["two.bib"]
"""
    write(tmp_path, {"ketreview.toml": settings, "one.typ": "@keep", "two.typ": "@other"})
    write(tmp_path, {"one.bib": "@misc{keep}\n", "two.bib": "@misc{other}\n"})
    done = run(tmp_path, "refs", "merge", "keep", "other", "--write")
    assert done.code == 2
    assert "afterwards `check` would find more than before: two.typ:1:2: KR202" in done.talk
    assert contents(tmp_path)["two.typ"] == b"@other"
