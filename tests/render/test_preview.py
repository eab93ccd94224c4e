"""What a small fix makes of its lines."""

from __future__ import annotations

import pytest

from ketreview.diagnostics import Fix
from ketreview.edits import Edit
from ketreview.render.preview import Part, Preview, parts, preview
from ketreview.source import Source, Span

TEXT = "one\ntwo\nthree\nfour"


def fixed(*edits: tuple[int, int, str], text: str = TEXT) -> Preview | None:
    source = Source("a", text)
    return preview(Fix("Do it", safe=True, edits=tuple(Edit(Span(source, *place), new) for *place, new in edits)))


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        (((0, 3, "1"),), (1, ("one",), ("1",))),
        (((4, 8, ""),), (2, ("two",), ())),
        (((14, 18, "4"),), (4, ("four",), ("4",))),
        (((18, 18, "\n"),), None),
        (((18, 18, "\nfive"),), (5, (), ("five",))),
        (((7, 8, " "),), (2, ("two", "three"), ("two three",))),
        (((0, 1, "O"), (4, 5, "T")), (1, ("one", "two"), ("One", "Two"))),
        (((0, 3, "1\n2\n3\n4"),), None),
        (((0, 2, "x"), (1, 3, "y")), None),
        ((), None),
        (((0, 3, "one"),), None),
    ],
)
def test_lines(
    edits: tuple[tuple[int, int, str], ...], expected: tuple[int, tuple[str, ...], tuple[str, ...]] | None
) -> None:
    assert fixed(*edits) == (expected and Preview("a", *expected))


def test_line_ends_of_any_kind() -> None:
    assert fixed((5, 8, "2"), text="one\r\ntwo\r\n") == Preview("a", 2, ("two",), ("2",))
    assert fixed((4, 7, "2"), text="one\rtwo\r") == Preview("a", 2, ("two",), ("2",))


def test_nothing_of_a_text_that_is_not_at_hand_or_of_two_files() -> None:
    assert fixed((0, 0, "x"), text="") is None
    edits = tuple(Edit(Span(Source(path, "x"), 0, 1), "y") for path in "ab")
    assert preview(Fix("Do it", safe=True, edits=edits)) is None


def test_what_is_changed_in_a_line() -> None:
    assert parts(Preview("a", 1, ("year = 2020,",), ("year = 2021,",))) == (
        (Part("year = 202", "0", ","),),
        (Part("year = 202", "1", ","),),
    )
    assert parts(Preview("a", 1, ("aa",), ("aaa",))) == ((Part("aa", "", ""),), (Part("aa", "a", ""),))
    assert parts(Preview("a", 1, ("x", "y"), ("z",))) == (
        (Part("", "x", ""), Part("", "y", "")),
        (Part("", "z", ""),),
    )
