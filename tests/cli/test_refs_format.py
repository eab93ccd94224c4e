"""`refs format`, run as a person runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import GOOD, Run, run, snapshot, write

MESSY = '@MISC{b2020, Title="B"}\r\n% about a\r\n@misc{good2020,\r\n  year = 2020 }\r\n'
SORTED = "@misc{b2020,\r\n  title = {B},\r\n}\r\n\r\n% about a\r\n@misc{good2020,\r\n  year = 2020,\r\n}\r\n"
MARK = b"\xef\xbb\xbf"
PROJECT: dict[str, str | bytes] = {
    **GOOD,
    "references.bib": MARK + MESSY.encode(),
    "more.bib": "@misc{z}\n",
    "inbox.bib": "@misc{y }",
    "ketreview.toml": 'bibliography = ["references.bib", "more.bib"]\nstaging = ["inbox.bib"]\n',
}


def form(root: Path, *arguments: str) -> Run:
    return run(root, "refs", "format", *arguments)


def test_a_diff_is_shown_and_nothing_is_written(tmp_path: Path) -> None:
    before = snapshot(write(tmp_path, PROJECT))
    done = form(tmp_path)
    assert (done.code, snapshot(tmp_path)) == (0, before)
    assert done.out.startswith("--- a/references.bib\n+++ b/references.bib\n")
    assert "+  title = {B},\r\n" in done.raw.decode()
    assert done.talk == "1 file to format, 1 in order already; nothing written: add --write\n"


def test_it_is_written_once(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    done = form(tmp_path, "--write")
    assert (done.code, done.talk) == (0, "1 file formatted, 1 in order already\n")
    assert (tmp_path / "references.bib").read_bytes() == MARK + SORTED.encode()
    before = snapshot(tmp_path)
    again = form(tmp_path, "--write")
    assert (again.code, again.out, again.talk) == (0, "", "0 files formatted, 2 in order already\n")
    assert snapshot(tmp_path) == before


def test_what_is_not_in_order_fails_a_check(tmp_path: Path) -> None:
    before = snapshot(write(tmp_path, PROJECT))
    done = form(tmp_path, "--check")
    assert (done.code, done.out, done.talk) == (1, "references.bib\n", "1 file to format, 1 in order already\n")
    assert snapshot(tmp_path) == before
    done = form(tmp_path, "--check", "more.bib")
    assert (done.code, done.out) == (0, "")
    refused = form(tmp_path, "--check", "--write")
    assert (refused.code, "leave out --write" in refused.talk) == (2, True)


def test_the_form_may_be_chosen(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    form(tmp_path, "references.bib", "--keep-order", "--keep-fields", "--indent", "0", "--align", "--write")
    first = (tmp_path / "references.bib").read_bytes()
    assert first.startswith(MARK + b"@misc{b2020,\r\ntitle = {B},\r\n}\r\n\r\n% about a\r\n@misc{good2020,")
    assert form(tmp_path, "--indent", "17").code == 2


def test_files_are_named(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    done = form(tmp_path, "inbox.bib", "--write")
    assert (done.talk, (tmp_path / "inbox.bib").read_text()) == ("1 file formatted, 0 in order already\n", "@misc{y}\n")
    done = form(tmp_path, "reviews/good.yaml")
    assert (done.code, "is no store file of the project; there are inbox.bib, references.bib" in done.talk) == (2, True)


def test_a_broken_file_is_refused_with_its_place_and_the_others_are_not(tmp_path: Path) -> None:
    broken = b"@misc{z,\n  title = {A\n"
    write(tmp_path, {**PROJECT, "more.bib": broken})
    done = form(tmp_path, "--write")
    assert done.code == 2
    assert "not formatted: more.bib: it cannot be read whole: more.bib:2:3: the value of `title` is not" in done.talk
    assert (tmp_path / "more.bib").read_bytes() == broken
    assert (tmp_path / "references.bib").read_bytes() == MARK + SORTED.encode()


def test_a_suppression_that_would_not_hold_any_more_is_a_reason_not_to(tmp_path: Path) -> None:
    store = "@misc{a}\n@misc{a, title = {A}, % ketreview: ignore[KR101] two editions\n  year = 2020}\n"
    before = snapshot(write(tmp_path, {"references.bib": store}))
    done = form(tmp_path, "--write")
    assert done.code == 2
    assert "afterwards `check` would find more than before: references.bib:3:7: KR101" in done.talk
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    "comment", ["% ketreview: ignore[KR101] x\n@misc{a, y = 1}", "@misc{a, y = 1} % ketreview: ignore[KR101] x"]
)
def test_a_suppression_holds_still(tmp_path: Path, comment: str) -> None:
    write(tmp_path, {"references.bib": f"@misc{{z}}\n@misc{{a}}\n{comment}\n"})
    assert form(tmp_path, "--write").code == 0
    assert run(tmp_path, "check", "--concise", "--ignore", "KR204").code == 0


def test_no_project_is_said(tmp_path: Path) -> None:
    assert form(tmp_path).code == 2
