"""GRADE levels as published tables have them, computed again; and what holds for every sum."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.grade import LADDER
from ketreview.appraisal.rating_sum import counted, lowest, start_by_design, summed
from ketreview.model.profile import COCHRANE, MOST_RUNGS, PROFILES, UP, Profile
from ketreview.model.vocabulary import Design, Domain, Level

BIAS, INCONSISTENT, INDIRECT = Domain.RISK_OF_BIAS, Domain.INCONSISTENCY, Domain.INDIRECTNESS
IMPRECISE, LARGE, CONFOUNDED = Domain.IMPRECISION, Domain.LARGE_EFFECT, Domain.PLAUSIBLE_CONFOUNDING
TRIALS, OBSERVED = Design.RANDOMISED_TRIAL, Design.COHORT


class Published(NamedTuple):
    """A row of a published table: its source, what it was, the steps as printed, the level as printed."""

    source: str
    outcome: str
    design: Design
    steps: tuple[tuple[Domain, int], ...]
    level: Level


ONTARIO_A11 = "Ontario Health, pharmacogenomic testing in depression, PMC8382305, table A11"
ONTARIO_A8 = "the same, table A8"
RAYNAUD = "PMC11685323, table 6"
BONES = "PMC10924380, table 2"
WELFARE = "J Epidemiol Community Health, jech.bmj.com highwire 181501, table 1"
CLINICAL_EVIDENCE = "BMJ Clinical Evidence, depression, PMC3217759, table 1"
LADDER_TABLE = "the ladder of the Cochrane Handbook, bjsm highwire 110605, table 1"

PUBLISHED = [
    Published(ONTARIO_A11, "response, HAM-D17, trials", TRIALS, ((BIAS, -2),), Level.LOW),
    Published(ONTARIO_A11, "response, HAM-D17, observed", OBSERVED, ((BIAS, -1), (IMPRECISE, -1)), Level.VERY_LOW),
    Published(ONTARIO_A11, "response, QIDS-C16, trials", TRIALS, ((BIAS, -2), (IMPRECISE, -1)), Level.VERY_LOW),
    Published(ONTARIO_A11, "response, PHQ-9, trials", TRIALS, ((BIAS, -2),), Level.LOW),
    Published(ONTARIO_A8, "HAM-D17", TRIALS, ((BIAS, -1), (IMPRECISE, -1)), Level.LOW),
    Published(ONTARIO_A8, "PHQ-9", TRIALS, ((BIAS, -2), (IMPRECISE, -1)), Level.VERY_LOW),
    Published(ONTARIO_A8, "CGI severity", TRIALS, ((BIAS, -1), (IMPRECISE, -1)), Level.LOW),
    Published(RAYNAUD, "severity", TRIALS, ((BIAS, -2),), Level.LOW),
    Published(RAYNAUD, "frequency", TRIALS, ((BIAS, -1),), Level.MODERATE),
    Published(RAYNAUD, "duration", TRIALS, ((BIAS, -1), (IMPRECISE, -1)), Level.LOW),
    Published(BONES, "osteoporosis", OBSERVED, ((INCONSISTENT, -2),), Level.VERY_LOW),
    Published(WELFARE, "all-cause mortality", OBSERVED, ((BIAS, -1), (INCONSISTENT, -1)), Level.VERY_LOW),
    Published(WELFARE, "mental health symptoms", OBSERVED, ((BIAS, -1),), Level.VERY_LOW),
    Published(CLINICAL_EVIDENCE, "antidepressants against placebo", TRIALS, ((INDIRECT, -1),), Level.MODERATE),
    Published(CLINICAL_EVIDENCE, "in older adults", TRIALS, ((BIAS, -1), (INDIRECT, -2)), Level.VERY_LOW),
    Published(CLINICAL_EVIDENCE, "tricyclics", TRIALS, ((INCONSISTENT, -1), (INDIRECT, -1)), Level.LOW),
    Published(LADDER_TABLE, "double-upgraded observational", OBSERVED, ((LARGE, 2),), Level.HIGH),
    Published(LADDER_TABLE, "triple-downgraded trials", TRIALS, ((BIAS, -1), (IMPRECISE, -2)), Level.VERY_LOW),
    Published(LADDER_TABLE, "case series", Design.CASE_SERIES, (), Level.VERY_LOW),
]


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: f"{row.source}: {row.outcome}")
def test_a_published_level_is_the_sum_of_its_steps(row: Published) -> None:
    start = start_by_design([row.design], COCHRANE)
    assert start is not None
    found = summed(start, row.steps, COCHRANE)
    assert found is not None
    assert found.level is row.level


def test_a_published_table_that_breaks_its_own_rule() -> None:
    """PMC11548003, table 4: cohort studies, serious risk of bias, serious inconsistency, printed as low.

    From where observational evidence starts that is very low. It is low only if they start high, which the table does
    not say.
    """
    steps = ((BIAS, -1), (INCONSISTENT, -1))
    levels = {}
    for name in ("cochrane", "robins_i"):
        start = start_by_design([OBSERVED], PROFILES[name])
        assert start is not None
        found = summed(start, steps, PROFILES[name])
        assert found is not None
        levels[name] = found.level
    assert levels == {"cochrane": Level.VERY_LOW, "robins_i": Level.LOW}


def test_a_published_table_that_raises_beside_a_step_down() -> None:
    """PMC9138061, table 3: observational, serious imprecision, raised for plausible confounding, printed as low.

    The sum is right; that it was raised at all is what KR504 reports.
    """
    found = summed(Level.LOW, ((IMPRECISE, -1), (CONFOUNDED, 1)), COCHRANE)
    assert found is not None
    assert found.level is Level.LOW
    assert not COCHRANE.upgrades_beside_downgrades


def test_guides_differ() -> None:
    series = {name: start_by_design([Design.CASE_SERIES], profile) for name, profile in PROFILES.items()}
    assert series == {
        "cochrane": Level.VERY_LOW,
        "one_level": Level.VERY_LOW,
        "case_series_low": Level.LOW,
        "robins_i": Level.VERY_LOW,
        "animal": None,
    }
    assert start_by_design([Design.ANIMAL_EXPERIMENT], PROFILES["animal"]) is Level.HIGH
    assert start_by_design([Design.ANIMAL_EXPERIMENT], COCHRANE) is None
    two = summed(Level.HIGH, [(IMPRECISE, -2)], PROFILES["one_level"])
    assert two is not None
    assert (two.level, two.moves[0].counted) == (Level.MODERATE, -1)


def test_a_body_of_several_designs_starts_where_all_of_them_do() -> None:
    assert start_by_design([Design.COHORT, Design.CASE_CONTROL], COCHRANE) is Level.LOW
    assert start_by_design([Design.COHORT, Design.RANDOMISED_TRIAL], COCHRANE) is None
    assert start_by_design([Design.RANDOMISED_TRIAL, Design.SYSTEMATIC_REVIEW], COCHRANE) is None
    assert start_by_design([], COCHRANE) is None


def test_a_cap_holds_for_a_domain_and_not_for_a_step() -> None:
    assert [move.counted for move in counted([(BIAS, -1), (BIAS, -1), (BIAS, -1)], COCHRANE)] == [-1, -1, 0]


def test_a_domain_moves_in_its_own_direction_alone() -> None:
    assert [move.counted for move in counted([(BIAS, 2), (LARGE, -2), (LARGE, 1)], COCHRANE)] == [0, 0, 1]


def test_a_guide_without_a_cap_lets_a_domain_go_three_rungs() -> None:
    bare = Profile("bare", {})
    assert [move.counted for move in counted([(BIAS, -3), (BIAS, -1)], bare)] == [-3, 0]


def test_beyond_says_how_far_the_sum_passed_the_end() -> None:
    for start, step, beyond in ((Level.LOW, (BIAS, -2), -1), (Level.HIGH, (LARGE, 2), 2), (Level.HIGH, (BIAS, -1), 0)):
        found = summed(start, [step], COCHRANE)
        assert found is not None
        assert found.beyond == beyond


def test_what_is_no_rung_starts_no_sum() -> None:
    assert summed(Level.NO_EVIDENCE, [], COCHRANE) is None


def test_the_lowest() -> None:
    assert lowest([Level.HIGH, Level.NO_EVIDENCE, Level.LOW, Level.MODERATE]) is Level.LOW
    assert lowest([Level.NO_EVIDENCE]) is None
    assert lowest([]) is None


domains = st.sampled_from(Domain)
steps = st.lists(st.tuples(domains, st.integers(-3, 2)), max_size=8)
rungs = st.sampled_from(LADDER)
profiles = st.one_of(
    st.sampled_from([*PROFILES.values()]),
    st.builds(
        Profile,
        st.just("any"),
        st.dictionaries(st.sampled_from(Design), rungs),
        st.dictionaries(domains, st.integers(0, MOST_RUNGS)),
        st.booleans(),
        st.booleans(),
    ),
)


def level(start: Level, taken: list[tuple[Domain, int]], profile: Profile) -> Level:
    found = summed(start, taken, profile)
    assert found is not None
    return found.level


@given(rungs, steps, profiles)
def test_the_level_is_always_on_the_ladder(start: Level, taken: list[tuple[Domain, int]], profile: Profile) -> None:
    assert level(start, taken, profile) in LADDER


@given(rungs, steps, domains, st.integers(-3, -1), profiles)
def test_one_more_step_down_never_raises_a_level(
    start: Level, taken: list[tuple[Domain, int]], domain: Domain, by: int, profile: Profile
) -> None:
    before, after = level(start, taken, profile), level(start, [*taken, (domain, by)], profile)
    assert LADDER.index(after) <= LADDER.index(before)


@given(rungs, steps, profiles)
def test_the_order_of_steps_is_of_no_account(start: Level, taken: list[tuple[Domain, int]], profile: Profile) -> None:
    assert level(start, taken, profile) is level(start, taken[::-1], profile)


@given(steps, profiles)
def test_no_domain_counts_for_more_than_its_cap(taken: list[tuple[Domain, int]], profile: Profile) -> None:
    moves = counted(taken, profile)
    for domain in Domain:
        total = sum(move.counted for move in moves if move.domain is domain)
        assert abs(total) <= profile.caps.get(domain, MOST_RUNGS)
        assert total * (1 if domain in UP else -1) >= 0
