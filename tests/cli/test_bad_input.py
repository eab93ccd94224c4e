"""What bad input gets: a located message, the right exit code, every other file still checked, nothing written."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from ketreview.cli.output import OutputFormat
from tests.parsing.model import Place, places, review_with, wrong
from tests.projects import AS_OF, GOOD, HEAD, Run, check, run, snapshot, write

LOOSE = HEAD.format(id="other") + "studies:\n- {id: s, cites: [nobody1999], design: cohort, state: read}\n"
OTHER = {"reviews/other.yaml": LOOSE, "references.bib": "@misc{x, doi = {10.1000/182}}\n"}
"""A second review with a fault of its own, which must be found whatever else is wrong."""

Place3 = tuple[str, str, int, int]
LINE = 50_000_000


def judged(root: Path, *arguments: str, stdin: bytes = b"") -> tuple[Run, list[Place3]]:
    """Checks a project, and gives the places of what it finds; holds that nothing is written and the text output says the same."""
    before = snapshot(root)
    done = check(root, *arguments, stdin=stdin)
    text = run(root, "check", *AS_OF, "--concise", *arguments, stdin=stdin)
    assert snapshot(root) == before
    assert text.code == done.code
    found = [(finding["code"], finding["path"], finding["line"], finding["column"]) for finding in done.findings]
    for _, path, line, column in found:
        assert f"{path}:{line}:{column}: " in text.out
    return done, found


def bomb() -> str:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * 10) + "]" for level in range(1, 12)]
    return "\n".join(rows) + "\n"


BIB = "references.bib"
YAML = "reviews/bad.yaml"
HEAD_BAD = HEAD.format(id="bad")
CASES: dict[str, tuple[str, str | bytes, Place3]] = {
    "broken YAML": (YAML, HEAD_BAD + "studies: [1, 2\nclaims: []\n", ("KR001", YAML, 6, 7)),
    "an unclosed entry": (BIB, "@misc{x}\n  @misc{a, title = {A}\n@misc{b}\n", ("KR010", BIB, 2, 3)),
    "an unclosed value": (BIB, "@misc{x}\n@misc{a, title = {A\n@misc{b}\n", ("KR010", BIB, 2, 10)),
    "an empty file": (YAML, "", ("KR001", YAML, 1, 1)),
    "a file of comments": (YAML, "# later\n", ("KR001", YAML, 1, 1)),
    "Latin-1 in YAML": (YAML, HEAD_BAD.encode() + b"summary: caf\xe9\n", ("KR006", YAML, 5, 13)),
    "Latin-1 in BibTeX": (BIB, b"@misc{x}\n@misc{a, title = {caf\xe9}}\n", ("KR006", BIB, 2, 22)),
    "UTF-16": (YAML, HEAD_BAD.encode("utf-16"), ("KR006", YAML, 1, 1)),
    "an alias bomb": (YAML, bomb(), ("KR007", YAML, 4, 0)),
    "50,000 brackets": (YAML, HEAD_BAD + "summary: " + "[" * 50_000, ("KR007", YAML, 5, 0)),
    "50,000 brackets on lines": (YAML, "[\n" * 50_000, ("KR007", YAML, 101, 1)),
    "50,000 braces in BibTeX": (BIB, "@misc{x}\n@misc{a, title = " + "{" * 50_000, ("KR010", BIB, 2, 10)),
    "conflict markers in YAML": (YAML, HEAD_BAD + "<<<<<<< HEAD\n=======\n>>>>>>> x\n", ("KR011", YAML, 5, 1)),
    "conflict markers in BibTeX": (BIB, "@misc{x}\n<<<<<<< HEAD\n@misc{a}\n=======\n>>>>>>> x\n", ("KR011", BIB, 2, 1)),
    "NUL in YAML": (YAML, HEAD_BAD + "summary: a\0b\n", ("KR001", YAML, 5, 11)),
    "only NULs": (YAML, b"\0" * 1000, ("KR001", YAML, 1, 1)),
    "a lone CR": (YAML, HEAD_BAD.replace("\n", "\r") + "foo: 1\r", ("KR003", YAML, 5, 1)),
    "CRLF": (YAML, HEAD_BAD.replace("\n", "\r\n") + "foo: 1\r\n", ("KR003", YAML, 5, 1)),
    "a byte-order mark": (YAML, "\ufefffoo: 1\n" + HEAD_BAD, ("KR003", YAML, 1, 1)),
    "U+2028": (YAML, HEAD_BAD + 'summary: "a\u2028b"\nfoo: 1\n', ("KR003", YAML, 6, 1)),
    "emoji": (YAML, HEAD_BAD + "question: {😀: 1}\n", ("KR003", YAML, 5, 12)),
    "a tag": (YAML, HEAD_BAD + "summary: !!python/object/apply:os.system [id]\n", ("KR007", YAML, 5, 10)),
    "two documents": (YAML, HEAD_BAD + "---\na: 1\n", ("KR007", YAML, 5, 1)),
    "a list": (YAML, "- a\n", ("KR005", YAML, 1, 1)),
    "two reviews with one id": (YAML, HEAD.format(id="other") + "\n", ("KR008", "reviews/other.yaml", 2, 5)),
    "a YAML line of 50 MB": (YAML, HEAD_BAD + "summary: " + "x" * LINE, ("KR007", YAML, 1, 1)),
    "a 50 MB line without end": (BIB, "@misc{x}\n@misc{a, title = {" + "x" * LINE, ("KR010", BIB, 2, 10)),
}

HIDES_KEYS = {CASES[name][1] for name in ("50,000 braces in BibTeX", "a 50 MB line without end")}
"""A store that could not be read to its end may have any key: a citation of none is not called unresolved."""


@pytest.mark.parametrize(("path", "content", "place"), CASES.values(), ids=CASES)
def test_bad_files(tmp_path: Path, path: str, content: str | bytes, place: Place3) -> None:
    write(tmp_path, {**OTHER, path: content})
    done, found = judged(tmp_path)
    assert done.code == 1
    code, where, line, column = place
    assert any(item[:3] == (code, where, line) and column in {0, item[3]} for item in found), found
    if code != "KR008" and content not in HIDES_KEYS:
        assert ("KR201", "reviews/other.yaml", 6, 19) in found


def test_a_50_mb_line_of_bibtex_that_is_right(tmp_path: Path) -> None:
    write(tmp_path, {**OTHER, BIB: "@misc{x, title = {" + "x" * LINE + "}} @misc{y}"})
    done = check(tmp_path)
    assert done.json["summary"]["entries"] == 2
    assert [finding["code"] for finding in done.findings] == ["KR204", "KR310", "KR204", "KR310", "KR201"]


def test_nul_bytes_in_bibtex_are_data(tmp_path: Path) -> None:
    write(tmp_path, {**OTHER, BIB: b"@misc{x}\n@misc{a, title = {a\0b}}\n"})
    done, _ = judged(tmp_path)
    assert done.json["summary"]["entries"] == 2


def whole(place: Place) -> dict[str, Any]:
    """The smallest review that has this place's record, with a wrong value in every field of that record."""
    review, record = review_with(place.path)
    for other in places():
        if other.cls is place.cls and other.path == place.path:
            record[other.field] = wrong(other.hint)[0]
    return review


