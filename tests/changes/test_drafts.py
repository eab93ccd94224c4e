"""Drafts with marked parts: an author's words stay, generated parts are written anew, edits are told from age."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.changes import drafts
from ketreview.changes.drafts import Draft, DraftError, digest, merged, stamped
from ketreview.source import Source

COMMENTS = {"typst": "// {}", "latex": "% {}", "markdown": "<!-- {} -->"}
NAMES = ("state", "claims", "cost", "gaps", "bibliography")


def read(text: str) -> Draft:
    return drafts.read(Source("a.typ", text))


def generated(parts: dict[str, str], comment: str = "// {}", review: str = "r") -> str:
    """A draft as `export` writes it."""
    blocks = [
        f"{comment.format(f'ketreview:begin {review}/{name}')}\n\n{text}\n\n{comment.format('ketreview:end')}\n"
        for name, text in parts.items()
    ]
    return stamped("\n".join(["head\n", *blocks, "tail\n"]))


def rewritten(old: str, new: str, *, force: bool = False) -> str:
    return merged(read(old), read(new), "r", "state", force=force)


def told(old: str, new: str) -> list[tuple[int, str, bool]]:
    return [
        (problem.span.begin.line, problem.message, problem.edited)
        for problem in drafts.differences(read(old), read(new), "r", "state")
    ]


@pytest.mark.parametrize("comment", COMMENTS.values(), ids=COMMENTS)
def test_a_part_is_found_in_every_language(comment: str) -> None:
    text = generated({"state": "S\n\nmore", "a-b--c": "C"}, comment)
    draft = read(text)
    assert draft.problems == ()
    assert [(part.name, part.review, part.text, part.edited) for part in draft.parts.values()] == [
        ("r/state", "r", "S\n\nmore", False),
        ("r/a-b--c", "r", "C", False),
    ]
    assert draft.parts["r/state"].named.text == "r/state"
    assert draft.parts["r/state"].digest == digest("S\n\nmore")
    assert stamped(generated({"state": "S"}, comment)).count(digest("S")) == 2  # stamping is done once


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter_to_a_digest_and_are_kept(end: str) -> None:
    old = generated({"state": "A\nB", "cost": "C"}).replace("\n", end)
    assert rewritten(old, generated({"state": "A\nB", "cost": "C"})) == old
    changed = rewritten(old, generated({"state": "A\nB", "cost": "D\nE", "gaps": "F"}))
    assert changed == generated({"state": "A\nB", "cost": "D\nE", "gaps": "F"}).replace("\n", end)


def test_empty_lines_around_a_part_are_nobodys_edit() -> None:
    old = generated({"state": "A"}).replace("\n\nA\n\n", "\nA\n\n\n\n")
    assert told(old, generated({"state": "A"})) == []
    assert rewritten(old, generated({"state": "A"})) == old


def test_an_edit_is_told_from_age() -> None:
    old = generated({"state": "A", "cost": "C"})
    edited = old.replace("\nC\n", "\nmy C\n")
    assert told(old, generated({"state": "A", "cost": "D"})) == [
        (9, "part `r/cost` is not what the review says now", False)
    ]
    assert told(edited, old) == told(edited, generated({"state": "A", "cost": "D"}))
    [(line, message, is_edited)] = told(edited, old)
    assert (line, is_edited) == (9, True)
    assert message.startswith("part `r/cost` was edited by hand")
    with pytest.raises(DraftError, match="r/cost") as caught:
        rewritten(edited, generated({"state": "B", "cost": "C"}))
    assert [problem.span.begin.line for problem in caught.value.problems] == [9]
    assert rewritten(edited, old, force=True) == old


def test_an_edit_that_says_what_the_review_says_by_now_is_none() -> None:
    old, new = generated({"state": "A"}), generated({"state": "B"})
    edited = old.replace("\nA\n", "\nB\n")
    assert told(edited, new) == []
    assert rewritten(edited, new) == new


def test_a_part_that_is_not_given_any_more_goes_unless_it_was_edited() -> None:
    old, new = generated({"state": "A", "cost": "C", "gaps": "G"}), generated({"state": "A", "gaps": "G"})
    assert told(old, new) == [(9, "part `r/cost` is none that the review gives now", False)]
    assert rewritten(old, new) == new
    edited = old.replace("\nC\n", "\nmine\n")
    with pytest.raises(DraftError):
        rewritten(edited, new)
    assert rewritten(edited, new, force=True) == new


def test_new_parts_stand_where_the_new_draft_has_them() -> None:
    old = generated({"claims": "B", "state": "A"}).replace("tail", "mine")
    new = generated({"first": "1", "state": "A", "second": "2", "third": "3", "claims": "B", "last": "4"})
    assert told(old, new) == [
        (3, "the draft lacks the parts `r/first`, `r/second`, `r/third`, `r/last`", False),
    ]
    text = rewritten(old, new)
    assert list(read(text).parts) == ["r/claims", "r/last", "r/first", "r/state", "r/second", "r/third"]
    assert text.endswith("mine\n")
    assert told(text, new) == []


def test_a_part_at_the_very_end_without_a_line_end() -> None:
    old = generated({"state": "A"}).removesuffix("\n\ntail\n")
    assert old.endswith("// ketreview:end")
    assert rewritten(old, generated({"state": "B"})).endswith("\nB\n\n// ketreview:end")
    grown = rewritten(old, generated({"state": "A", "gaps": "G"}))
    assert list(read(grown).parts) == ["r/state", "r/gaps"]
    assert read(grown).problems == ()


def test_an_empty_part_stays_empty() -> None:
    new = generated({"state": "A", "cost": "C", "bibliography": "B"})
    old = re.sub(r"(begin r/bibliography \w+\n).*?(// ketreview:end)", r"\1\2", new, flags=re.DOTALL)
    assert told(old, new) == []
    assert rewritten(old, new, force=True) == old
    assert rewritten(old, generated({"state": "A", "cost": "C"})) == old


def test_a_part_that_was_deleted_whole_comes_back() -> None:
    new = generated({"state": "A", "cost": "C", "gaps": "G"})
    old = generated({"state": "A", "gaps": "G"})
    assert rewritten(old, new) == new


def test_a_text_with_single_parts_gets_no_others() -> None:
    old, new = generated({"cost": "C"}), generated({"state": "A", "cost": "D", "gaps": "G"})
    assert [line for line, _, _ in told(old, new)] == [3]
    assert rewritten(old, new) == generated({"cost": "D"})


def test_parts_of_other_reviews_are_left_alone() -> None:
    other = generated({"state": "other", "cost": "x"}, review="q").replace("other", "edited")
    old = generated({"state": "A"}) + other
    assert rewritten(old, generated({"state": "B"})) == generated({"state": "B"}) + other


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("// ketreview:end\n", 1, "does not begin"),
        ("x\n// ketreview:begin r/a\n// ketreview:begin r/b\n// ketreview:end\n", 2, "not closed before the next one"),
        ("// ketreview:begin r/a\n", 1, "not closed"),
        ("// ketreview:begin r/a", 1, "not closed"),
        ("% ketreview:begin\n% ketreview:end\n", 1, "without its name"),
        ("<!-- ketreview:begin -->\n<!-- ketreview:end-->\n", 1, "without its name"),
        ("% ketreview:begin r/a\n% ketreview:end\n% ketreview:begin r/a\n% ketreview:end", 3, "again, first in line 1"),
    ],
)
def test_a_marker_that_is_wrong_is_located_and_nothing_is_written(text: str, line: int, message: str) -> None:
    draft = read(text)
    assert [problem.span.begin.line for problem in draft.problems] == [line]
    assert message in draft.problems[0].message
    with pytest.raises(DraftError, match=message):
        rewritten(text, generated({"state": "A"}), force=True)


@pytest.mark.parametrize("size", [200_000])
def test_hostile_texts_take_no_more_than_linear_time(size: int) -> None:
    for text in (
        "%" * size,
        "// " + " " * size,
        "// ketreview:begin " + "a" * size,
        "// ketreview:begin " + "a/ " * size,
        "// ketreview:begin r/a\n" * (size // 20),
        "// ketreview:end\n" * (size // 20),
        "".join(f"% ketreview:begin r/{number}\n% ketreview:end\n" for number in range(size // 40)),
    ):
        draft = read(text)
        assert all(len(problem.message) < 200 for problem in draft.problems)


CONTENT = st.text(st.sampled_from("ab =\n/%<!->*"), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip()) and text == text.strip("\n")
)
PARTS = st.dictionaries(st.sampled_from(NAMES), CONTENT, max_size=5).map(lambda parts: {"state": "S", **parts})
WORDS = st.text(st.sampled_from("ab\n %/"), max_size=8)


def ordered(parts: dict[str, str]) -> dict[str, str]:
    return {name: parts[name] for name in NAMES if name in parts}


def outside(text: str) -> list[str]:
    """The author's lines, without empty ones."""
    parts = list(read(text).parts.values())
    ends = [0, *(at for part in parts for at in (part.start, part.end)), len(text)]
    own = [text[start:end] for start, end in list(pairwise(ends))[::2]]
    return [line for line in "\n".join(own).splitlines() if line]


