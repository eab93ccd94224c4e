"""What can be said of how much two texts are alike without the library that measures it."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from ketreview.nearest import may_be_alike

WORDS = st.text(alphabet="abcä", max_size=12)


@given(WORDS, WORDS, st.sampled_from([50, 70, 75, 90, 100]))
@example("", "", 100)
@example("walitt", "wallitt", 75)
def test_what_is_alike_may_be(one: str, other: str, percent: int) -> None:
    assert may_be_alike(one, other, percent) or fuzz.ratio(one, other) < percent


def test_most_are_not() -> None:
    assert not may_be_alike("walitt", "pastrak", 75)
    assert not may_be_alike("a short title", "a short title of which more is told behind it", 90)