def test_a_review_with_a_wrong_type_in_every_field(tmp_path: Path) -> None:
    classes = {place.cls: place for place in places()}
    files = {
        f"reviews/{cls.__name__}.yaml": yaml.safe_dump(whole(place), sort_keys=False) for cls, place in classes.items()
    }
    write(tmp_path, {**OTHER, **files})
    done, found = judged(tmp_path)
    assert done.code == 1
    for place in places():
        path = f"reviews/{place.cls.__name__}.yaml"
        message = [
            f
            for f in done.findings
            if f["path"] == path and (f"`{place.field}`" in f["message"] or f"`{place.field}." in f["message"])
        ]
        assert message, place.name
    assert ("KR201", "reviews/other.yaml", 6, 19) in found


def test_a_missing_file_that_the_settings_name(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            **OTHER,
            "ketreview.toml": 'reviews = ["reviews/*.yaml", "none.yaml"]\nbibliography = ["references.bib",\n "none.bib"]\n',
        },
    )
    done, found = judged(tmp_path)
    assert done.code == 1
    assert [item for item in found if item[0] == "KR009"] == [
        ("KR009", "ketreview.toml", 1, 31),
        ("KR009", "ketreview.toml", 3, 3),
    ]
    assert [item[0] for item in found if item[0] == "KR201"] == [], "the key may stand in the store that is missing"


def test_a_missing_file_that_the_command_names(tmp_path: Path) -> None:
    write(tmp_path, OTHER)
    done, found = judged(tmp_path, "none.bib")
    assert done.code == 2
    assert found == [("KR009", "none.bib", 1, 1)]
    both, found = judged(tmp_path, "none.yaml", "reviews/other.yaml")
    assert both.code == 2
    assert {item[:2] for item in found} == {("KR009", "none.yaml"), ("KR201", "reviews/other.yaml")}


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/other.yaml": LOOSE, "reviews/bad.yaml/x": "", "references.bib/x": ""})
    write(tmp_path, {"ketreview.toml": 'reviews = ["reviews/*.yaml", "reviews/bad.yaml"]\n'})
    done, found = judged(tmp_path)
    assert done.code == 1
    assert found == [("KR009", "references.bib", 1, 1), ("KR009", "reviews/bad.yaml", 1, 1)]
    assert {finding["message"] for finding in done.findings} == {"cannot be read: it is a folder"}


