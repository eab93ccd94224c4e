"""`ketreview import` as a person runs it: a preview, files written, nothing overwritten, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.changes.importing.folders import STORE, TOPIC, WORK
from tests.changes.test_add import RIS
from tests.projects import check, run, snapshot, write

PROJECT: dict[str, str | bytes] = {"lit/tea/README.md": TOPIC, "lit/tea/green/README.md": WORK}


def test_a_preview_shows_the_review_the_store_and_what_is_left(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    before = snapshot(tmp_path)
    done = run(tmp_path, "import", "lit/tea")
    assert done.code == 0
    assert "\nid: tea\n" in done.out
    assert "+@article{cole2015," in done.out
    assert "reviews/tea.yaml: searches 1, sources 2, studies 3," in done.talk
    assert "not mapped: 8" in done.talk
    assert "lit/tea/README.md:53: Blue ones - under `Favourite mugs`" in done.talk
    assert "nothing is written yet: --write makes reviews/tea.yaml and references.bib" in done.talk
    assert snapshot(tmp_path) == before
    assert run(tmp_path, "import", "lit/tea", "--dry-run").out == done.out


def test_writing_gives_a_project_without_errors(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    done = run(tmp_path, "import", "lit/tea", "--id", "mint", "--write")
    assert (done.code, "wrote reviews/mint.yaml" in done.talk, "wrote references.bib" in done.talk) == (0, True, True)
    assert (tmp_path / "reviews/mint.yaml").read_text("utf-8") in done.out
    found = check(tmp_path)
    assert [finding for finding in found.findings if finding["severity"] == "error"] == []


def test_a_store_is_added_to(tmp_path: Path) -> None:
    write(tmp_path, {**PROJECT, "references.bib": STORE})
    assert run(tmp_path, "import", "lit/tea", "--write").code == 0
    text = (tmp_path / "references.bib").read_text("utf-8")
    assert text.startswith(STORE)
    assert "@article{cole2015," in text
    assert "cites: [adams2001]" in (tmp_path / "reviews/tea.yaml").read_text("utf-8")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    write(tmp_path, {**PROJECT, "reviews/tea.yaml": "mine", "references.bib": STORE})
    before = snapshot(tmp_path)
    done = run(tmp_path, "import", "lit/tea", "--write")
    assert (done.code, done.raw) == (2, b"")
    assert "reviews/tea.yaml exists already, and nothing is overwritten" in done.talk
    assert snapshot(tmp_path) == before


def test_an_id_that_another_file_has_is_refused(tmp_path: Path) -> None:
    review = "schema_version: 1\nid: tea\ntitle: A\nstatus: planned\n"
    write(tmp_path, {**PROJECT, "reviews/other.yaml": review})
    done = run(tmp_path, "import", "lit/tea", "--write")
    assert (done.code, "taken by reviews/other.yaml" in done.talk) == (2, True)


def test_several_folders_share_one_store(tmp_path: Path) -> None:
    write(tmp_path, {"lit/a/README.md": WORK, "lit/b/README.md": WORK})
    assert run(tmp_path, "import", "lit/a", "lit/b", "--write").code == 0
    assert (tmp_path / "references.bib").read_text("utf-8").count("@article{cole2015,") == 1
    for name in ("a", "b"):
        assert "cites: [cole2015]" in (tmp_path / f"reviews/{name}.yaml").read_text("utf-8")


def test_a_folder_outside_may_be_read(tmp_path: Path) -> None:
    write(tmp_path, {"far/tea/README.md": TOPIC, "here/ketreview.toml": ""})
    done = run(tmp_path / "here", "import", "../far/tea", "--write")
    assert done.code == 0
    assert "folder: literature/tea" in done.out
    assert "../far/tea/README.md:53: Blue ones" in done.talk
    assert sorted(path.name for path in (tmp_path / "far").rglob("*")) == ["README.md", "tea"]
    found = check(tmp_path / "here")
    assert [finding for finding in found.findings if finding["severity"] == "error"] == []


def test_one_text_alone(tmp_path: Path) -> None:
    write(tmp_path, {"notes/mint-tea.txt": TOPIC, "notes/other.txt": WORK})
    done = run(tmp_path, "import", "notes/mint-tea.txt")
    assert (done.code, "\nid: mint-tea\n" in done.out, "Green tea" in done.out) == (0, True, False)


def test_what_is_no_text_is_told_and_skipped(tmp_path: Path) -> None:
    write(tmp_path, {**PROJECT, "lit/tea/binary.md": b"# A\n\0\n", "lit/tea/huge.md": b"a" * ((16 << 20) + 1)})
    (tmp_path / "lit/tea/away.md").symlink_to("/etc/passwd")
    done = run(tmp_path, "import", "lit/tea")
    assert done.code == 0
    assert "lit/tea/binary.md: skipped: it is no text" in done.talk
    assert "lit/tea/huge.md: skipped: it is larger than 16 MiB" in done.talk
    assert "lit/tea/away.md: skipped: it is a link out of the project" in done.talk


def test_files_of_references_go_to_the_store(tmp_path: Path) -> None:
    write(tmp_path, {"references.bib": STORE, "new/a.ris": RIS})
    done = run(tmp_path, "import", "new/a.ris", "--write")
    added = run(tmp_path, "refs", "add", "new/a.ris")
    assert (done.code, "`brown2002` is new" in done.talk, "is there already" in added.talk) == (0, True, True)


def test_where_there_are_several_stores_one_is_named(tmp_path: Path) -> None:
    settings = 'bibliography = ["references.bib", "more.bib"]\n'
    write(tmp_path, {**PROJECT, "ketreview.toml": settings, "references.bib": STORE, "more.bib": "", "new/a.ris": RIS})
    assert "say which store file with --to" in run(tmp_path, "import", "new/a.ris").talk
    assert run(tmp_path, "import", "new/a.ris", "--to", "more.bib", "--write").code == 0
    assert "brown2002" in (tmp_path / "more.bib").read_text("utf-8")
    assert run(tmp_path, "import", "lit/tea", "--to", "more.bib", "--write").code == 0
    assert "cole2015" in (tmp_path / "more.bib").read_text("utf-8")
    assert (tmp_path / "references.bib").read_text("utf-8") == STORE


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["lit/tea", "--to", "none.bib"], "none.bib is no store file of the project"),
        (["lit/none"], "there is no such folder or file"),
        (["lit/tea", "a.ris"], "give them by themselves"),
        (["lit/tea", "lit/tea/green", "--id", "a"], "--id is for one folder"),
        (["lit/tea", "--id", "../a"], "is no id"),
        (["lit/tea", "--id", ""], ""),
        (["lit/tea", "--write", "--dry-run"], "leave one out"),
        (["empty"], "there is no text in it"),
        (["empty/a.pdf"], "can be imported"),
    ],
)
def test_refusals(tmp_path: Path, arguments: list[str], why: str) -> None:
    write(tmp_path, {**PROJECT, "a.ris": RIS, "empty/a.pdf": b"%PDF"})
    before = snapshot(tmp_path)
    done = run(tmp_path, "import", *arguments)
    assert (done.code, why in done.talk) == (2 if why else 0, True)
    assert snapshot(tmp_path) == before


def test_reviews_of_another_folder(tmp_path: Path) -> None:
    write(tmp_path, {**PROJECT, "ketreview.toml": 'reviews = ["evidence/*.yaml"]\nbibliography = ["lib/all.bib"]\n'})
    done = run(tmp_path, "import", "lit/tea", "--write")
    assert done.code == 0
    assert (tmp_path / "evidence/tea.yaml").exists()
    assert "@article{cole2015," in (tmp_path / "lib/all.bib").read_text("utf-8")


def test_a_link_out_of_the_project_is_not_written_through(tmp_path: Path) -> None:
    write(tmp_path, {"here/lit/README.md": TOPIC, "here/ketreview.toml": 'reviews = ["away/new/*.yaml"]', "far/a": ""})
    (tmp_path / "here/away").symlink_to(tmp_path / "far")
    done = run(tmp_path / "here", "import", "lit", "--write")
    assert (done.code, "leads out of the project" in done.talk) == (2, True)
    assert [path.name for path in (tmp_path / "far").iterdir()] == ["a"]
