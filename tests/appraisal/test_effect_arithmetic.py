"""Figures of published Summary of Findings tables, held against one another."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.effect_arithmetic import Fault, Stated, faults, of_arms
from ketreview.appraisal.effects import risk_with_intervention
from ketreview.appraisal.figures import Figure, fits, printed
from ketreview.model.vocabulary import Measure


def figure(text: str) -> Figure:
    return printed(text, float(text))


def figures(*texts: str) -> tuple[Figure, ...]:
    return tuple(map(figure, texts))


class Row(NamedTuple):
    """A row as it is printed: risks per 1000."""

    source: str
    stated: Stated


CIPRIANI = "Dean 2021, Cochrane CD011612.pub3, ketamine for unipolar depression, PMC8434915"
BIPOLAR = "Dean 2021, Cochrane CD011611.pub3, depression in bipolar disorder, PMC8499740, table 2"
KAPOSI = "Gbabe 2014, Cochrane CD003256, PMC4174344, table 3"
CANNABIS = "Marshall 2014, Cochrane CD008940, PMC4297244"
WELFARE = "J Epidemiol Community Health, jech.bmj.com highwire 181501, table 1"
OR, RR = Measure.ODDS_RATIO, Measure.RISK_RATIO

PUBLISHED = [
    Row(
        f"{CIPRIANI}, table 1: response at 24 hours",
        Stated(
            OR, figure("3.94"), figures("1.54", "10.10"), figure("88"), figure("274"), figures("129", "492"),
            figure("187"), figures("41", "404"),
        ),
    ),
    Row(
        f"{CIPRIANI}, table 1: remission at 24 hours",
        Stated(
            OR, figure("5.60"), figures("1.07", "29.46"), figure("24"), figure("120"), figures("25", "418"),
            figure("96"), figures("2", "394"),
        ),
    ),
    Row(
        f"{CIPRIANI}, table 2: response, against midazolam",
        Stated(
            OR, figure("2.48"), figures("1.00", "6.18"), figure("259"), figure("465"), figures("259", "684"),
            figure("205"), figures("0", "425"),
        ),
    ),
    Row(
        f"{BIPOLAR}: response",
        Stated(OR, figure("3.20"), figures("0.23", "45.19"), figure("111"), figure("286"), figures("28", "850")),
    ),
    Row(
        f"{KAPOSI}: mortality",
        Stated(RR, figure("1.23"), figures("0.35", "4.38"), figure("62"), figure("77"), figures("22", "274")),
    ),
    Row(
        f"{CANNABIS}, table 3: completion with SSRI, which ends at all of 1000",
        Stated(RR, figure("0.82"), figures("0.44", "1.53"), figure("790"), figure("648"), figures("348", "1000")),
    ),
    Row(
        f"{CANNABIS}, table 2: withdrawn for adverse effects",
        Stated(RR, figure("1.44"), figures("0.11", "18.9"), figure("11"), figure("16"), figures("1", "205")),
    ),
    Row(
        f"{WELFARE}: mental health symptoms",
        Stated(OR, figure("1.44"), figures("1.23", "1.70"), figure("185"), figure("246"), figures("218", "278")),
    ),
]  # fmt: skip


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row.source)
def test_published_figures_agree_as_printed(row: Row) -> None:
    assert list(faults(row.stated)) == []


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row.source)
def test_a_figure_that_was_typed_wrong_is_found(row: Row) -> None:
    stated = row.stated
    assert stated.control is not None
    assert stated.intervention is not None
    wrong = figure(str(int(stated.intervention.value) * 2 + 30))
    changed = Stated(stated.measure, stated.estimate, stated.ci, stated.control, wrong)
    assert [fault.field for fault in faults(changed)] == ["intervention_per_1000"]


@pytest.mark.parametrize("control", ["50", "500", "900"])
def test_a_published_row_whose_absolute_effect_goes_the_other_way(control: str) -> None:
    """PMC9138061, table 3: HR 1.40 (1.13 to 1.75) with "2 fewer per 1000", where 1.40 means more.

    The table prints no risk with control. Two fewer follows from none of these, nor from being free of the event.
    """
    treated = figure(str(int(control) - 2))
    stated = Stated(Measure.HAZARD_RATIO, figure("1.40"), figures("1.13", "1.75"), figure(control), treated)
    assert [fault.field for fault in faults(stated)] == ["intervention_per_1000"]


def test_a_hazard_ratio_may_be_of_an_event_or_of_being_free_of_it() -> None:
    """GRADE 27: HR 0.5 at 640 deaths makes 400 deaths; at 640 alive, 800 alive."""
    for intervention in ("400", "800"):
        stated = Stated(Measure.HAZARD_RATIO, figure("0.5"), (), figure("640"), figure(intervention))
        assert list(faults(stated)) == []
    other = Stated(Measure.HAZARD_RATIO, figure("0.50"), (), figure("640"), figure("600"))
    assert [fault.field for fault in faults(other)] == ["intervention_per_1000"]


def test_a_difference_is_held_against_a_computed_risk() -> None:
    right = Stated(RR, figure("0.50"), figures("0.40", "0.62"), figure("100"), difference=figure("-50"))
    assert list(faults(right)) == []
    bounds = Stated(RR, figure("0.50"), figures("0.40", "0.62"), figure("100"), difference_ci=figures("-60", "-38"))
    assert list(faults(bounds)) == []
    wrong = Stated(RR, figure("0.50"), (), figure("100"), difference=figure("50"))
    assert list(faults(wrong)) == [Fault("difference_per_1000", "50 less 100 is -50 per 1000, not 50")]


def test_what_follows_from_nothing_is_not_judged() -> None:
    for measure in (None, Measure.MEAN_DIFFERENCE, Measure.OTHER):
        stated = Stated(measure, figure("2"), figures("1", "3"), figure("10"), figure("900"), difference_ci=())
        assert list(faults(stated)) == []
    no_control = Stated(RR, figure("2"), figures("1", "3"), None, figure("900"), figures("1", "950"), figure("3"))
    assert list(faults(no_control)) == []
    event_or_not = Stated(Measure.HAZARD_RATIO, figure("2"), (), figure("100"), difference=figure("700"))
    assert list(faults(event_or_not)) == []


@given(
    st.sampled_from([RR, OR, Measure.HAZARD_RATIO, Measure.RISK_DIFFERENCE]),
    st.floats(0.05, 20),
    st.floats(1, 999),
    st.integers(0, 2),
)
def test_what_is_computed_and_rounded_is_no_fault(measure: Measure, effect: float, control: float, digits: int) -> None:
    risk = risk_with_intervention(measure, effect, control)
    assert risk is not None
    texts = [f"{effect:.{digits}f}", f"{control:.{digits}f}", f"{risk:.{digits}f}", f"{risk - control:.{digits}f}"]
    estimate, base, treated, difference = map(figure, texts)
    assert list(faults(Stated(measure, estimate, (), base, treated, (), difference))) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("0.50", 0.495, 0.505),
        ("0.5", 0.45, 0.55),
        ("12", 11.5, 12.5),
        ("1e3", 999.5, 1000.5),
        ("-0.10", -0.105, -0.095),
    ],
)
def test_a_figure_stands_for_all_that_is_printed_so(text: str, low: float, high: float) -> None:
    found = figure(text)
    assert [found.low, found.high] == pytest.approx([low, high])


@pytest.mark.parametrize("text", ["", "x", "Infinity", "9" * 5000])
def test_a_text_that_is_no_number_has_no_digits_behind_the_point(text: str) -> None:
    assert printed(text, 3) == Figure(3.0, 0.5)


def test_a_figure_may_be_cut_off_instead_of_rounded() -> None:
    assert fits(figure("22"), 22.9, 22.9)
    assert not fits(figure("22"), 23.2, 23.4)


def test_arms() -> None:
    points = of_arms(Measure.RISK_DIFFERENCE, figures("55.4", "41.2"))
    assert [round(shown.effect, 3) for shown in points] == [14.2, 0.142, -14.2, -0.142]
    assert [round(shown.effect, 3) for shown in of_arms(RR, figures("40", "20"))] == [2.0, 0.5]
    assert [round(shown.effect, 1) for shown in of_arms(Measure.MEAN_DIFFERENCE, figures("-18.4", "-5.7"))] == [
        -12.7,
        12.7,
    ]
    assert of_arms(Measure.HAZARD_RATIO, figures("40", "20")) == ()
    assert of_arms(OR, figures("0", "20")) == ()
