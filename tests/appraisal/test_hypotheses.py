"""The scenarios of the CONSORT extension's figure 1, and the sentences that tell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.hypotheses import Verdict, is_margin, verdict
from ketreview.appraisal.statements import Asked, Told, better_where, statement
from ketreview.appraisal.wording import exceeding
from ketreview.model.vocabulary import Desired, EffectSize, HypothesisKind, Level, Measure, OutcomeKind

NONINFERIORITY, EQUIVALENCE = HypothesisKind.NONINFERIORITY, HypothesisKind.EQUIVALENCE
RD, RR = Measure.RISK_DIFFERENCE, Measure.RISK_RATIO
SHOWN, WITHIN, NOT_SHOWN = Verdict.SHOWN, Verdict.WORSE_WITHIN_MARGIN, Verdict.NOT_SHOWN
TOLD = Told("X", "the outcome", "Y")
MARGIN = "-10 percentage points"


@pytest.mark.parametrize(
    ("interval", "found"),
    [
        pytest.param((3.9, 24.2), SHOWN, id="A: better, as in ELEKT-D (10.1056/NEJMoa2302399)"),
        pytest.param((-4, 8), SHOWN, id="B"),
        pytest.param((-8, 0), SHOWN, id="C: it reaches no effect"),
        pytest.param((-8, -2), WITHIN, id="D: worse, within the margin"),
        pytest.param((-14, 6), NOT_SHOWN, id="E"),
        pytest.param((-10, 6), NOT_SHOWN, id="F: it reaches the margin"),
        pytest.param((-30, -2), None, id="G: worse, how much is open; KetECT without the margin that it had"),
        pytest.param((-30, -12), None, id="H: inferior"),
    ],
)
def test_noninferiority_by_a_margin_of_ten_points(interval: tuple[float, float], found: Verdict | None) -> None:
    assert verdict(NONINFERIORITY, RD, -10, interval) is found
    mirrored = -interval[1], -interval[0]
    assert verdict(NONINFERIORITY, RD, 10, mirrored) is found


@pytest.mark.parametrize(
    ("measure", "margin", "interval", "found"),
    [
        (RR, 1.25, (0.9, 1.2), SHOWN),
        (RR, 1.25, (1.05, 1.2), WITHIN),
        (RR, 1.25, (0.9, 1.3), NOT_SHOWN),
        (RR, 1.25, (1.3, 1.6), None),
        (RR, 0.8, (0.9, 1.3), SHOWN),
        (Measure.HAZARD_RATIO, 0.8, (0.7, 1.3), NOT_SHOWN),
        (Measure.MEAN_DIFFERENCE, 10**400, (-1, 1), SHOWN),
    ],
)
def test_noninferiority_of_other_measures(
    measure: Measure, margin: float, interval: tuple[float, float], found: Verdict | None
) -> None:
    assert verdict(NONINFERIORITY, measure, margin, interval) is found


@pytest.mark.parametrize(
    ("measure", "margin", "interval", "found"),
    [
        (RD, 10, (-8, 9), SHOWN),
        (RD, -10, (-8, 9), SHOWN),
        (RD, 10, (2, 9), SHOWN),
        (RD, 10, (-8, 10), NOT_SHOWN),
        (RD, 10, (2, 12), None),
        (RR, 1.25, (0.81, 1.2), SHOWN),
        (RR, 0.8, (0.81, 1.2), SHOWN),
        (RR, 0.8, (0.79, 1.2), NOT_SHOWN),
    ],
)
def test_equivalence(measure: Measure, margin: float, interval: tuple[float, float], found: Verdict | None) -> None:
    assert verdict(EQUIVALENCE, measure, margin, interval) is found


@pytest.mark.parametrize(
    ("kind", "measure", "margin", "interval"),
    [
        (HypothesisKind.SUPERIORITY, RD, -10, (-4, 8)),
        (NONINFERIORITY, RD, None, (-4, 8)),
        (NONINFERIORITY, RD, -10, ()),
        (NONINFERIORITY, RD, 0, (-4, 8)),
        (NONINFERIORITY, RR, -0.8, (0.9, 1.2)),
        (NONINFERIORITY, Measure.OTHER, -10, (-4, 8)),
        (NONINFERIORITY, RD, float("nan"), (-4, 8)),
    ],
)
def test_nothing_but_its_direction_is_told(
    kind: HypothesisKind, measure: Measure, margin: float | None, interval: tuple[float, ...]
) -> None:
    assert verdict(kind, measure, margin, interval) is None


@pytest.mark.parametrize(
    ("level", "kind", "found", "said"),
    [
        (
            Level.HIGH,
            NONINFERIORITY,
            SHOWN,
            f"X is no worse than Y for the outcome, by a noninferiority margin of {MARGIN}.",
        ),
        (
            Level.MODERATE,
            NONINFERIORITY,
            SHOWN,
            f"X is probably no worse than Y for the outcome, by a noninferiority margin of {MARGIN}.",
        ),
        (
            Level.LOW,
            NONINFERIORITY,
            SHOWN,
            f"X may be no worse than Y for the outcome, by a noninferiority margin of {MARGIN}.",
        ),
        (
            Level.VERY_LOW,
            NONINFERIORITY,
            SHOWN,
            f"X may be no worse than Y for the outcome, by a noninferiority margin of {MARGIN}, but the evidence is"
            " very uncertain.",
        ),
        (
            Level.LOW,
            NONINFERIORITY,
            WITHIN,
            f"X may reduce the outcome compared with Y, within the noninferiority margin of {MARGIN}.",
        ),
        (
            Level.HIGH,
            NONINFERIORITY,
            NOT_SHOWN,
            f"It is not shown that X is no worse than Y for the outcome, by a noninferiority margin of {MARGIN}.",
        ),
        (
            Level.VERY_LOW,
            EQUIVALENCE,
            NOT_SHOWN,
            f"It is not shown that X and Y differ little for the outcome, by an equivalence margin of {MARGIN}, and the"
            " evidence is very uncertain.",
        ),
        (
            Level.MODERATE,
            EQUIVALENCE,
            SHOWN,
            "X probably results in little to no difference in the outcome compared with Y, by an equivalence margin of"
            f" {MARGIN}.",
        ),
        (Level.NO_EVIDENCE, NONINFERIORITY, SHOWN, ""),
    ],
)
def test_sentences(level: Level, kind: HypothesisKind, found: Verdict, said: str) -> None:
    towards = -1 if found is WITHIN else 1
    assert statement(level, TOLD, towards, None, Asked(kind, found, MARGIN)) == said


@given(
    st.sampled_from([Level.LOW, Level.VERY_LOW]),
    st.sampled_from([-1, 0, 1, None]),
    st.sampled_from([*EffectSize, None]),
    st.sampled_from([NONINFERIORITY, EQUIVALENCE]),
    st.sampled_from([*Verdict]),
)
def test_they_say_no_more_than_their_level(
    level: Level, towards: int | None, size: EffectSize | None, kind: HypothesisKind, found: Verdict
) -> None:
    told = statement(level, Told("Ketamine", "fatigue", "placebo"), towards, size, Asked(kind, found, MARGIN))
    assert list(exceeding(told)) == []


@given(
    st.sampled_from([RD, RR]),
    st.floats(0.01, 100),
    st.tuples(st.floats(0.01, 100), st.floats(0.01, 100)).map(lambda ends: tuple(sorted(ends))),
)
def test_a_wider_interval_shows_no_more(measure: Measure, margin: float, interval: tuple[float, float]) -> None:
    if not is_margin(measure, margin):
        return
    wider = interval[0] / 2, interval[1] * 2
    if verdict(NONINFERIORITY, measure, margin, wider) in {SHOWN, WITHIN}:
        assert verdict(NONINFERIORITY, measure, margin, interval) in {SHOWN, WITHIN}


def test_where_an_outcome_is_better() -> None:
    assert better_where(RR, OutcomeKind.HARM, None) is Desired.LOWER
    assert better_where(Measure.MEAN_DIFFERENCE, OutcomeKind.HARM, None) is None
    assert better_where(RR, OutcomeKind.BENEFIT, Desired.HIGHER) is Desired.HIGHER
