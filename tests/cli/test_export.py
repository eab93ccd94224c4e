"""`ketreview export`: drafts that are written again around an author's own text, and looked at without writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import AS_OF, GOOD, HEAD, STORE, Run, check, run, snapshot, write

CLAIM = "claims:\n- {{id: c, kind: efficacy, statement: {}, supports: [{{cites: good2020}}]}}\n"
BEFORE = HEAD.format(id="good") + CLAIM.format("It works in 2 of 3")
AFTER = HEAD.format(id="good") + CLAIM.format("It works in 3 of 4") + "next_steps: [{text: Search}]\n"
SUFFIXES = {"typst": "typ", "latex": "tex", "markdown": "md"}
OWN = "Words of the author.\n"


def export(root: Path, *arguments: str, to: str = "typst") -> Run:
    return run(root, "export", "good", *AS_OF, "--to", to, *arguments)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"reviews/good.yaml": BEFORE, "references.bib": STORE})


@pytest.mark.parametrize("to", SUFFIXES)
def test_a_draft_lives_on(to: str, project: Path) -> None:
    path = project / f"draft.{SUFFIXES[to]}"
    assert export(project, "-o", path.name, to=to).code == 0
    assert export(project, to=to).out == path.read_text("utf-8")
    own = path.read_text("utf-8").replace("ketreview:end", f"ketreview:end{' -->' * (to == 'markdown')}\n\n{OWN}", 1)
    own = own.replace(f"{OWN} -->", OWN)
    path.write_text(own, "utf-8")
    assert export(project, "-o", path.name, "--check", to=to).code == 0
    assert export(project, "-o", path.name, to=to).talk == f"{path.name} is up to date\n"
    assert path.read_text("utf-8") == own
    write(project, {"reviews/good.yaml": AFTER})
    done = export(project, "-o", path.name, "--check", to=to)
    assert done.code == 1
    told = done.out.splitlines()
    assert [line.partition(": ")[2] for line in told] == [
        "part `good/efficacy` is not what the review says now",
        *(["part `good/state` is not what the review says now"] if "good/state` is not" in done.out else []),
        "the draft lacks the part `good/next-steps`",
    ]
    at = int(told[0].split(":")[1])
    assert "ketreview:begin good/efficacy" in path.read_text("utf-8").splitlines()[at - 1]
    assert path.read_text("utf-8") == own
    assert export(project, "-o", path.name, to=to).talk == f"wrote {path.name}\n"
    text = path.read_text("utf-8")
    assert text.count(OWN) == 1
    assert "3 of 4" in text
    assert "2 of 3" not in text
    assert "good/next-steps" in text
    assert export(project, "-o", path.name, "--check", to=to).code == 0


def test_an_edited_part_is_refused_and_nothing_is_written(project: Path) -> None:
    write(project, {"reviews/other.yaml": HEAD.format(id="other")})
    both = ("export", "other", "good", *AS_OF, "--to", "typst", "-o", "drafts")
    assert run(project, *both).code == 0
    for name, old in (("good", "2 of 3"), ("other", "No search")):
        path = project / f"drafts/{name}.typ"
        path.write_text(path.read_text("utf-8").replace(old, "nothing"), "utf-8")
    write(project, {"drafts/other.typ": "", "reviews/good.yaml": AFTER})
    before = snapshot(project)
    done = run(project, *both)
    assert done.code == 2
    assert "drafts/good.typ:26: part `good/efficacy` was edited by hand" in done.talk
    assert "--force" in done.talk
    assert snapshot(project) == before
    assert run(project, *both, "--check").code == 1
    assert run(project, *both, "--force").code == 0
    assert "nothing" not in (project / "drafts/good.typ").read_text("utf-8")


def test_what_is_no_draft_is_refused(project: Path) -> None:
    write(project, {"mine.typ": OWN, "empty.typ": " \n", "broken.typ": "// ketreview:begin good/state\n"})
    assert "has no part of `good`" in export(project, "-o", "mine.typ").talk
    assert export(project, "-o", "mine.typ").code == 2
    assert export(project, "-o", "mine.typ", "--force").code == 0
    assert OWN not in (project / "mine.typ").read_text("utf-8")
    assert export(project, "-o", "empty.typ").code == 0
    done = export(project, "-o", "broken.typ", "--force")
    assert done.code == 2
    assert "broken.typ:1: a part begins here and is not closed" in done.talk


def test_check_needs_drafts_to_look_at(project: Path) -> None:
    assert "--check needs -o" in export(project, "--check").talk
    assert export(project, "--check").code == 2
    write(project, {"mine.typ": OWN})
    done = export(project, "--check", "-o", "mine.typ")
    assert (done.code, done.out) == (1, "mine.typ: holds no part of `good`\n")
    done = export(project, "--check", "-o", "drafts")
    assert (done.code, done.out) == (1, "drafts/good.typ: there is no such draft\n")
    assert not (project / "drafts").exists()


def test_bytes_that_are_no_text_line_ends_and_a_byte_order_mark_stay(project: Path) -> None:
    assert export(project, "-o", "a.typ").code == 0
    data = (project / "a.typ").read_bytes().replace(b"\n", b"\r\n")
    write(project, {"a.typ": b"\xef\xbb\xbf" + data + b"caf\xe9\r\n", "reviews/good.yaml": AFTER})
    assert export(project, "-o", "a.typ").code == 0
    new = (project / "a.typ").read_bytes()
    assert new.startswith(b"\xef\xbb\xbf#set document")
    assert new.endswith(b"caf\xe9\r\n")
    assert new.count(b"\r\n") == new.count(b"\n")
    assert b"3 of 4" in new


def test_a_draft_among_the_chapters_is_checked_where_it_lies(project: Path) -> None:
    write(project, {"ketreview.toml": 'chapters = ["book/**"]\n'})
    for to in ("typst", "latex"):
        assert export(project, "-o", f"book/deep/good.{SUFFIXES[to]}", to=to).code == 0
    assert b'"../../references.bib"' in (project / "book/deep/good.typ").read_bytes()
    assert check(project, "--select", "KR708").findings == []
    assert run(project, "check", "--as-of", "2031-01-01", "--select", "KR708").code == 0
    write(project, {"reviews/good.yaml": AFTER})
    found = check(project, "--select", "KR708").findings
    assert [(finding["path"], finding["subject"]["review"]) for finding in found] == [
        (path, "good") for path in ("book/deep/good.tex",) * 2 + ("book/deep/good.typ",) * 2
    ]
    place = found[-1]
    row = (project / place["path"]).read_text("utf-8").splitlines()[place["line"] - 1]
    assert row[place["column"] - 1 : place["end_column"] - 1] == "good/efficacy"
    for to in ("typst", "latex"):
        assert export(project, "-o", f"book/deep/good.{SUFFIXES[to]}", to=to).code == 0
    assert check(project, "--select", "KR708").findings == []


def test_a_bibliography_is_left_to_the_book(project: Path) -> None:
    write(project, {"ketreview.toml": 'chapters = ["*.typ"]\n'})
    assert export(project, "-o", "a.typ").code == 0
    text = (project / "a.typ").read_text("utf-8")
    write(project, {"a.typ": text.replace('#bibliography("references.bib")\n', "")})
    assert check(project, "--select", "KR708").findings == []
    write(project, {"reviews/good.yaml": AFTER})
    assert export(project, "-o", "a.typ").code == 0
    assert "#bibliography" not in (project / "a.typ").read_text("utf-8")


def test_a_project_without_a_draft_loads_no_chapter(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "ketreview.toml": 'chapters = ["*.typ"]\n', "a.typ": OWN})
    done = run(tmp_path, "check", *AS_OF, PYTHONVERBOSE="1")
    assert done.code == 0
    assert "ketreview.changes.stale_drafts" in done.talk
    assert "ketreview.reports.chapter" not in done.talk
