"""A project's own guides to GRADE, as settings: what they make, and what is said about wrong ones."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.config import Settings, read_settings
from ketreview.model.profile import COCHRANE, PROFILES, UP
from ketreview.model.vocabulary import Design, Domain, Level


def read(text: str) -> Settings:
    settings, faults = read_settings("ketreview.toml", text.encode())
    assert faults == []
    return settings


def said(text: str) -> list[tuple[int, str]]:
    _, faults = read_settings("ketreview.toml", text.encode())
    assert {fault.code.id for fault in faults} <= {"KR012"}
    return [(fault.span.begin.line, fault.message) for fault in faults]


def test_without_settings_the_guide_is_cochranes() -> None:
    assert Settings().profile == "cochrane"
    assert Settings().known_profiles == PROFILES


def test_every_domain_of_a_guide_that_is_built_in_has_a_cap() -> None:
    for profile in PROFILES.values():
        assert set(profile.caps) == set(Domain)
        assert all(level in {Level.HIGH, Level.LOW, Level.VERY_LOW} for level in profile.start.values())
    assert set(Domain) > UP


def test_a_guide_of_ones_own_is_made_from_another() -> None:
    settings = read(
        'profile = "ours"\n[profiles.ours]\nlike = "case_series_low"\nupgrades-beside-downgrades = true\n'
        'start = {post_hoc_analysis = "high"}\ncaps = {imprecision = 1, large_effect = 0}\n'
    )
    ours = settings.known_profiles[settings.profile]
    assert (ours.name, ours.upgrades_beside_downgrades, ours.upgrades_on_randomised) == ("ours", True, False)
    assert ours.start[Design.POST_HOC_ANALYSIS] is Level.HIGH
    assert ours.start[Design.CASE_SERIES] is Level.LOW
    assert (ours.caps[Domain.IMPRECISION], ours.caps[Domain.LARGE_EFFECT]) == (1, 0)
    assert ours.caps[Domain.RISK_OF_BIAS] == COCHRANE.caps[Domain.RISK_OF_BIAS]


def test_a_project_may_choose_a_guide_that_is_built_in() -> None:
    assert read('profile = "robins_i"').profile == "robins_i"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('profile = "cochran"', 1, "one of cochrane, one_level, case_series_low, robins_i, animal"),
        ("profile = 3", 1, "`profile` is `3`"),
        ("profiles = 3", 1, "`profiles` is a table"),
        ("[profiles]\nours = 3", 2, "the profile `ours` is a table"),
        ("[profiles.animal]\ncaps = {}", 1, "`animal` is a profile that is built in"),
        ('[profiles.ours]\nlik = "animal"', 2, "did you mean `like`?"),
        ('[profiles.ours]\nlike = "animals"', 2, "`like` is `animals`; it is one of cochrane"),
        ("[profiles.ours]\nlike = [1]", 2, "`like` is a list or a table"),
        ('[profiles.ours]\nzzz = "animal"', 2, "it has like, start, caps"),
        ("[profiles.ours]\nstart = 3", 2, "`start` of a profile is a table"),
        ('[profiles.ours.start]\ncohorts = "low"', 2, "did you mean `cohort`?"),
        ('[profiles.ours.start]\ncohort = "medium"', 2, "`cohort` starts at `medium`; it starts at one of high, moderate, low, very_low"),
        ('[profiles.ours.start]\ncohort = "no_evidence"', 2, "it starts at one of"),
        ("[profiles.ours.caps]\nimprecision = 4", 2, "the cap of `imprecision` is `4`; it is a number from 0 to 3"),
        ("[profiles.ours.caps]\nimprecision = true", 2, "the cap of `imprecision` is `true`"),
        ("[profiles.ours.caps]\nprecision = 1", 2, "did you mean `imprecision`?"),
        ("[profiles.ours.caps]\nzzzzz = 1", 2, "`zzzzz` is not known in `caps`; it has risk_of_bias"),
        ('[profiles.ours]\nupgrades-on-randomised = "yes"', 2, "`upgrades-on-randomised` is `yes`; it is true or false"),
    ],
)  # fmt: skip
def test_bad_guides_are_located(text: str, line: int, message: str) -> None:
    (found,) = said(text)
    assert found[0] == line
    assert message in found[1]


def test_a_guide_with_a_fault_in_one_place_keeps_the_rest() -> None:
    settings, faults = read_settings(
        "ketreview.toml", b'profile = "ours"\n[profiles.ours.caps]\nimprecision = 9\ninconsistency = 1\n'
    )
    assert [fault.code.id for fault in faults] == ["KR012"]
    assert settings.known_profiles["ours"].caps[Domain.INCONSISTENCY] == 1
    assert settings.known_profiles["ours"].caps[Domain.IMPRECISION] == COCHRANE.caps[Domain.IMPRECISION]


VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(-9, 9), st.sampled_from(['"high"', '"animal"', '""'])),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=4,
)


@given(
    st.sampled_from(["like", "start", "caps", "start.cohort", "caps.imprecision", "x", "upgrades-on-randomised"]),
    VALUES,
)
def test_no_value_raises(key: str, value: object) -> None:
    text = str(value).lower().replace("'", "")
    settings, _ = read_settings("ketreview.toml", f"[profiles.ours]\n{key} = {text}\n".encode())
    assert settings.profile == "cochrane"
