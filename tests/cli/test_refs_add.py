"""`refs add` as a person runs it: a preview, a file written, and what is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ketreview.cli.refs_add import _read
from ketreview.cli.session import Refusal
from tests.changes.test_add import NEW, RIS, SORTED
from tests.projects import REVIEW, check, run, snapshot, write

PROJECT: dict[str, str | bytes] = {"reviews/good.yaml": REVIEW, "references.bib": SORTED, "new/a.ris": RIS}


def test_a_preview_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    before = snapshot(tmp_path)
    done = run(tmp_path, "refs", "add", "new/a.ris")
    assert done.code == 0
    assert done.out.startswith("--- a/references.bib\n+++ b/references.bib\n@@ ")
    added = "".join(
        row[1:] + "\n" for row in done.out.splitlines() if row.startswith("+") and not row.startswith("+++")
    )
    assert added == NEW + "\n"
    assert "new/a.ris:1: `brown2002` is new in references.bib" in done.talk
    assert "left out, as no such entry of the store has them: abstract" in done.talk
    assert "1 record: 1 to add" in done.talk
    assert "--write" in done.talk
    assert snapshot(tmp_path) == before


def test_writing_and_a_second_time(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    done = run(tmp_path, "refs", "add", "new/a.ris", "--write")
    assert (done.code, "wrote references.bib" in done.talk) == (0, True)
    text = (tmp_path / "references.bib").read_text("utf-8")
    assert text == SORTED.replace("% about cherries", NEW + "\n% about cherries")
    again = run(tmp_path, "refs", "add", "new/a.ris", "--write")
    assert (again.code, again.raw) == (0, b"")
    assert "is there already: `brown2002` has the same DOI" in again.talk
    found = check(tmp_path)
    assert [finding for finding in found.findings if finding["severity"] == "error"] == []


def test_a_byte_order_mark_and_line_ends_stay(tmp_path: Path) -> None:
    store = b"\xef\xbb\xbf" + SORTED.replace("\n", "\r\n").encode()
    write(tmp_path, {**PROJECT, "references.bib": store})
    assert run(tmp_path, "refs", "add", "new/a.ris", "--write").code == 0
    data = (tmp_path / "references.bib").read_bytes()
    assert data == store.replace(b"% about cherries", NEW.replace("\n", "\r\n").encode() + b"\r\n% about cherries")


def test_a_broken_entry_of_a_staging_file_is_reported_and_the_others_are_added(tmp_path: Path) -> None:
    staged = "@misc{new1, title = {One}}\n@misc{new2, title = {Two}\n@misc{new3,title={Three}}\n"
    write(tmp_path, {**PROJECT, "new/b.bib": staged})
    done = run(tmp_path, "refs", "add", "new/b.bib", "--write")
    assert "new/b.bib:2:1: `@misc` is not closed" in done.talk
    text = (tmp_path / "references.bib").read_text("utf-8")
    assert "@misc{new1, title = {One}}\n\n@misc{new3,title={Three}}\n" in text
    assert "new2" not in text


def test_conflicts_are_told_and_not_merged(tmp_path: Path) -> None:
    write(tmp_path, {**PROJECT, "new/b.bib": "@misc{adams2001, title = {Ferries and harbours}, doi = {10.1000/f}}"})
    done = run(tmp_path, "refs", "add", "new/b.bib", "--write")
    assert (done.code, done.raw) == (0, b"")
    assert "is not added: `adams2001` is there with another DOI" in done.talk
    assert (tmp_path / "references.bib").read_text("utf-8") == SORTED


def test_several_stores(tmp_path: Path) -> None:
    settings = 'reviews = []\nbibliography = ["bib/*.bib"]\n'
    stores: dict[str, str | bytes] = {
        "ketreview.toml": settings,
        "bib/a.bib": SORTED,
        "bib/b.bib": "@misc{x, title = {X}}\n",
        "a.ris": RIS,
    }
    write(tmp_path, stores)
    refused = run(tmp_path, "refs", "add", "a.ris")
    assert refused.code == 2
    assert "--to: bib/a.bib, bib/b.bib" in refused.talk
    assert run(tmp_path, "refs", "add", "a.ris", "--to", "bib/c.bib").code == 2
    assert run(tmp_path, "refs", "add", "a.ris", "--to", "bib/b.bib", "--write").code == 0
    assert "brown2002" in (tmp_path / "bib/b.bib").read_text("utf-8")
    assert (tmp_path / "bib/a.bib").read_text("utf-8") == SORTED


def test_a_file_outside_the_project_can_be_read(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "downloads"
    write(root, PROJECT)
    write(outside, {"export.RIS": RIS})
    assert "brown2002" in run(root, "refs", "add", str(outside / "export.RIS")).out


@pytest.mark.parametrize(
    ("files", "arguments", "words"),
    [
        ({}, ["nope.ris"], "no such file"),
        ({"a.txt": "x"}, ["a.txt"], "by the end of the name"),
        ({"a.ris/b": "x"}, ["a.ris"], "folder"),
        ({"references.bib": "@misc{a, title = {A"}, ["new/a.ris"], "references.bib has faults"),
        ({"references.bib": b"@misc{a, title = {\xe9}}\n"}, ["new/a.ris", "--write"], "not UTF-8"),
        ({}, [], "Missing argument"),
    ],
    ids=["missing", "format", "folder", "broken store", "latin-1 store", "no file"],
)
def test_what_is_refused(tmp_path: Path, files: dict[str, str | bytes], arguments: list[str], words: str) -> None:
    write(tmp_path, {**PROJECT, **files})
    before = snapshot(tmp_path)
    done = run(tmp_path, "refs", "add", *arguments)
    assert done.code == 2
    assert words in done.talk
    assert snapshot(tmp_path) == before


def test_hostile_text_reaches_neither_the_screen_nor_latex(tmp_path: Path) -> None:
    ris = b"TY  - JOUR\nTI  - \\input{/etc/passwd} \x1b[31m\x00 }} {\nAU  - \x1b]0;x\x07, Y\nZZ  - \x1b[1m\nER  - \n"
    write(tmp_path, {**PROJECT, "new/a.ris": ris})
    done = run(tmp_path, "refs", "add", "new/a.ris", "--write")
    assert done.code == 0
    assert "\x1b" not in done.out + done.talk
    text = (tmp_path / "references.bib").read_text("utf-8")
    assert "\\input{" not in text
    assert "\x1b" not in text
    assert [finding for finding in check(tmp_path).findings if finding["severity"] == "error"] == []


def test_a_missing_library_is_named_with_what_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, PROJECT)
    monkeypatch.setitem(sys.modules, "rispy", None)
    with pytest.raises(Refusal, match=r"pip install 'ketreview\[import\]'"):
        _read(tmp_path / "new/a.ris")
