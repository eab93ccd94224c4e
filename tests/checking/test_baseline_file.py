"""The file of a baseline: what is written, what can be read, and what is wrong with others."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.checking.baseline_file import is_baseline, parse_baseline, render
from ketreview.diagnostics import Diagnostic, Severity, Subject, fingerprint, packed, unpacked
from ketreview.source import Source, Span
from tests.checking.projects import TWO, Checked, line_of, store
from tests.projects import write
from tests.repositories import git

ODD = 'ü "quoted" \\ \u202e \ud800 \u2028 \x1b[31m'


def test_odd_texts_come_back() -> None:
    line = replace(Checked.lines(Checked(TWO).baseline)[0], path=f"{ODD}.bib", message=ODD, span=None)  # type: ignore[arg-type]
    text = render([line])
    assert text.isascii() or text.replace("\n", "").isprintable()
    (back,) = Checked.lines(text)
    assert (back.path, back.message) == (line.path, line.message)


BROKEN = {
    "": "not JSON",
    "[": "not JSON",
    "[]": "not JSON: `{` is expected",
    "null": "not JSON",
    "{}": "no baseline: it has no `version`",
    '{"version": 1}': "no list of `findings`",
    '{"findings": []}': "no `version`",
    '{"version": true, "findings": []}': "no `version`",
    '{"version": "1", "findings": []}': "no `version`",
    '{"version": 2, "findings": []}': "of version 2; this program knows version 1",
    '{"version": 1, "findings": {}}': "no list of `findings`",
    '{"version": 1, "findings": []} x': "more stands behind the end",
    '{"version": 1, "findings": [null,]}': "behind a comma",
    '{"version": 1, "findings": [null null]}': "`,` is expected",
    '{"version": 1, "findings": [': "not JSON",
    '{"version": 1, "findings": [],}': "behind a comma",
    '{"version": 1, 2: []}': "a name in quotes",
    '{"version" 1}': "`:` is expected",
    '{"version": ' + "1" * 5000 + "}": "no baseline",
    '{"version": ' + "[" * 100_000 + "}": "no baseline",
    '{"version": 1, "findings": ' + "[" * 100_000: "no baseline",
    '{"version": 1, "findings": [3]}': "`3` is no object",
    '{"version": 1, "findings": [{}]}': "`path` is missing",
    '{"version": 1, "findings": [{"path": 1}]}': "`path` is not a text",
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), BROKEN.items(), ids=[text[:40] for text in BROKEN])
def test_what_is_no_baseline_says_why(text: str, words: str) -> None:
    lines, (fault, *_) = parse_baseline("b.json", text.encode())
    assert lines == ()
    assert words in fault.message
    assert fault.code.id == "KR012"
    assert fault.span.path == "b.json"


WRONG: dict[str, object] = {"count": 0, "key": 3, "code": None, "fingerprint": "0123", "message": []}


@pytest.mark.parametrize(("name", "value"), [*WRONG.items(), ("count", True), ("count", 1.5), ("count", 10**12)])
def test_a_line_that_is_none_is_located(name: str, value: object) -> None:
    good = line_of("KR317", "a.bib")
    bad = {**good, name: value}
    text = '{"version": 1, "findings": [\n' + f"{json.dumps(good)},\n{json.dumps(bad)}]}}"
    lines, (fault,) = parse_baseline("b.json", text.encode())
    assert len(lines) == 1
    assert f"`{name}`" in fault.message
    assert fault.span.begin == (3, 1)


def test_thousands_of_wrong_lines_are_few_faults() -> None:
    text = json.dumps({"version": 1, "findings": [1] * 10_000})
    assert len(parse_baseline("b.json", text.encode())[1]) == 20


def test_a_conflict_and_bytes_that_are_no_text() -> None:
    text = Checked(TWO).baseline.replace("null", "<<<<<<< HEAD\nnull")
    assert [fault.code.id for fault in parse_baseline("b", text.encode())[1]] == ["KR011"]
    assert [fault.code.id for fault in parse_baseline("b", b"\xff")[1]] == ["KR006"]


def test_what_may_be_written_over() -> None:
    ours = Checked(TWO).baseline
    assert is_baseline(ours.encode())
    assert is_baseline(b"\xef\xbb\xbf" + json.dumps(json.loads(ours), indent=1).encode())
    assert is_baseline(ours.replace("null", "<<<<<<< HEAD").encode())
    assert not is_baseline(b"")
    assert not is_baseline(b"{}")
    assert not is_baseline(ours.replace('"version": 1', '"version": 2').encode())


def test_a_file_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ketreview.checking.baseline_file._LARGEST", 10)
    assert "too large" in parse_baseline("b", b" " * 11)[1][0].message


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_raise(data: bytes) -> None:
    lines, faults = parse_baseline("b", data)
    assert faults or lines == ()


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["version", "findings", "path", "count"]), inner)
        ),
    )
)
def test_no_json_raises(value: object) -> None:
    parse_baseline("b", json.dumps({"version": 1, "findings": value}).encode())
    parse_baseline("b", json.dumps(value).encode())


def test_what_a_fingerprint_goes_by() -> None:
    source = Source("a.bib", "title  = {" + "x" * 80 + " end}")
    finding = Diagnostic(Checked(TWO).found[0].code, Severity.WARNING, "`b` of `c`", Span(source, 0, len(source.text)))
    known = fingerprint(finding)

    def same(text: str = source.text, message: str = finding.message, path: str = "a.bib") -> bool:
        other = Source(path, text)
        return fingerprint(replace(finding, message=message, span=Span(other, 0, len(text)))) == known

    assert same(text=source.text.replace("  ", "\n").replace("end", "END"))
    assert same(message="what was `b` is now 354 days old, see `d`")
    assert not same(message="`d` of `c`")
    assert not same(message="no value")
    assert not same(text=source.text[1:])
    assert not same(path="b.bib"), "without a subject the file is what it is about"
    assert fingerprint(finding, path="b.bib") != known
    about = replace(finding, subject=Subject(key="k"))
    assert fingerprint(about) == fingerprint(about, path="b.bib")
    assert fingerprint(about) == fingerprint(unpacked(packed(about), lambda path: source))
    assert (
        len({fingerprint(replace(about, subject=one)) for one in (Subject("a"), Subject(key="a"), Subject(id="a"))})
        == 3
    )


def test_git_can_join_two_changes_of_it(tmp_path: Path) -> None:
    """With `merge=union` each side's lines stay: valid, and what is too much is told as KR904."""
    base, ours, theirs, both = (
        store([("key0", "pages"), ("key1", one), ("key2", "pages"), ("key3", other)])
        for one, other in (("pages", "fine"), ("fine", "fine"), ("pages", "doi"), ("fine", "doi"))
    )
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        write(tmp_path, {name: Checked({"a.bib": text}).baseline})
    git(tmp_path, "merge-file", "--union", "ours", "base", "theirs")
    joined = (tmp_path / "ours").read_text(encoding="utf-8")
    new, gone = Checked({"a.bib": both}).beside(joined)
    assert new == []
    assert {finding.subject.key for finding in gone} <= {"key1"}
