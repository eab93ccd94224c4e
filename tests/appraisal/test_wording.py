from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.wording import exceeding
from tests.hanging import no_hang


def words(text: str) -> list[str]:
    return [excess.words for excess in exceeding(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ketamine reduces pain.", ["reduces"]),
        ("Ketamine is proven. It may help. It cures the disease.", ["proven", "cures"]),
        ("It probably improves sleep.", ["probably improves"]),
        ("It is highly effective.", ["is highly effective"]),
        ("The effect is demonstrated; nothing else is.", ["demonstrated"]),
        ("Two trials prove it.", ["prove"]),
        ("It undoubtedly helps.", ["undoubtedly"]),
        ("It increases remission.", ["increases"]),
        ("It decreases the dose.", ["decreases"]),
    ],
)
def test_what_is_too_much(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Ketamine may reduce pain.", "It is unproven.", "It has never been proven.", "No study demonstrates it.",
        "In rats it reduces immobility.", "Whether it reduces pain is unclear.", "A trial showed that it lowers pain.",
        "Price increases of 10 %.", "Three causes are named.", "“Ketamine is proven.” is what it prints.",
        'The page prints "Ketamine reduces pain" as its title.', "Proverbs", "It improved.", "the approved dose",
        "It isn't proven.", "Ketamine is said to be proven.", "Improvements, reductions and increases.", "",
        "It is plausible rather than proven.", "A drug that reduces pain is wanted.",
        "Prediction: it lowers the score.",
    ],
)  # fmt: skip
def test_what_passes(text: str) -> None:
    assert words(text) == []


def test_the_place_is_that_in_the_whole_text() -> None:
    text = "It may help. “It is proven.” In short, ketamine reduces pain."
    (excess,) = exceeding(text)
    assert text[excess.start :].startswith("reduces pain")
    assert not excess.proven


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    for excess in exceeding(text):
        assert text[excess.start : excess.start + len(excess.words)] == excess.words


@pytest.mark.parametrize(
    "text", ["“" * 100_000, "reduces " * 20_000, "‘a" * 50_000, ". A" * 40_000, "increases the " * 9_000]
)
def test_hostile_texts_end_soon(text: str) -> None:
    with no_hang():
        words(text)
