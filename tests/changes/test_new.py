"""New reviews, studies and claims: every other byte stays, and the result can be read."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.changes.change import ChangeError
from ketreview.changes.new import add_record, new_review, review_text
from ketreview.parsing.reviews import parse_review
from tests.projects import AS_OF, check, run, snapshot, write

HEAD = "schema_version: 1\nid: a  # the id\ntitle: 'A' # quoted\nstatus:   active\n"
STUDY = "- id: s\n  design: cohort # why\n  state: read\n"
REVIEWS = {
    "no list": HEAD,
    "no line end": HEAD.rstrip("\n"),
    "a list at the end": HEAD + "studies:\n" + STUDY,
    "a list without a line end": HEAD + "studies:\n" + STUDY.rstrip("\n"),
    "a list in the middle": HEAD + "studies:\n" + STUDY + "\n# about the claims\nclaims:\n- id: c\n  kind: gap\n  statement: s\n\n# the end\n",
    "an indented list": HEAD + "studies:\n    - id: s\n      design: cohort\n      state: read\nclaims:\n  -  id: c\n     kind: gap\n     statement: s\n",
    "items in flow": HEAD + "studies:\n- {id: s, design: cohort, state: read}\nclaims:\n- {id: c, kind: gap, statement: s}  # trailing\n",
    "a comment at the end": HEAD + "claims:\n- id: c\n  kind: gap\n  statement: s\n  # a comment of the claim\n# the end",
    "a block scalar at the end": HEAD + "claims:\n- id: c\n  kind: gap\n  statement: |\n    lines\n\n    more\n",
    "a document end": HEAD + "...\n",
    "a trailing comment": HEAD + "studies:\n- id: s\n  design: cohort\n  state: read  # trailing\n",
    "emoji": HEAD + "summary: '😀\u2029ä'\nstudies:\n" + STUDY,
}  # fmt: skip
IN_BRACKETS = {
    "a list in flow": HEAD + "studies: [{id: s, design: cohort, state: read}]\nclaims: [{id: c, kind: gap, statement: s}]\n",
    "an empty list": HEAD + "studies: [] # none\nclaims: []\n",
    "a list in flow on lines of its own": HEAD + "studies: [\n  {id: s, design: cohort, state: read}, # s\n]\nclaims: [\n  {id: c, kind: gap, statement: s}]\n",
    "JSON": '{"schema_version": 1, "id": "a", "title": "A", "status": "active"}\n',
}  # fmt: skip
ENDS = {"LF": "\n", "CRLF": "\r\n"}


def ids(data: bytes) -> tuple[list[str], list[str]]:
    file = parse_review("reviews/a.yaml", data)
    assert file.diagnostics == ()
    assert file.review is not None
    return [study.id for study in file.review.studies], [claim.id for claim in file.review.claims]


def without(after: bytes, before: bytes) -> bytes:
    """What was put in, the bytes around it being those of `before`."""
    start = next(
        (index for index, (one, two) in enumerate(zip(after, before, strict=False)) if one != two), len(before)
    )
    end = len(before) - start
    assert after.endswith(before[start:]), "other bytes were changed"
    return after[start : len(after) - end]


def assert_whole_lines(before: bytes, after: bytes) -> None:
    """Each line that was there is there still: no comment has come to stand behind something else."""
    old, new = ([line for line in data.splitlines() if line.strip()] for data in (before, after))
    start = next((index for index, (one, two) in enumerate(zip(new, old, strict=False)) if one != two), len(old))
    assert new[start + len(new) - len(old) :] == old[start:]


@pytest.mark.parametrize("kind", ["study", "claim"])
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte-order mark"])
@pytest.mark.parametrize("text", REVIEWS.values(), ids=REVIEWS)
def test_every_other_byte_stays(tmp_path: Path, text: str, mark: bytes, end: str, kind: str) -> None:
    before = mark + text.replace("\n", end).encode()
    write(tmp_path, {"reviews/a.yaml": before})
    studies, claims = ids(before)
    row = add_record(tmp_path, "reviews/a.yaml", "study" if kind == "study" else "claim", "new-1")
    after = (tmp_path / "reviews/a.yaml").read_bytes()
    added = without(after, before)
    assert b"new-1" in added
    assert_whole_lines(before, after)
    assert ids(after) == ((studies, [*claims, "new-1"]) if kind == "claim" else ([*studies, "new-1"], claims))
    assert b"id: new-1" in after.split(b"\n")[row - 1]
    assert (b"\n" in after.replace(b"\r\n", b"")) == (end == "\n")


@pytest.mark.parametrize("kind", ["study", "claim"])
@pytest.mark.parametrize("text", IN_BRACKETS.values(), ids=IN_BRACKETS)
def test_brackets_are_added_to(tmp_path: Path, text: str, kind: str) -> None:
    write(tmp_path, {"reviews/a.yaml": text})
    row = add_record(tmp_path, "reviews/a.yaml", "study" if kind == "study" else "claim", "new")
    after = (tmp_path / "reviews/a.yaml").read_bytes()
    assert b"id: new" in after.split(b"\n")[row - 1]
    assert re.sub(rb"(,\s+\w+: \[)?(, )?\{id: new[^}]+\}(?(1)\])", b"", after) == text.encode()


def test_many_additions_one_after_another(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/a.yaml": HEAD})
    for number in range(5):
        add_record(tmp_path, "reviews/a.yaml", "study", f"s{number}")
        add_record(tmp_path, "reviews/a.yaml", "claim", f"c{number}")
    expected = tuple([f"{kind}{number}" for number in range(5)] for kind in "sc")
    assert ids((tmp_path / "reviews/a.yaml").read_bytes()) == expected


REFUSED = {
    "an anchor": (HEAD + "odd: &s\n- {id: s, design: cohort, state: read}\nstudies: *s\n", "new", "by hand"),
    "a kept block scalar": (HEAD + "studies:\n" + STUDY + "  summary: |+\n    lines\n\n", "new", "by hand"),
    "no value": (HEAD + "studies:\n", "new", "by hand"),
    "a text": (HEAD + "studies: none\n", "new", "by hand"),
    "an id that is taken": (HEAD + "studies:\n" + STUDY, "s", "names another study"),
    "an id that is none": (HEAD, "a b", "letters, digits"),
    "an id that breaks out": (HEAD, "x\n  design: cohort\n  state: read\n- id: y", "letters, digits"),
    "a broken file": (HEAD + "studies: [\n", "new", "cannot be read"),
    "an empty file": ("", "new", "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "name", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_changes_nothing(tmp_path: Path, text: str, name: str, message: str) -> None:
    write(tmp_path, {"reviews/a.yaml": text})
    before = snapshot(tmp_path)
    with pytest.raises(ChangeError, match=message):
        add_record(tmp_path, "reviews/a.yaml", "study", name)
    assert snapshot(tmp_path) == before


def test_faults_that_were_there_do_not_stand_in_the_way(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/a.yaml": HEAD + "foo: 1\nstudies:\n" + STUDY})
    add_record(tmp_path, "reviews/a.yaml", "study", "new")
    assert len(parse_review("a", (tmp_path / "reviews/a.yaml").read_bytes()).diagnostics) == 1


@settings(max_examples=50)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_title_is_written_so_that_it_is_read_back(title: str) -> None:
    file = parse_review("reviews/a.yaml", review_text("a", title).encode())
    if file.diagnostics:
        assert not title.strip()
    else:
        assert file.review is not None
        assert file.review.title == title


def test_commands(tmp_path: Path) -> None:
    run(tmp_path, "init")
    assert run(tmp_path, "new", "review", "rett", "--title", 'A: "x" # y').code == 0
    assert run(tmp_path, "new", "study", "rett", "picard-2019").code == 0
    done = run(tmp_path, "new", "claim", "rett", "c1")
    assert (done.code, done.raw) == (0, b"")
    assert "reviews/rett.yaml:" in done.talk
    answer = check(tmp_path)
    assert answer.code == 0
    assert {finding["code"] for finding in answer.findings} <= {"KR205"}
    (row,) = [
        review
        for review in run(tmp_path, "status", *AS_OF, "--format", "json").json["reviews"]
        if review["id"] == "rett"
    ]
    assert (row["title"], row["studies"], row["claims"]) == ('A: "x" # y', 1, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("review", "example"),
        ("review", "../up"),
        ("review", "a/b"),
        ("review", "a b"),
        ("review", ""),
        ("review", "x", "--title", " "),
        ("review", "x\nsummary: y"),
        ("study", "nope", "s"),
        ("study", "exmaple", "s"),
        ("study", "example", "anand-2023"),
        ("claim", "example", "a b"),
        ("claim", "example"),
        (),
    ],
    ids=" ".join,
)
def test_commands_that_refuse(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    root = tmp_path / "root"
    root.mkdir()
    run(root, "init")
    before = snapshot(tmp_path)
    done = run(root, "new", *arguments)
    assert done.code == 2
    assert snapshot(tmp_path) == before
    if "exmaple" in arguments:
        assert "did you mean `example`?" in done.talk


def test_a_link_within_the_project_stays_one(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/a.yaml": HEAD})
    (tmp_path / "reviews/b.yaml").symlink_to("a.yaml")
    add_record(tmp_path, "reviews/b.yaml", "study", "new")
    assert (tmp_path / "reviews/b.yaml").is_symlink()
    assert b"new" in (tmp_path / "reviews/a.yaml").read_bytes()


def test_a_review_is_not_written_through_a_link(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "reviews").symlink_to(outside)
    with pytest.raises(ChangeError):
        new_review(root, "reviews/a.yaml", "a", "A")
    assert list(outside.iterdir()) == []
