"""A baseline accepts what was found, wherever it moves, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.checking import Selection
from ketreview.checking.baseline import compare, renewed
from ketreview.checking.baseline_file import parse_baseline, render
from tests.checking.projects import (
    FAULTS,
    FINE,
    KEYS,
    TWO,
    Checked,
    Entries,
    after_fixes,
    chapter,
    entry,
    line_of,
    review,
    store,
)
from tests.projects import HEAD

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


def article(key: str, title: str = "Actions of its metabolites", more: str = "") -> str:
    return f"@article{{{key}, title = {{{title}}}, author = {{Zanos, P.}}, year = 2016{more}}}\n"


PAIRS = {
    "KR102": (article("Zanos", "One"), article("zanos", "Two")),
    "KR401": (article("a", more=", doi = {10.1038/1}"), article("b", more=', doi = "10.1038/1"')),
    "KR402": (article("a", more=", pmid = {27144355}"), article("b", more=", pmid = 27144355")),
    "KR403": (article("a"), article("b")),
    "KR404": (article("a", more=", doi = {10.1038/1}"), article("b", "Sleep of patients", ", doi = {10.1038/1}")),
    "KR405": tuple(article(key, more=f", pmid = 27144355, doi = {{10.{key}/1}}") for key in ("1038", "1000")),
}


@pytest.mark.parametrize("code", PAIRS)
def test_what_is_about_two_alike_is_the_same_in_any_order(code: str) -> None:
    one, other = PAIRS[code]
    few = Selection((code, "KR904"))
    before = Checked({"a.bib": one + other}, few)
    assert [finding.code.id for finding in before.found] == [code]
    assert Checked({"a.bib": other, "refs/b.bib": one}, few).beside(before.baseline) == ([], [])
    assert [gone.subject for gone in Checked({"a.bib": one}, few).beside(before.baseline)[1]] == [
        finding.subject for finding in before.found
    ]


def test_a_third_copy_is_new() -> None:
    few = Selection(("KR401", "KR904"))
    one, other = PAIRS["KR401"]
    new, gone = Checked({"a.bib": one + other + other.replace("b", "c", 1)}, few).beside(
        Checked({"a.bib": one + other}, few).baseline
    )
    assert (len(new), len(gone)) == (1, 1)


def test_reading_is_never_accepted() -> None:
    checked = Checked({**TWO, "a.bib": "@misc{a,\n" + TWO["a.bib"]})
    assert "KR010" not in checked.baseline
    new, gone = checked.beside(checked.baseline)
    assert len(new) == 1
    assert gone == []
    forged = json.dumps({"version": 1, "findings": [line_of("KR010", "a.bib")]})
    assert len(checked.beside(forged)[0]) == len(checked.found)


def _told(texts: dict[str, str], line: dict[str, object], selection: Selection | None = None) -> list[str]:
    """What is said of a line that nothing matches."""
    _, gone = Checked(texts, selection).beside(json.dumps({"version": 1, "findings": [line]}))
    return [finding.message for finding in gone]


def test_a_line_is_judged_only_if_its_finding_could_be_found() -> None:
    line = line_of("KR317", "a.bib", key="key0")
    said = "KR317 of `key0` is not found any more"
    assert _told(FINE, line) == [said]
    assert _told(FINE, line, Selection(select=("KR9",))) == []
    assert _told(FINE, line, Selection(ignore=("KR317",))) == []
    assert _told(FINE, line, Selection(ignore=("KR904",))) == []
    assert _told(FINE, line, Selection(per_file_ignores={"*.bib": ("KR3",)})) == []
    assert _told(FINE, line, Selection(per_file_ignores={"*.json": ("KR904",)})) == []
    assert _told({**FINE, "a.bib": FINE["a.bib"] + "@misc{b,"}, line) == [], "what cannot be read hides others"
    assert _told({**FINE, "refs/c.bib": "@misc{b,"}, line) == []
    assert _told(FINE, line_of("KR317", "gone.bib")) == [said.replace("key0", "gone.bib")]
    assert _told({**FINE, "other/x.bib": ""}, line_of("KR317", "other/x.bib")) == [], "a file that is not read"
    assert _told(FINE, line_of("KR999", "a.bib")) == [], "a rule of another version"
    assert _told(FINE, line_of("KR010", "a.bib")) == ["KR010 of `a.bib` is not found any more"]


def test_a_fault_in_a_text_that_is_kept_silences_its_folder() -> None:
    checked = Checked(FINE)
    fault = Checked({"a.bib": "@misc{b,"}).found[0]
    warning = replace(fault, severity=fault.severity.WARNING)
    reached = replace(checked.reach, faults=(warning,))
    top, below = (
        parse_baseline("b", json.dumps({"version": 1, "findings": [line_of("KR202", path)]}).encode())[0][0]
        for path in ("a.bib", "text/a.typ")
    )
    assert (reached.covers(top), reached.covers(below)) == (False, True)


def test_writing_again_keeps_what_could_not_be_found_and_the_messages() -> None:
    before = Checked.lines(Checked(TWO).baseline)
    only = Checked(FINE, Selection(select=("KR301", "KR317")))
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


def test_thousands_of_renamed_files_take_no_longer_each() -> None:
    count = 3_000
    comment = "// ketreview: ignore[KR202] asked\n\n"
    baseline = Checked({f"text/{number}.typ": comment for number in range(count)}).baseline
    assert len(Checked.lines(baseline)) == count
    moved = Checked({f"text/new{number}.typ": comment for number in range(count)})
    assert moved.beside(baseline) == ([], [])