@given(PARTS, PARTS, st.lists(WORDS, min_size=6, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_what_an_author_wrote_outside_of_parts_survives(
    before: dict[str, str], after: dict[str, str], words: list[str], end: str
) -> None:
    blocks = generated(ordered(before)).split("head\n\n")[1].split("\ntail")[0].split("\n\n// ketreview:begin")
    blocks = [blocks[0], *(f"// ketreview:begin{block}" for block in blocks[1:])]
    own = [f"{text}\n" if text else "" for text in words]
    old = "".join(mine + f"{block}\n" for mine, block in zip(own, blocks, strict=False)).replace("\n", end)
    old += own[-1].replace("\n", end)
    new = generated(ordered(after))
    text = rewritten(old, new)
    assert outside(text) == outside(old)
    assert {name: part.text for name, part in read(text).parts.items()} == {
        name: part.text for name, part in read(new).parts.items()
    }
    assert told(text, new) == []
    assert rewritten(text, new) == text
    if before.keys() == after.keys():
        assert re.split(r"// ketreview:begin[\s\S]*?ketreview:end", text) == re.split(
            r"// ketreview:begin[\s\S]*?ketreview:end", old
        )


@given(st.text(), st.text())
def test_no_text_raises(first: str, second: str) -> None:
    text = f"{first}\n// ketreview:begin r/state\n{second}\n// ketreview:end\n{first}"
    new = generated({"state": "A"})
    draft = read(text)
    assert all(problem.span.begin.line >= 1 for problem in draft.problems)
    if not draft.problems:
        assert told(rewritten(text, new, force=True), new) == []
