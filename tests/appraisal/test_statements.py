"""Findings in the words of GRADE 26, as the ACIP GRADE handbook prints them in its table 16."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.statements import Told, direction, favours, statement
from ketreview.appraisal.wording import exceeding
from ketreview.model.vocabulary import Desired, EffectSize, Level, Measure, OutcomeKind

TOLD = Told("X", "the outcome", "Y")


@pytest.mark.parametrize(
    ("level", "towards", "size", "said"),
    [
        (Level.HIGH, -1, EffectSize.LARGE, "X results in a large reduction in the outcome compared with Y."),
        (Level.HIGH, 1, EffectSize.MODERATE, "X increases the outcome compared with Y."),
        (Level.HIGH, 1, EffectSize.SMALL, "X increases the outcome slightly compared with Y."),
        (Level.HIGH, 0, EffectSize.TRIVIAL, "X results in little to no difference in the outcome compared with Y."),
        (
            Level.MODERATE,
            -1,
            EffectSize.LARGE,
            "X probably results in a large reduction in the outcome compared with Y.",
        ),
        (Level.MODERATE, -1, None, "X probably reduces the outcome compared with Y."),
        (Level.MODERATE, -1, EffectSize.SMALL, "X probably reduces the outcome slightly compared with Y."),
        (Level.LOW, 1, EffectSize.LARGE, "X may result in a large increase in the outcome compared with Y."),
        (Level.LOW, 1, EffectSize.MODERATE, "X may increase the outcome compared with Y."),
        (Level.LOW, 0, EffectSize.TRIVIAL, "X may result in little to no difference in the outcome compared with Y."),
        (
            Level.VERY_LOW,
            -1,
            EffectSize.SMALL,
            "X may reduce the outcome slightly compared with Y, but the evidence is very uncertain.",
        ),
        (
            Level.VERY_LOW,
            None,
            None,
            "The evidence is very uncertain about the effect of X on the outcome compared with Y.",
        ),
        (Level.LOW, None, None, ""),
        (Level.NO_EVIDENCE, 1, EffectSize.LARGE, ""),
        (Level.LEVEL_1, 1, EffectSize.LARGE, ""),
    ],
)
def test_statements(level: Level, towards: int | None, size: EffectSize | None, said: str) -> None:
    assert statement(level, TOLD, towards, size) == said


def test_without_a_comparator() -> None:
    assert statement(Level.LOW, Told("ketamine", "response"), 1, None) == "Ketamine may increase response."


@pytest.mark.parametrize(
    ("measure", "estimate", "interval", "size", "found"),
    [
        (Measure.RISK_RATIO, 1.3, (1.1, 1.6), None, 1),
        (Measure.RISK_RATIO, 0.7, (0.5, 0.9), None, -1),
        (Measure.RISK_RATIO, 1.3, (0.9, 1.6), None, None),
        (Measure.RISK_RATIO, 1.3, (), None, None),
        (Measure.RISK_RATIO, 1.3, (0.9, 1.6), EffectSize.SMALL, 1),
        (Measure.RISK_RATIO, 1.3, (), EffectSize.TRIVIAL, 0),
        (Measure.HAZARD_RATIO, 1.0, (), EffectSize.SMALL, 0),
        (Measure.MEAN_DIFFERENCE, -3, (-5, -1), None, -1),
        (Measure.MEAN_DIFFERENCE, -3, (-1, -5), None, -1),
        (Measure.OTHER, -3, (-5, -1), EffectSize.LARGE, None),
    ],
)
def test_directions(
    measure: Measure, estimate: float, interval: tuple[float, ...], size: EffectSize | None, found: int | None
) -> None:
    assert direction(measure, estimate, interval, size) == found


@pytest.mark.parametrize(
    ("towards", "measure", "kind", "desired", "found"),
    [
        (1, Measure.RISK_RATIO, OutcomeKind.BENEFIT, Desired.HIGHER, "intervention"),
        (-1, Measure.RISK_RATIO, OutcomeKind.BENEFIT, Desired.HIGHER, "comparator"),
        (-1, Measure.MEAN_DIFFERENCE, OutcomeKind.BENEFIT, Desired.LOWER, "intervention"),
        (-1, Measure.RISK_RATIO, OutcomeKind.HARM, None, "intervention"),
        (1, Measure.RISK_RATIO, OutcomeKind.HARM, None, "comparator"),
        (1, Measure.MEAN_DIFFERENCE, OutcomeKind.HARM, None, ""),
        (1, Measure.RISK_RATIO, OutcomeKind.BENEFIT, None, ""),
        (0, Measure.RISK_RATIO, OutcomeKind.HARM, Desired.LOWER, ""),
        (None, Measure.RISK_RATIO, OutcomeKind.HARM, Desired.LOWER, ""),
    ],
)
def test_whom_a_finding_favours(
    towards: int | None, measure: Measure, kind: OutcomeKind, desired: Desired | None, found: str
) -> None:
    assert favours(towards, measure, kind, desired) == found


@given(
    st.sampled_from([Level.LOW, Level.VERY_LOW]),
    st.sampled_from([-1, 0, 1, None]),
    st.sampled_from([*EffectSize, None]),
)
def test_what_is_generated_says_no_more_than_its_level(
    level: Level, towards: int | None, size: EffectSize | None
) -> None:
    assert list(exceeding(statement(level, Told("Ketamine", "fatigue", "placebo"), towards, size))) == []
