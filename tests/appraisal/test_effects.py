from __future__ import annotations

from math import inf, nan

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ketreview.appraisal.effects import as_float, effect_from_risks, no_effect, risk_with_intervention
from ketreview.model.vocabulary import Measure

RATIOS = [Measure.RISK_RATIO, Measure.ODDS_RATIO, Measure.HAZARD_RATIO]


@pytest.mark.parametrize(
    ("measure", "effect", "control", "risk"),
    [
        (Measure.RISK_RATIO, 0.5, 200, 100),
        (Measure.RISK_RATIO, 10, 200, 1000),
        (Measure.RISK_RATIO, -1, 200, 0),
        (Measure.ODDS_RATIO, 2, 500, 666.67),
        (Measure.ODDS_RATIO, 3, 0, 0),
        (Measure.ODDS_RATIO, 0.1, 1000, 1000),
        (Measure.RISK_DIFFERENCE, 14.2, 412, 554),
        (Measure.RISK_DIFFERENCE, -50, 412, 0),
        (Measure.HAZARD_RATIO, 2, 500, 750),
        (Measure.HAZARD_RATIO, 0.5, 1000, 1000),
        (Measure.HAZARD_RATIO, 0, 400, 0),
        (Measure.RISK_RATIO, inf, 10, 1000),
        (Measure.HAZARD_RATIO, inf, 0, 0),
        (Measure.ODDS_RATIO, 10**400, 10, 1000),
        (Measure.RISK_DIFFERENCE, -(10**400), 10, 0),
        (Measure.RISK_RATIO, nan, 10, None),
        (Measure.MEAN_DIFFERENCE, 3, 412, None),
        (Measure.OTHER, 3, 412, None),
    ],
)
def test_risk_with_intervention(measure: Measure, effect: float, control: float, risk: float | None) -> None:
    assert risk_with_intervention(measure, effect, control) == (None if risk is None else pytest.approx(risk, abs=0.01))


def test_the_examples_of_the_grade_handbook() -> None:
    """RR 0.83 at 400 per 1000 makes 68 fewer; OR 0.64 at 256 per 1000 makes 77 fewer, with the RR rounded to 0.70."""
    fewer = 400 - (risk_with_intervention(Measure.RISK_RATIO, 0.83, 400) or 0)
    assert fewer == pytest.approx(68)
    risk = risk_with_intervention(Measure.ODDS_RATIO, 0.64, 256) or 0
    assert risk / 256 == pytest.approx(0.70, abs=0.005)
    assert 256 - risk == pytest.approx(77, abs=1.5)


def test_an_example_of_the_consumers_and_communication_group() -> None:
    """Petrosino 2013 as rcatlord/reviewing works it out: 98 of 358, OR 1.68 (1.20 to 2.36), 311 to 471 per 1000."""
    control = 1000 * 98 / 358
    low, high = (risk_with_intervention(Measure.ODDS_RATIO, ratio, control) or 0 for ratio in (1.20, 2.36))
    assert (round(low), round(high)) == (311, 471)


@given(st.sampled_from(Measure), st.floats(0.01, 100), st.floats(0, 1000))
def test_a_risk_is_a_share_of_a_thousand(measure: Measure, effect: float, control: float) -> None:
    risk = risk_with_intervention(measure, effect, control)
    assert risk is None or 0 <= risk <= 1000


@given(st.sampled_from(Measure), st.floats(allow_nan=True), st.floats(0, 1000))
@example(Measure.ODDS_RATIO, 0.0, 1000.0)
def test_no_number_is_too_much(measure: Measure, effect: float, control: float) -> None:
    risk = risk_with_intervention(measure, effect, control)
    assert risk is None or 0 <= risk <= 1000


@given(st.sampled_from(RATIOS), st.floats(0, 1000))
def test_a_ratio_of_one_changes_nothing(measure: Measure, control: float) -> None:
    assert risk_with_intervention(measure, 1, control) == pytest.approx(control)


@given(st.sampled_from([*RATIOS, Measure.RISK_DIFFERENCE]), st.floats(1, 999), st.floats(1, 998))
def test_risks_give_the_effect_that_gives_them_back(measure: Measure, control: float, intervention: float) -> None:
    effect = effect_from_risks(measure, intervention, control)
    assert effect is not None
    assert risk_with_intervention(measure, effect, control) == pytest.approx(intervention, rel=1e-6)


@given(st.sampled_from(RATIOS), st.floats(0.2, 5), st.floats(5, 150))
def test_an_effect_comes_back_from_the_risks_that_it_makes(measure: Measure, effect: float, control: float) -> None:
    risk = risk_with_intervention(measure, effect, control)
    assert risk is not None
    assert effect_from_risks(measure, risk, control) == pytest.approx(effect, rel=1e-6)


@pytest.mark.parametrize(
    ("measure", "intervention", "control"),
    [
        (Measure.RISK_RATIO, 10, 0),
        (Measure.ODDS_RATIO, 1000, 10),
        (Measure.ODDS_RATIO, 10, 1000),
        (Measure.HAZARD_RATIO, -1, 10),
        (Measure.MEAN_DIFFERENCE, 10, 10),
    ],
)
def test_where_risks_give_no_effect(measure: Measure, intervention: float, control: float) -> None:
    assert effect_from_risks(measure, intervention, control) is None


def test_where_there_is_no_effect() -> None:
    assert {no_effect(measure) for measure in RATIOS} == {1.0}
    assert no_effect(Measure.MEAN_DIFFERENCE) == 0.0
    assert no_effect(Measure.PROPORTION) is None


def test_whole_numbers_beyond_floats() -> None:
    assert as_float(10**400) == inf
    assert as_float(-(10**400)) == -inf
    assert as_float(3) == 3.0
