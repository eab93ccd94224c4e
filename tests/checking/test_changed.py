"""`--since`: which findings are about what changed since a revision."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview import pipeline
from ketreview.checking.changed import Changes
from ketreview.checking.records import Named, Place
from ketreview.config import Settings
from ketreview.config.settings import Build
from ketreview.files import Files, Unreadable
from ketreview.files.revision import RevisionFiles
from ketreview.history import Blob, RevisionError
from ketreview.source import Source, whole_file
from tests.checking.projects import AS_OF, FEW, NOWHERE
from tests.projects import HEAD, write
from tests.repositories import commit, git, repository

SETTINGS = Settings(
    bibliography=("*.bib", "refs/*.bib"), chapters=("text/*",), staging=("new/*",), literature=("read/**",)
)
Texts = Mapping[str, str]
Found = list[tuple[str, str]]


def entry(key: str, more: str = "pages = {359--49}") -> str:
    return f"@article{{{key},\n  title = {{On {key}}},\n  {more}\n}}\n"


def study(name: str, *cited: str) -> str:
    return f"- {{id: {name}, cites: [{', '.join(cited)}], design: cohort, state: read}}\n"


def named(name: str) -> str:
    return f"- {{id: {name}, reference: Picard 2019{name}, design: cohort, state: read}}\n"


def review(*studies: str, name: str = "a", more: str = "") -> str:
    return HEAD.format(id=name) + (f"studies:\n{''.join(studies)}" if studies else "") + more


def since(root: Path, revision: str = "HEAD", *, buffers: Mapping[str, bytes] | None = None) -> Found:
    """The code and subject of each finding about what changed; of one without subject, what stands there."""
    files = Files(root, SETTINGS.exclude, buffers or {})
    project = pipeline.read(files, SETTINGS, AS_OF)
    found = pipeline.check(project, FEW, files)
    changes = Changes(files.at(revision), files, project.corpus, project.suppressions, project.files)
    return [
        (finding.code.id, finding.subject.key or finding.subject.id or finding.span.text)
        for finding in found
        if changes.concerns(finding)
    ]


def told(tmp_path: Path, before: Texts, after: Texts) -> Found:
    """What is found on what changed; `after` are all texts of the project then."""
    root = repository(tmp_path, before)
    for path in before.keys() - after.keys():
        (root / path).unlink()
    write(root, after)
    return since(root)


A, B = entry("a"), entry("b")
CITED = "= T\n\nSo @a and @b.\n\nNot @lost.\n\nNor @lost @a.\n"
CASES: dict[str, tuple[Texts, Texts, Found]] = {
    "nothing": ({"x.bib": A}, {"x.bib": A}, []),
    "an entry added": ({"x.bib": A}, {"x.bib": B + A}, [("KR317", "b")]),
    "a file added": ({"x.bib": A}, {"x.bib": A, "y.bib": B}, [("KR317", "b")]),
    "an entry changed": ({"x.bib": A + B}, {"x.bib": A + B.replace("On b", "On c")}, [("KR317", "b")]),
    "white space alone": ({"x.bib": A}, {"x.bib": "\n\n" + A.replace("\n  ", "\r\n\t\t")}, []),
    "entries reordered": ({"x.bib": A + B}, {"x.bib": B + "\n% x\n" + A}, []),
    "an entry moved": ({"x.bib": A + B, "y.bib": ""}, {"x.bib": A, "y.bib": B}, []),
    "a store renamed": ({"x.bib": A + B}, {"refs/y.bib": A + B}, []),
    "a store renamed and changed": ({"x.bib": A + B}, {"refs/y.bib": A + entry("b", "pages = {9--4}")}, [("KR317", "b")]),
    "a store split": ({"x.bib": A + B}, {"refs/a.bib": A, "refs/b.bib": B}, []),
    "an entry doubled": ({"x.bib": A}, {"x.bib": A + A}, [("KR317", "a"), ("KR101", "a"), ("KR317", "a")]),
    "a string changed": (
        {"x.bib": "@string{p = {1--2}}\n@misc{a, pages = p}\n@misc{b}"},
        {"x.bib": "@string{p = {5--2}}\n@misc{a, pages = p}\n@misc{b}"},
        [("KR317", "a")],
    ),
    "a suppression removed": (
        {"x.bib": "% ketreview: ignore[KR317] printed so\n" + A + B, "text/t.md": "@a @b"},
        {"x.bib": A + B, "text/t.md": "@a @b"},
        [("KR317", "a")],
    ),
    "a suppression that is not needed": (
        {"x.bib": A + B, "text/t.md": "@a @b"},
        {"x.bib": A + "% ketreview: ignore[KR101, KR317] printed so\n" + B, "text/t.md": "@a @b"},
        [("KR901", "KR101")],
    ),
    "a removed key that breaks a review": (
        {"x.bib": A + entry("b", "year = 2020"), "reviews/a.yaml": review(study("s", "a"), study("t", "b"))},
        {"x.bib": A, "reviews/a.yaml": review(study("s", "a"), study("t", "b"))},
        [("KR201", "b")],
    ),
    "a removed key that breaks a chapter": (
        {"x.bib": A + B, "text/t.typ": CITED}, {"x.bib": A, "text/t.typ": CITED}, [("KR202", "b")],
    ),
    "a removed store that breaks a chapter": (
        {"x.bib": A, "y.bib": B, "text/t.typ": CITED}, {"x.bib": A, "text/t.typ": CITED}, [("KR202", "b")],
    ),
    "a paragraph changed": (
        {"x.bib": A + B, "text/t.typ": CITED}, {"x.bib": A + B, "text/t.typ": CITED.replace("Nor", "Never")}, [("KR202", "lost")],
    ),
    "paragraphs moved and refilled": (
        {"x.bib": A + B, "text/t.typ": CITED},
        {"x.bib": A + B, "text/t.typ": "= T\n\nNew.\n\n\nNor\n@lost @a.\n\nSo @a and @b.\n", "text/u.typ": "= U\n\nNot @lost.\n"},
        [],
    ),
    "a chapter renamed": ({"x.bib": A + B, "text/t.typ": CITED}, {"x.bib": A + B, "text/u.typ": CITED}, []),
    "a chapter added": ({"x.bib": A + B}, {"x.bib": A + B, "text/u.md": "@lost\n"}, [("KR202", "lost")]),
    "a suppression of a paragraph removed": (
        {"x.bib": "", "text/t.md": "<!-- ketreview: ignore[KR202] asked -->\n\n@lost\n\nx @lost\n"},
        {"x.bib": "", "text/t.md": "@lost\n\nx @lost\n"},
        [("KR202", "lost")],
    ),
    "a study added": (
        {"reviews/a.yaml": review(named("s"))}, {"reviews/a.yaml": review(named("t"), named("s"))}, [("KR205", "Picard 2019t")],
    ),
    "a study changed in another field": (
        {"reviews/a.yaml": review(named("s"), named("t"))},
        {"reviews/a.yaml": review(named("s"), named("t").replace("cohort", "case_series"))},
        [("KR205", "Picard 2019t")],
    ),
    "a review renamed, and its studies reordered": (
        {"reviews/a.yaml": review(named("s"), named("t"))},
        {"reviews/b.yaml": "# so\n" + review(named("t").replace(", ", ",   "), named("s"))},
        [],
    ),
    "a review of another id": (
        {"reviews/a.yaml": review(named("s"))}, {"reviews/a.yaml": review(named("s"), name="b")}, [("KR205", "Picard 2019s")],
    ),
    "a removed study that breaks a claim": (
        {"reviews/a.yaml": review(named("s"), named("t"), more="claims:\n- {id: c, kind: gap, statement: S, supports: [{study: t}]}\n")},
        {"reviews/a.yaml": review(named("s"), more="claims:\n- {id: c, kind: gap, statement: S, supports: [{study: t}]}\n")},
        [("KR206", "c")],
    ),
    "what a source prints, one of two": (
        {"reviews/a.yaml": review(more="sources:\n- id: s\n  title: T\n  date: 2025\n  references:\n  - {label: '1', cites: x, printed: {pages: 9-4}}\n")},
        {"reviews/a.yaml": review(more="sources:\n- id: s\n  title: T\n  date: 2025\n  references:\n  - {label: '1', cites: x, printed: {pages: 9-4}}\n  - {label: '2', cites: x, printed: {pages: 8-4}}\n")},
        [("KR201", "x"), ("KR317", "s")],
    ),
    "a record without an id": (
        {"reviews/a.yaml": review(more="next_steps:\n- {text: One, due: 2026-01}\n- {text: Two, due: 2026-02}\n")},
        {"reviews/a.yaml": review(more="next_steps:\n- {text: Two, due: 2026-02}\n- {text: One, due: 2026-03}\n")},
        [("KR611", "2026-03")],
    ),
    "a step of a trial that stopped": (
        {"reviews/a.yaml": review(more="trials:\n- {id: t, title: T, status: RECRUITING, registrations: [NCT04436250], retrieved: 2026-11-20}\nnext_steps:\n- {text: One, waits_for: [t]}\n")},
        {"reviews/a.yaml": review(more="trials:\n- {id: t, title: T, status: TERMINATED, registrations: [NCT04436250], retrieved: 2026-11-20}\nnext_steps:\n- {text: One, waits_for: [t]}\n")},
        [("KR605", "t")],
    ),
    "what is found while reading": (
        {"x.bib": A + "@misc{b,\n"}, {"x.bib": A + "@misc{b,\n"}, [("KR010", "@misc{")],
    ),
    "a review that was broken": (
        {"reviews/a.yaml": "x: ["}, {"reviews/a.yaml": review(named("s"))}, [("KR205", "Picard 2019s")],
    ),
    "what was staged": (
        {"x.bib": A, "new/n.bib": B, "text/t.md": "@b @a"}, {"x.bib": A, "new/m.bib": B, "text/t.md": "@b @a"}, [],
    ),
    "a staged entry changed": (
        {"x.bib": A, "new/n.bib": B, "text/t.md": "@b @a"}, {"x.bib": A, "new/n.bib": B.replace("On", "Of"), "text/t.md": "@b @a"}, [("KR207", "b")],
    ),
    "a file of a reading folder": (
        {"x.bib": "", "read/one/README.md": "# Nie 2023\n\n**DOI:** 10.1/a\n", "read/one/x.pdf": "%PDF"},
        {"x.bib": "", "read/two/README.md": "# Nie 2023\n\n**DOI:** 10.1/a\n", "read/two/x.pdf": "%PDF 2"},
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES)
def test_cases(tmp_path: Path, before: Texts, after: Texts, expected: Found) -> None:
    assert told(tmp_path, before, after) == expected


def test_a_buffer_is_the_present(tmp_path: Path) -> None:
    root = repository(tmp_path, {"x.bib": A})
    assert since(root, buffers={"x.bib": (A + B).encode()}) == [("KR317", "b")]


def test_any_revision_can_be_named(tmp_path: Path) -> None:
    root = repository(tmp_path, {"x.bib": A})
    git(root, "tag", "v1")
    commit(root, {"x.bib": A + B})
    assert since(root, "v1") == since(root, "HEAD~1") == since(root, "main^") == [("KR317", "b")]
    assert since(root) == []


def test_a_project_that_was_not_there_is_all_new(tmp_path: Path) -> None:
    repository(tmp_path, {"other.txt": ""})
    write(tmp_path, {"project/x.bib": A})
    assert since(tmp_path / "project") == [("KR317", "a")]


def test_a_file_as_a_whole(tmp_path: Path) -> None:
    """An orphan is a finding of the file: told if the file is new or another one."""
    builds = Settings(chapters=("text/*.typ",), builds=(Build("book", ("main.typ",)),), bibliography=())
    texts = {"main.typ": "= T\n", "text/a.typ": "= A\n", "text/b.typ": "= B\n", "text/c.typ": "= C\n"}
    root = repository(tmp_path, texts)
    (root / "text/c.typ").rename(root / "text/renamed.typ")
    write(root, {"text/b.typ": "= B\n\nMore.\n", "text/d.typ": "= D\n"})
    files = Files(root, builds.exclude)
    project = pipeline.read(files, builds, AS_OF)
    found = pipeline.check(project, FEW, files)
    changes = Changes(files.at("HEAD"), files, project.corpus, project.suppressions, project.files)
    assert [finding.span.path for finding in found] == [f"text/{name}.typ" for name in ("a", "b", "d", "renamed")]
    assert [finding.span.path for finding in found if changes.concerns(finding)] == ["text/b.typ", "text/d.typ"]
    other = replace(found[0], span=whole_file("text"))
    assert not changes.concerns(other), "a folder that was there"
    assert changes.concerns(replace(found[0], span=whole_file("other"))), "and one that was not"


def test_a_notebook_goes_by_lines(tmp_path: Path) -> None:
    cells = '{{"cells": [{{"cell_type": "markdown", "metadata": {{}}, "source": [\n"See [@lost]",\n"or {} [@lost2]"\n]}}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}\n'
    before = {"x.bib": "", "text/n.ipynb": cells.format("so")}
    assert told(tmp_path, before, {**before, "text/n.ipynb": cells.format("thus")}) == [("KR202", "lost2")]


def test_a_store_by_another_name_and_a_file_that_is_not_read(tmp_path: Path) -> None:
    """What is staged may have any name; what a setting does not name is no part of the project."""
    before = {"x.bib": A, "new/more.txt": B, "other/z.bib": B, "text/t.md": "@b @a"}
    after = {**before, "new/more.txt": B.replace("On", "Of"), "other/z.bib": ""}
    assert told(tmp_path, before, after) == [("KR207", "b")]


def test_what_git_cannot_give_is_said(tmp_path: Path) -> None:
    root = repository(tmp_path, {"x.bib": A})
    write(root, {"x.bib": B})
    name = git(root, "rev-parse", "HEAD:x.bib")
    (root / ".git/objects" / name[:2] / name[2:]).unlink()
    with pytest.raises(RevisionError, match="cannot be read as it was"):
        since(root)


def test_only_what_differs_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path, {"x.bib": A, "y.bib": B, "text/t.md": "@a @b"})
    write(root, {"y.bib": B + "\n"})
    asked: list[str] = []
    read = RevisionFiles.read

    def noting(files: RevisionFiles, path: str) -> bytes | Unreadable:
        asked.append(path)
        return read(files, path)

    monkeypatch.setattr(RevisionFiles, "read", noting)
    assert since(root) == []
    assert asked == ["y.bib"]


def test_a_place_without_records() -> None:
    place = Place(Source("a.typ", "\n\none\n two\r\rthree"), ())
    assert [place.at(offset).text for offset in (0, 1, 2, 6, 12, 17)] == [
        "",
        "",
        "one two",
        "one two",
        "three",
        "three",
    ]
    assert Place(Source("a.typ", ""), ()).at(0).text == ""
    assert Place(Source("a.toml", "a\nb"), ()).at(2).text == "b"


def remembered(texts: Texts) -> RevisionFiles:
    """A revision that has these files, without a repository."""
    probe = RevisionFiles(NOWHERE, commit="0" * 40)
    contents = {probe.id_of(text.encode()): text.encode() for text in texts.values()}
    tree = {path: Blob(probe.id_of(text.encode()), len(text.encode()), link=False) for path, text in texts.items()}
    return RevisionFiles(NOWHERE, commit="0" * 40, tree=tree, _contents=contents)


keys = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1)


@given(data=st.data(), owned=keys, cited=st.lists(st.sampled_from("abcxyz"), max_size=6))
def test_only_what_changed_is_told_however_the_rest_moves(
    data: st.DataObject, owned: list[str], cited: list[str]
) -> None:
    changed = set(data.draw(st.lists(st.sampled_from(owned), unique=True)))
    added = data.draw(st.lists(st.sampled_from("vw"), unique=True))
    order = data.draw(st.permutations([*owned, *added]))
    half = data.draw(st.integers(0, len(order)))
    now = [entry(key).replace("On", "Of") if key in changed else entry(key) for key in order]
    paragraphs = [f"So @{key}." for key in cited]
    moved = data.draw(st.permutations(paragraphs))
    before = {"x.bib": "".join(map(entry, owned)), "text/t.typ": "\n\n".join(paragraphs) + "\n"}
    after = {
        "refs/one.bib": "\n% so\n".join(now[:half]), "x.bib": "".join(now[half:]),
        "text/one.typ": "\n\n\n".join(moved[:2]) + "\n", "text/two.typ": "\n\n".join(moved[2:]) + "\n",
    }  # fmt: skip
    files = Files(NOWHERE, buffers={path: text.encode() for path, text in after.items()})
    project = pipeline.read(files, SETTINGS, AS_OF)
    changes = Changes(remembered(before), files, project.corpus, project.suppressions, project.files)
    found = pipeline.check(project, FEW, files)
    expected = [finding for finding in found if finding.subject.key in changed | set(added)]
    assert [finding for finding in found if changes.concerns(finding)] == expected


def test_a_place_with_records_in_records() -> None:
    names = [
        Named((name,), name, start, end)
        for name, start, end in (("a", 0, 90), ("b", 10, 20), ("c", 12, 15), ("d", 40, 50))
    ]
    place = Place(Source("a.yaml", "x" * 100), (), names)
    assert [place.at(offset).text for offset in (0, 10, 13, 17, 30, 40, 60)] == ["a", "b", "c", "b", "a", "d", "a"]
    assert place.at(95).name == ()