def test_a_link_out_of_the_project(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: hunter2\n")
    root = write(tmp_path / "root", OTHER)
    (root / "reviews" / "link.yaml").symlink_to(secret)
    (root / "reviews" / "loop.yaml").symlink_to("loop.yaml")
    (root / "reviews" / "gone.yaml").symlink_to("nowhere")
    (root / "reviews" / "up.yaml").symlink_to("../../secret.yaml")
    done, found = judged(root)
    assert done.code == 1
    assert [item[:2] for item in found] == [
        ("KR009", "reviews/gone.yaml"),
        ("KR009", "reviews/link.yaml"),
        ("KR009", "reviews/loop.yaml"),
        ("KR201", "reviews/other.yaml"),
        ("KR009", "reviews/up.yaml"),
    ]
    assert "hunter2" not in done.out + run(root, "check", *AS_OF).out


def test_a_pipe_in_place_of_a_file(tmp_path: Path) -> None:
    write(tmp_path, OTHER)
    os.mkfifo(tmp_path / "reviews" / "pipe.yaml")
    done = check(tmp_path)
    assert done.code == 1
    assert ("KR009", "reviews/pipe.yaml") in [(finding["code"], finding["path"]) for finding in done.findings]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    write(tmp_path, {**OTHER, "reviews/bad.yaml": ""})
    (tmp_path / "reviews" / "bad.yaml").chmod(0)
    done, found = judged(tmp_path)
    assert done.code == 1
    assert found == [("KR009", "reviews/bad.yaml", 1, 1), ("KR201", "reviews/other.yaml", 6, 19)]


@pytest.mark.parametrize(
    "name",
    [
        b"b\xffd.yaml",
        "b\u202ed.yaml".encode(),
        b"b\x1b[31md.yaml",
        b"b\nd.yaml",
        b"b d'\"%;.yaml",
        "bä😀.yaml".encode(),
    ],
)
def test_a_file_name_with_odd_bytes(tmp_path: Path, name: bytes) -> None:
    write(tmp_path, OTHER)
    (tmp_path / "reviews" / os.fsdecode(name)).write_bytes(b"- a\n")
    before = snapshot(tmp_path)
    done = check(tmp_path)
    assert done.code == 1
    assert [finding["code"] for finding in done.findings] in (["KR005", "KR201"], ["KR201", "KR005"])
    for output in OutputFormat:
        text = run(tmp_path, "check", *AS_OF, "--output-format", output)
        assert text.code == 1
        assert not any(sign in text.out for sign in ("\x1b", "\u202e"))
    for command in ("status", "pending", "certainty"):
        assert run(tmp_path, command, *AS_OF).code == 0
    assert snapshot(tmp_path) == before


NUMBERS = """\
question: {{outcomes: [{{id: o, name: O, importance: critical}}], interventions: [{{id: k, name: K}}]}}
studies:
- {{id: s, design: cohort, state: read, results: [{{outcome: o, estimate: {0}, ci: [{0}, {0}], arms: [{{arm: k, mean: {0}}}]}}]}}
claims: [{{id: c, kind: cost, statement: s, values: [{{what: w, low: {0}, high: {0}}}]}}]
certainty: [{{id: r, outcome: o, scale: grade, level: low, effect: {{measure: risk_ratio, estimate: {0}, ci: [{0}, {0}]}}}}]
"""


@pytest.mark.parametrize(
    "number", ["1e999", "-1e999", "9" * 320, "9" * 5000, "1e-999", "0." + "0" * 500 + "1"], ids=lambda n: n[:6]
)
def test_numbers_beyond_measure(tmp_path: Path, number: str) -> None:
    write(tmp_path, {"reviews/a.yaml": HEAD.format(id="a") + NUMBERS.format(number)})
    for command in (("check",), ("status",), ("certainty",), ("certainty", "--sof"), ("show", "s", "--format", "json")):
        done = run(tmp_path, *command, *AS_OF)
        assert done.code in {0, 1, 2}, done.talk
        assert "Infinity" not in done.out


STDIN: Mapping[str, tuple[str, bytes, int, list[Place3]]] = {
    "a review": ("reviews/new.yaml", b"- a\n", 1, [("KR005", "reviews/new.yaml", 1, 1)]),
    "in place of one": ("reviews/good.yaml", b"foo: [\n", 1, [("KR001", "reviews/good.yaml", 2, 1)]),
    "a review that is right": ("reviews/good.yaml", GOOD["reviews/good.yaml"].encode(), 0, []),
    "a store": ("references.bib", b"@misc{a", 1, [("KR010", "references.bib", 1, 1)]),
    "not UTF-8": ("reviews/good.yaml", b"\xff\xfe", 1, [("KR006", "reviews/good.yaml", 1, 1)]),
    "nothing": ("reviews/good.yaml", b"", 1, [("KR001", "reviews/good.yaml", 1, 1)]),
}


@pytest.mark.parametrize(("name", "stdin", "code", "expected"), STDIN.values(), ids=STDIN)
def test_stdin(tmp_path: Path, name: str, stdin: bytes, code: int, expected: list[Place3]) -> None:
    write(tmp_path, GOOD)
    done, found = judged(tmp_path, "-", "--stdin-filename", name, stdin=stdin)
    assert (done.code, found) == (code, expected)


@pytest.mark.parametrize(
    "arguments",
    [
        ("-",),
        ("-", "--stdin-filename", "x.txt"),
        ("-", "--stdin-filename", "../x.yaml"),
        ("-", "--stdin-filename", "/etc/x.bib"),
    ],
)
def test_stdin_without_a_usable_name(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(write(tmp_path, GOOD), "check", *AS_OF, *arguments, stdin=b"")
    assert (done.code, done.raw) == (2, b"")
