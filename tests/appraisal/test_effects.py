from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.effects import risk_with_intervention
from ketreview.model.vocabulary import Measure


@pytest.mark.parametrize(
    ("measure", "effect", "control", "risk"),
    [
        (Measure.RISK_RATIO, 0.5, 200, 100),
        (Measure.RISK_RATIO, 10, 200, 1000),
        (Measure.ODDS_RATIO, 2, 500, 666.67),
        (Measure.ODDS_RATIO, 3, 0, 0),
        (Measure.ODDS_RATIO, 0.1, 1000, 1000),
        (Measure.RISK_DIFFERENCE, 14.2, 412, 554),
        (Measure.RISK_DIFFERENCE, -50, 412, 0),
        (Measure.MEAN_DIFFERENCE, 3, 412, None),
        (Measure.HAZARD_RATIO, 3, 412, None),
    ],
)
def test_risk_with_intervention(measure: Measure, effect: float, control: float, risk: float | None) -> None:
    assert risk_with_intervention(measure, effect, control) == (None if risk is None else pytest.approx(risk, abs=0.01))


@given(st.sampled_from(Measure), st.floats(0.01, 100), st.floats(0, 1000))
def test_a_risk_is_a_share_of_a_thousand(measure: Measure, effect: float, control: float) -> None:
    risk = risk_with_intervention(measure, effect, control)
    assert risk is None or 0 <= risk <= 1000


@given(st.sampled_from([Measure.RISK_RATIO, Measure.ODDS_RATIO]), st.floats(0, 1000))
def test_a_ratio_of_one_changes_nothing(measure: Measure, control: float) -> None:
    assert risk_with_intervention(measure, 1, control) == pytest.approx(control)
