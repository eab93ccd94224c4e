"""Accounts of one study, mechanisms, words and values that contradict each other, and those that do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.certainty_values import certainties_differ
from ketreview.appraisal.mechanisms import are_kin, effect_kind, kinds_exclude, named_things, one_site, strength
from ketreview.appraisal.one_study import counts_differ, dates_differ, designs_differ, species_differ
from ketreview.appraisal.settledness import is_open, settled_words
from ketreview.model.claim import Mechanism
from ketreview.model.partial_date import PartialDate
from ketreview.model.vocabulary import Action, Design, EffectDirection, Level, Species


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (Design.COHORT, Design.COHORT, False),
        (Design.COHORT, Design.CASE_SERIES, True),
        (Design.RANDOMISED_TRIAL, Design.POST_HOC_ANALYSIS, True),
        (Design.META_ANALYSIS, Design.SYSTEMATIC_REVIEW, False),
        (Design.META_ANALYSIS, Design.NARRATIVE_REVIEW, True),
        (Design.UNKNOWN, Design.COHORT, False),
        (Design.WEB_PAGE, Design.GUIDELINE, False),
        (Design.OTHER, Design.COHORT, False),
    ],
)
def test_designs(one: Design, other: Design, differ: bool) -> None:
    assert designs_differ(one, other) is differ
    assert designs_differ(other, one) is differ


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (Species.MOUSE, Species.RAT, True),
        (Species.MOUSE, Species.RODENT, False),
        (Species.RAT, Species.ANIMAL, False),
        (Species.RODENT, Species.ANIMAL, False),
        (Species.HUMAN, Species.MOUSE, True),
        (Species.HUMAN, Species.CELLS, True),
        (Species.MOUSE, Species.CELLS, False),
        (Species.HUMAN, Species.MIXED, False),
        (Species.HUMAN, Species.NOT_STATED, False),
        (Species.HUMAN, None, False),
        (Species.HUMAN, Species.HUMAN, False),
    ],
)
def test_species(one: Species, other: Species | None, differ: bool) -> None:
    assert species_differ(one, other) is differ
    assert species_differ(other, one) is differ


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("2018", "2019", False),
        ("2018", "2020", False),
        ("2018", "2021", True),
        ("2018-02", "2019-04", True),
        ("2018-02-20", "2019-01", False),
        ("2018", "2018-05-01", False),
        ("2015", "2018-02", True),
    ],
)
def test_dates(one: str, other: str, differ: bool) -> None:
    dates = PartialDate.parse(one), PartialDate.parse(other)
    assert dates_differ(*dates) is differ
    assert dates_differ(*dates[::-1]) is differ
    assert not dates_differ(dates[0], None)
    assert not dates_differ(None, dates[0])


def test_counts() -> None:
    assert counts_differ(0, 1)
    assert not counts_differ(1, 1)
    assert not counts_differ(None, 1)
    assert not counts_differ(1, None)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("0.7", "0.70", False),
        ("0.7", "0.75", True),
        ("70", "0.7", False),
        ("70", "75", True),
        (".5", "0.6", True),
        ("Medium", "moderate", False),
        ("Medium", "LOW", True),
        ("Medium", "0.2", False),
        ("Medium-High", "Low", False),
        ("grade b", "low", True),
        ("", "low", False),
    ],
)
def test_certainties(one: str, other: str, differ: bool) -> None:
    crosswalk = {"grade b": Level.MODERATE}
    assert certainties_differ(one, other, crosswalk) is differ
    assert certainties_differ(other, one, crosswalk) is differ


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mu-opioid receptors", "mu opioid"),
        ("the μ-opioid receptor", "mu opioid"),
        ("NMDA receptor", "nmda"),
        ("Antidepressant-like effect of ketamine", "antidepressant ketamine"),
        ("antidepressant effects of ketamine", "antidepressant ketamine"),
        ("5-HT2A and D2 receptors", "ht2a d2"),
        ("receptors", ""),
        ("", ""),
    ],
)
def test_what_a_name_names(text: str, expected: str) -> None:
    assert named_things(text) == frozenset(expected.split())


def mechanism(target: str, site: str = "") -> Mechanism:
    return Mechanism(target=target, site=site, action=Action.AGONIST)


def test_targets_and_sites() -> None:
    opioid, mu = mechanism("opioid receptors"), mechanism("mu-opioid receptor")
    assert are_kin(opioid, mu)
    assert not are_kin(mechanism("AMPA receptor"), mechanism("NMDA receptor"))
    assert not are_kin(mechanism("receptors"), mechanism("receptors"))
    assert one_site(mechanism("a", site="cortex"), mechanism("a"))
    assert one_site(mechanism("a", site="the cortex"), mechanism("a", site="Cortex"))
    assert not one_site(mechanism("mu", site="cortex"), mechanism("mu", site="midbrain"))


@pytest.mark.parametrize(
    ("one", "other", "exclude"),
    [
        ("agonist increases", "agonist decreases", True),
        ("agonist increases", "activator blocks", True),
        ("agonist restores", "agonist no_change", True),
        ("antagonist decreases", "channel_blocker no_change", True),
        ("antagonist blocks", "inhibitor decreases", False),
        ("agonist increases", "antagonist decreases", False),
        ("agonist increases", "agonist restores", False),
        ("agonist required_for", "agonist not_required_for", True),
        ("agonist required_for", "agonist increases", False),
        ("agonist unclear", "agonist decreases", False),
        ("modulator increases", "modulator decreases", True),
        ("modulator increases", "none decreases", False),
    ],
)
def test_mechanisms_that_exclude_each_other(one: str, other: str, exclude: bool) -> None:
    (action, effect), (other_action, other_effect) = one.split(), other.split()
    same = strength(Action(action)) == strength(Action(other_action))
    kinds = effect_kind(EffectDirection(effect)), effect_kind(EffectDirection(other_effect))
    assert (same and kinds_exclude(*kinds)) is exclude
    assert kinds_exclude(*kinds) is kinds_exclude(*kinds[::-1])


def test_no_effect_excludes_itself_and_none_excludes_nothing() -> None:
    assert effect_kind(None) == ""
    for one in EffectDirection:
        assert not kinds_exclude(effect_kind(one), effect_kind(one))
        assert not kinds_exclude("", effect_kind(one))


@pytest.mark.parametrize(
    "statement",
    [
        "It may help",
        "Whether it helps is disputed",
        "It helped in one trial but not in another",
        "Studies suggest relief",
        "The finding is contested",
        "The source calls it a breakthrough",
        "Die Wirkung ist umstritten",
        "L'effet est controversé",
        "Results were inconsistent",
    ],
)
def test_statements_that_leave_it_open(statement: str) -> None:
    assert is_open(statement)


@pytest.mark.parametrize(
    "statement", ["It relieves pain", "Ketamine blocks the receptor", "Mayonnaise helps", "It canters"]
)
def test_statements_that_do_not(statement: str) -> None:
    assert not is_open(statement)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("Its effect is well established", "well established"),
        ("The effect has been proven", "been proven"),
        ("This proves it", "proves"),
        ("It is settled", "is settled"),
        ("Undoubtedly it works", "Undoubtedly"),
        ("It works beyond any doubt", "beyond any doubt"),
        ("It has not been proven", ""),
        ("Whether it is established is open", ""),
        ("The clinic was established in 1962", ""),
        ("It works in certain people", ""),
        ("Not so. It is proven", "is proven"),
        ("It is a proven-record holder", ""),
        ("An established treatment", ""),
    ],
)
def test_words_that_settle(statement: str, words: str) -> None:
    assert settled_words(statement) == words


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    assert settled_words(text) in {"", *[text[i : i + len(settled_words(text))] for i in range(len(text))]}
    assert is_open(text) in {True, False}
    assert named_things(text) == named_things(text.upper()) or not text.isascii()


def test_long_statements_do_not_hang() -> None:
    assert settled_words("is well " * 20_000) == ""
    assert settled_words("not " * 20_000 + "is proven " * 20) == ""
    assert not is_open("x" * 100_000)
    assert len(named_things("a-b " * 50_000)) == 1
