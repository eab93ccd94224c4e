"""A baseline accepts what was found, wherever it moves, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.checking import Selection
from ketreview.checking.baseline import compare, renewed
from ketreview.checking.baseline_file import is_baseline, parse_baseline, render
from ketreview.diagnostics import Diagnostic, Severity, Subject, fingerprint, packed, unpacked
from ketreview.source import Source, Span
from tests.checking.projects import Checked, after_fixes
from tests.projects import HEAD, write
from tests.repositories import git

KEYS = [f"key{number}" for number in range(6)]
FAULTS = {
    "pages": "pages = {359--49}",
    "doi": "doi = {10.1/x y}",
    "twice": "note = {a}, note = {b}",
    "fine": "year = {2020}",
}
Entries = Sequence[tuple[str, str]]


def entry(key: str, fault: str) -> str:
    return f"@article{{{key},\n  title = {{On {key}}},\n  {FAULTS[fault]}\n}}\n"


def store(entries: Entries, *, gap: str = "\n") -> str:
    return gap.join(entry(*one) for one in entries)


def chapter(cited: Sequence[str], *, gap: str = "\n\n") -> str:
    return "= A chapter\n" + gap.join(f"It is so @{key}." for key in cited) + "\n"


def review(cited: Sequence[str]) -> str:
    studies = "".join(f"- {{id: s-{key}, cites: [{key}], design: cohort, state: read}}\n" for key in cited)
    return HEAD.format(id="a") + (f"studies:\n{studies}" if cited else "")


stores = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(sorted(FAULTS))), unique_by=lambda one: one[0])
cited = st.lists(st.sampled_from([*KEYS, "lost1", "lost2"]), max_size=8)
gaps = st.sampled_from(["\n", "\n\n\n", "\n% a comment\n"])


@given(data=st.data(), entries=stores, chapters=st.lists(cited, min_size=1, max_size=3), studies=cited)
def test_what_moves_is_the_same(
    data: st.DataObject, entries: Entries, chapters: list[list[str]], studies: list[str]
) -> None:
    studies = list(dict.fromkeys(studies))
    before = Checked(
        {
            "a.bib": store(entries),
            "reviews/a.yaml": review(studies),
            **{f"text/{number}.typ": chapter(keys) for number, keys in enumerate(chapters)},
        }
    )
    order = data.draw(st.permutations(entries))
    half = data.draw(st.integers(0, len(order)))
    gap = data.draw(gaps)
    moved = {
        "refs/one.bib": f"% first\n\n{store(order[:half], gap=gap)}",
        "refs/two.bib": store(order[half:], gap=gap),
        "reviews/b.yaml": "# moved\n" + review(data.draw(st.permutations(studies))),
        **{
            f"text/new{number}.typ": chapter(data.draw(st.permutations(keys)), gap="\n\n\n")
            for number, keys in enumerate(data.draw(st.permutations(chapters)))
        },
    }
    after = Checked(moved)
    assert after.beside(before.baseline) == ([], [])
    assert compare(before.lines(before.baseline), before.found, before.reach.is_there).left == {}


@given(entries=stores, chapter_keys=cited, number=st.integers(0, 3))
def test_what_is_added_is_new_and_nothing_else(entries: Entries, chapter_keys: list[str], number: int) -> None:
    texts = {"a.bib": store(entries), "text/a.typ": chapter([*chapter_keys, *["lost1"] * number, *KEYS])}
    baseline = Checked(texts).baseline
    added = {**texts, "a.bib": f"{entry('fresh', 'pages')}\n{texts['a.bib']}"}
    added["text/a.typ"] = chapter(["fresh", *chapter_keys, *["lost1"] * (number + 1), *KEYS])
    new, gone = Checked(added).beside(baseline)
    assert gone == []
    assert sorted(message.split("`")[1] for message in new) == ["359--49", "lost1"]


@given(data=st.data(), entries=stores, chapter_keys=cited)
def test_what_is_mended_leaves_the_baseline(data: st.DataObject, entries: Entries, chapter_keys: list[str]) -> None:
    texts = {"a.bib": store(entries), "text/a.typ": chapter(chapter_keys)}
    before = Checked(texts)
    mended = [(key, data.draw(st.sampled_from([fault, "fine"]))) for key, fault in entries]
    kept = [key for key in chapter_keys if not (key.startswith("lost") and data.draw(st.booleans()))]
    now = Checked({"a.bib": store(mended), "text/a.typ": chapter(kept)})
    new, gone = now.beside(before.baseline)
    assert new == []
    lines = {line.name: line.count for line in before.lines(before.baseline)}
    left = {line.name: line.count for line in now.lines(now.baseline)}
    assert len(gone) == sum(count != left.get(name) for name, count in lines.items())
    fixed = after_fixes(before.baseline, gone)
    assert fixed == now.baseline
    assert now.beside(fixed) == ([], [])
    assert json.loads(fixed)


@given(data=st.data(), entries=stores)
def test_any_of_the_fixes_leaves_json(data: st.DataObject, entries: Entries) -> None:
    before = Checked({"a.bib": store(entries), "text/a.typ": chapter(["lost1", "lost1", "lost2", *KEYS])})
    _, gone = Checked({"a.bib": "", "text/a.typ": ""}).beside(before.baseline)
    some = [finding for finding in gone if data.draw(st.booleans())]
    for text in (before.baseline, json.dumps(json.loads(before.baseline), indent=2), _without_end(before.baseline)):
        _, gone = Checked({"a.bib": "", "text/a.typ": ""}).beside(text)
        wanted = [finding for finding in gone if finding.message in {one.message for one in some}]
        fixed = after_fixes(text, wanted)
        assert len(Checked.lines(fixed)) == len(Checked.lines(text)) - len(wanted)


def _without_end(text: str) -> str:
    """The baseline as a person may have written it: without the `null` that ends its list."""
    whole = json.loads(text)
    return json.dumps({**whole, "findings": [item for item in whole["findings"] if item]})


TWO = {"a.bib": store([("key0", "pages"), ("key1", "doi")]), "text/a.typ": chapter(["key0", "key1", "lost1"])}


def test_the_file_is_one_line_a_finding_and_sorted() -> None:
    rows = Checked(TWO).baseline.split("\n")
    assert rows[0] == '{"version": 1, "findings": ['
    assert rows[-2:] == ["null]}", ""]
    findings = [json.loads(row.removesuffix(",")) for row in rows[1:-2]]
    assert [(found["path"], found["code"], found["key"]) for found in findings] == [
        ("a.bib", "KR301", "key1"),
        ("a.bib", "KR317", "key0"),
        ("text/a.typ", "KR202", "lost1"),
    ]
    assert list(findings[0]) == ["path", "code", "key", "message", "fingerprint"]


def test_several_alike_are_counted() -> None:
    texts = {"a.bib": "", "text/a.typ": chapter(["lost1"] * 3), "text/b.typ": chapter(["lost1"])}
    lines = Checked.lines(Checked(texts).baseline)
    assert [(line.path, line.count) for line in lines] == [("text/a.typ", 3), ("text/b.typ", 1)]
    assert lines[0].fingerprint == lines[1].fingerprint
    fewer = Checked({**texts, "text/a.typ": chapter(["lost1"])})
    new, (gone,) = fewer.beside(Checked(texts).baseline)
    assert new == []
    assert gone.message == "KR202 of `lost1` is accepted 3 times and found 1"
    assert gone.fix is not None
    assert gone.fix.title == "Lower the count to 1"
    assert after_fixes(Checked(texts).baseline, [gone]) == fewer.baseline
    more = Checked({**texts, "text/a.typ": chapter(["lost1"] * 5)})
    assert more.beside(Checked(texts).baseline) == (["`lost1` is not in the store"] * 2, [])


def test_a_count_stays_where_it_is_more_than_one() -> None:
    texts = {"a.bib": "", "text/a.typ": chapter(["lost1"] * 3)}
    fewer = Checked({**texts, "text/a.typ": chapter(["lost1"] * 2)})
    _, gone = fewer.beside(Checked(texts).baseline)
    assert after_fixes(Checked(texts).baseline, gone) == fewer.baseline


def test_one_that_moved_is_taken_from_the_file_that_is_gone() -> None:
    texts = {"a.bib": "", "text/a.typ": chapter(["lost1"]), "text/b.typ": chapter(["lost1"])}
    baseline = Checked(texts).baseline
    _, (gone,) = Checked({"a.bib": "", "text/b.typ": chapter([]), "text/c.typ": chapter(["lost1"])}).beside(baseline)
    assert gone.span.text.startswith('{"path": "text/b.typ"')


def test_what_is_about_a_file_is_another_in_another_file() -> None:
    """A suppression has no subject: its file is what it is known by, while that is there."""
    comment = "// ketreview: ignore[KR202] asked\n\n"
    baseline = Checked({"a.bib": "", "text/a.typ": comment}).baseline
    assert Checked({"a.bib": "", "text/z.typ": comment}).beside(baseline) == ([], [])
    new, gone = Checked({"a.bib": "", "text/a.typ": "", "text/z.typ": comment}).beside(baseline)
    assert (len(new), len(gone)) == (1, 1)


def test_two_faults_at_one_place_are_told_apart() -> None:
    texts = {
        "a.bib": "",
        "reviews/a.yaml": HEAD.format(id="a") + "sources:\n- {id: s, title: T, folder: lit}\n",
        "lit/one.md": "x",
    }
    baseline = Checked(texts).baseline
    assert "one.md" in baseline
    other = Checked({**{path: text for path, text in texts.items() if path != "lit/one.md"}, "lit/two.md": "x"})
    new, gone = other.beside(baseline)
    assert ["two.md" in message for message in new] == [True]
    assert len(gone) == 1


def test_reading_is_never_accepted() -> None:
    checked = Checked({**TWO, "a.bib": "@misc{a,\n" + TWO["a.bib"]})
    assert "KR010" not in checked.baseline
    new, gone = checked.beside(checked.baseline)
    assert len(new) == 1
    assert gone == []
    forged = json.dumps({"version": 1, "findings": [_line("KR010", "a.bib")]})
    assert len(checked.beside(forged)[0]) == len(checked.found)


def _line(code: str, path: str, **more: object) -> dict[str, object]:
    return {"path": path, "code": code, "message": "m", "fingerprint": "0123456789abcdef", **more}


def _told(texts: dict[str, str], line: dict[str, object], selection: Selection | None = None) -> list[str]:
    """What is said of a line that nothing matches."""
    _, gone = Checked(texts, selection).beside(json.dumps({"version": 1, "findings": [line]}))
    return [finding.message for finding in gone]


FINE = {"a.bib": entry("key0", "fine"), "text/a.typ": chapter(["key0"])}


def test_a_line_is_judged_only_if_its_finding_could_be_found() -> None:
    line = _line("KR317", "a.bib", key="key0")
    said = "KR317 of `key0` is not found any more"
    assert _told(FINE, line) == [said]
    assert _told(FINE, line, Selection(select=("KR9",))) == []
    assert _told(FINE, line, Selection(ignore=("KR317",))) == []
    assert _told(FINE, line, Selection(ignore=("KR904",))) == []
    assert _told(FINE, line, Selection(per_file_ignores={"*.bib": ("KR3",)})) == []
    assert _told(FINE, line, Selection(per_file_ignores={"*.json": ("KR904",)})) == []
    assert _told({**FINE, "a.bib": FINE["a.bib"] + "@misc{b,"}, line) == [], "what cannot be read hides others"
    assert _told({**FINE, "c.bib": "@misc{b,"}, line) == []
    assert _told(FINE, _line("KR317", "gone.bib")) == [said.replace("key0", "gone.bib")]
    assert _told({**FINE, "other/x.bib": ""}, _line("KR317", "other/x.bib")) == [], "a file that is not read"
    assert _told(FINE, _line("KR999", "a.bib")) == [], "a rule of another version"
    assert _told(FINE, _line("KR010", "a.bib")) == ["KR010 of `a.bib` is not found any more"]


def test_a_fault_in_a_text_that_is_kept_silences_its_folder() -> None:
    checked = Checked(FINE)
    fault = Checked({"a.bib": "@misc{b,"}).found[0]
    warning = replace(fault, severity=fault.severity.WARNING)
    reached = replace(checked.reach, faults=(warning,))
    top, below = (
        parse_baseline("b", json.dumps({"version": 1, "findings": [_line("KR202", path)]}).encode())[0][0]
        for path in ("a.bib", "text/a.typ")
    )
    assert (reached.covers(top), reached.covers(below)) == (False, True)


def test_writing_again_keeps_what_could_not_be_found_and_the_messages() -> None:
    before = Checked.lines(Checked(TWO).baseline)
    only = Checked(FINE, Selection(select=("KR3",)))
    kept = renewed(before, only.found, only.reach, lambda _: True)
    assert [line.code for line in kept] == ["KR202"]
    kept = renewed(before, (), Checked(FINE).reach, lambda path: path.startswith("text/"))
    assert [line.code for line in kept] == ["KR301", "KR317"]
    worded = [replace(line, message="an old word") for line in before]
    again = renewed(worded, Checked(TWO).found, Checked(TWO).reach, lambda _: True)
    assert render(again) == render(worded)
    doubled = render(before).replace("null]}", render(before).split("\n")[1] + "\nnull]}")
    (twice, *_) = renewed(Checked.lines(doubled), (), Checked(FINE, Selection(select=("KR6",))).reach, lambda _: True)
    assert twice.count == 2, "a merge that took a line twice"


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
    good = _line("KR317", "a.bib")
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


def test_thousands_of_renamed_files_take_no_longer_each() -> None:
    count = 3_000
    comment = "// ketreview: ignore[KR202] asked\n\n"
    baseline = Checked({f"text/{number}.typ": comment for number in range(count)}).baseline
    assert len(Checked.lines(baseline)) == count
    moved = Checked({f"text/new{number}.typ": comment for number in range(count)})
    assert moved.beside(baseline) == ([], [])


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
    base, ours, theirs = (
        store([("key0", "pages"), ("key1", pages), ("key2", "pages"), ("key3", other)])
        for pages, other in (("pages", "fine"), ("fine", "fine"), ("pages", "doi"))
    )
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        write(tmp_path, {name: Checked({"a.bib": text}).baseline})
    git(tmp_path, "merge-file", "--union", "ours", "base", "theirs")
    joined = (tmp_path / "ours").read_text(encoding="utf-8")
    new, gone = Checked({"a.bib": theirs.replace("key1,\n  title = {On key1},\n  pages = {359--49}", "key1,")}).beside(
        joined
    )
    assert new == []
    assert {finding.subject.key for finding in gone} <= {"key1"}
