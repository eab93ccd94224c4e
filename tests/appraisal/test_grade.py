from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.grade import DEFAULT_CROSSWALK, LADDER, LEVELS, computed, level_of
from ketreview.model.vocabulary import Level, Scale

steps = st.lists(st.integers(-3, 2), max_size=8)
rungs = st.sampled_from(LADDER)


@pytest.mark.parametrize(
    ("start", "taken", "level"),
    [
        (Level.HIGH, [], Level.HIGH),
        (Level.HIGH, [-1], Level.MODERATE),
        (Level.HIGH, [-1, -1], Level.LOW),
        (Level.HIGH, [-3], Level.VERY_LOW),
        (Level.HIGH, [-3, -2], Level.VERY_LOW),
        (Level.LOW, [-1], Level.VERY_LOW),
        (Level.LOW, [2], Level.HIGH),
        (Level.LOW, [2, 1], Level.HIGH),
        (Level.MODERATE, [-1, 1], Level.MODERATE),
        (Level.NO_EVIDENCE, [1], None),
        (Level.UNASSESSED, [], None),
    ],
)
def test_start_plus_steps(start: Level, taken: list[int], level: Level | None) -> None:
    assert computed(start, taken) == level


@given(rungs, steps)
def test_the_order_of_steps_is_of_no_account(start: Level, taken: list[int]) -> None:
    assert computed(start, taken) == computed(start, sorted(taken)) in LADDER


@given(rungs, steps)
def test_a_step_down_never_raises_a_level(start: Level, taken: list[int]) -> None:
    before, after = computed(start, taken), computed(start, [*taken, -1])
    assert before is not None
    assert after is not None
    assert LADDER.index(after) <= LADDER.index(before)


@pytest.mark.parametrize(
    ("word", "scale", "level"),
    [
        ("MEDIUM", Scale.GRADE, Level.MODERATE),
        ("Medium", Scale.PLAUSIBILITY, Level.MODERATE),
        ("VERY LOW", Scale.GRADE, Level.VERY_LOW),
        ("very_low", Scale.GRADE, Level.VERY_LOW),
        ("Very-Low", Scale.GRADE, Level.VERY_LOW),
        (" very  low ", Scale.GRADE, Level.VERY_LOW),
        ("Low certainty", Scale.GRADE, Level.LOW),
        ("moderate quality of the evidence", Scale.GRADE, Level.MODERATE),
        ("VERY LOW", Scale.PLAUSIBILITY, None),
        ("Medium-High", Scale.GRADE, None),
        ("low to moderate", Scale.GRADE, None),
        ("insufficient", Scale.GRADE, None),
        ("no evidence", Scale.GRADE, Level.NO_EVIDENCE),
        ("Not assessed", Scale.FEASIBILITY, Level.UNASSESSED),
        ("", Scale.GRADE, None),
    ],
)
def test_words(word: str, scale: Scale, level: Level | None) -> None:
    assert level_of(word, scale, {}) == level


def test_the_projects_own_words_go_first() -> None:
    crosswalk = {"medium-high": Level.MODERATE, "low": Level.VERY_LOW}
    assert level_of("Medium-High", Scale.GRADE, crosswalk) == Level.MODERATE
    assert level_of("LOW", Scale.GRADE, crosswalk) == Level.VERY_LOW
    assert level_of("LOW", Scale.FEASIBILITY, crosswalk) is None


@given(st.sampled_from(sorted(DEFAULT_CROSSWALK)), st.sampled_from(Scale))
def test_case_is_of_no_account(word: str, scale: Scale) -> None:
    assert level_of(word, scale, {}) == level_of(word.upper(), scale, {}) == level_of(word.title(), scale, {})


@given(st.sampled_from(Scale))
def test_each_level_is_a_word_of_its_scale(scale: Scale) -> None:
    assert all(level_of(level, scale, {}) == level for level in LEVELS[scale])
