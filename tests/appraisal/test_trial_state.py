from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.trial_state import (
    days_overdue,
    differences,
    enrolled,
    has_results,
    may_change,
    results_due,
    studies_of,
    uses_results,
    waiting,
)
from ketreview.appraisal.trials import OPEN
from ketreview.model.integration import NextStep
from ketreview.model.partial_date import PartialDate
from ketreview.model.review import Review
from ketreview.model.study import Study
from ketreview.model.trial import Enrolment, Trial
from ketreview.model.vocabulary import Design, ReviewStatus, StudyState, TrialStatus

AS_OF = date(2026, 11, 21)
DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))


def on(text: str) -> PartialDate | None:
    return PartialDate.parse(text)


def trial(status: TrialStatus = TrialStatus.RECRUITING, **values: Any) -> Trial:
    return Trial(id="t", title="T", status=status, **values)


def review(**values: Any) -> Review:
    return Review(schema_version=1, id="r", title="R", status=ReviewStatus.ACTIVE, **values)


def study(design: Design = Design.RANDOMISED_TRIAL, **values: Any) -> Study:
    return Study(id="s", design=design, state=StudyState.READ, **values)


@pytest.mark.parametrize(
    ("due", "days"),
    [("2026-11-20", 1), ("2026-11-21", None), ("2026-11", None), ("2026", None), ("2026-10", 21), ("2025", 325)],
)
def test_overdue_counts_from_the_last_possible_day(due: str, days: int | None) -> None:
    assert days_overdue(trial(expected_completion=on(due)), AS_OF) == days


@pytest.mark.parametrize("status", TrialStatus)
def test_only_an_open_trial_is_overdue(status: TrialStatus) -> None:
    assert (days_overdue(trial(status, expected_completion=on("2020")), AS_OF) is not None) == (status in OPEN)
    assert days_overdue(trial(status), AS_OF) is None


@given(DAYS, DAYS)
def test_a_less_exact_date_is_never_more_overdue(due: date, as_of: date) -> None:
    exact, month, year = (
        days_overdue(trial(expected_completion=PartialDate(*parts)), as_of) or 0
        for parts in ((due.year, due.month, due.day), (due.year, due.month), (due.year,))
    )
    assert exact >= month >= year


def test_results_are_there_from_the_day_on_which_they_are_posted() -> None:
    assert has_results(trial(results_posted=on("2026-11-21")), AS_OF)
    assert has_results(trial(results_posted=on("2026")), AS_OF)
    assert not has_results(trial(results_posted=on("2026-11-22")), AS_OF)
    assert not has_results(trial(), AS_OF)


NUMBER = ("NCT04436250",)


@pytest.mark.parametrize(
    ("one", "studies", "are"),
    [
        (trial(), (), False),
        (trial(results="None."), (), True),
        (trial(cites=("a",)), (), True),
        (trial(cites=("a",)), (study(Design.PROTOCOL, cites=("a",)),), False),
        (trial(cites=("a", "b")), (study(Design.PROTOCOL, cites=("a",)),), True),
        (trial(registrations=NUMBER), (study(registrations=("nct 04436250",)),), True),
        (trial(registrations=NUMBER), (study(Design.PROTOCOL, registrations=NUMBER),), False),
        (trial(registrations=NUMBER), (study(registrations=("NCT04436251",)),), False),
        (trial(registrations=("EUCTR2012-000615-84-DE",)), (study(registrations=("2012-000615-84",)),), True),
        (trial(), (study(),), False),
    ],
)
def test_whether_results_are_used(one: Trial, studies: tuple[Study, ...], are: bool) -> None:
    assert uses_results(one, review(studies=studies)) is are


def test_the_studies_of_a_trial_are_those_with_its_number() -> None:
    own, other = study(registrations=NUMBER), study(registrations=("NCT04436251",))
    assert studies_of(trial(registrations=NUMBER), review(studies=(own, other, study()))) == (own,)


@pytest.mark.parametrize(
    ("one", "due"),
    [
        (trial(TrialStatus.COMPLETED, primary_completion=on("2025-11-20")), "2025-11-20"),
        (trial(TrialStatus.TERMINATED, primary_completion=on("2017-07")), "2017-07"),
        (trial(TrialStatus.COMPLETED, primary_completion=on("2025-11-21")), None),
        (trial(TrialStatus.COMPLETED, primary_completion=on("2025")), None),
        (trial(TrialStatus.COMPLETED, primary_completion=on("2020"), results_posted=on("2021")), None),
        (trial(TrialStatus.COMPLETED, primary_completion=on("2020"), delayed_posting=True), None),
        (trial(TrialStatus.COMPLETED), None),
        (trial(TrialStatus.WITHDRAWN, primary_completion=on("2020")), None),
        (trial(TrialStatus.RECRUITING, primary_completion=on("2020")), None),
    ],
)
def test_when_results_are_due(one: Trial, due: str | None) -> None:
    assert results_due(one, AS_OF) == (on(due) if due else None)


def test_which_trials_may_change() -> None:
    changing = {status for status in TrialStatus if may_change(trial(status))}
    assert changing == OPEN | {
        TrialStatus.SUSPENDED,
        TrialStatus.UNKNOWN,
        TrialStatus.COMPLETED,
        TrialStatus.TERMINATED,
    }
    assert not may_change(trial(TrialStatus.COMPLETED, results_posted=on("2021")))
    assert not may_change(trial(TrialStatus.COMPLETED, results="No change."))
    assert may_change(trial(TrialStatus.RECRUITING, results="Interim."))


def test_the_steps_that_wait() -> None:
    steps = (
        NextStep(text="A", waits_for=("x", "t")),
        NextStep(text="B", waits_for=("t",), done=True),
        NextStep(text="C"),
    )
    assert list(waiting(trial(), review(next_steps=steps))) == [(steps[0], 1)]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (None, ""),
        (Enrolment(), ""),
        (Enrolment(planned=1200), "1,200 planned"),
        (Enrolment(actual=4), "4 took part"),
        (Enrolment(planned=30, actual=0), "0 of 30 took part"),
    ],
)
def test_enrolment_in_words(numbers: Enrolment | None, words: str) -> None:
    assert enrolled(trial(enrolment=numbers)) == words


def test_what_is_told_differently() -> None:
    one = trial(start=on("2020"), completion=on("2021-03"), enrolment=Enrolment(planned=10, actual=4))
    two = trial(
        TrialStatus.COMPLETED, start=on("2020-05"), completion=on("2021-04"), enrolment=Enrolment(planned=12, actual=4)
    )
    assert [tuple(found) for found in differences(one, two)] == [
        ("status", "RECRUITING", "COMPLETED"),
        ("completion", "2021-03", "2021-04"),
        ("enrolment.planned", "10", "12"),
    ]
    assert differences(one, one) == ()
    assert differences(trial(), trial(enrolment=Enrolment(planned=3), start=on("2020"))) == ()
    assert differences(trial(enrolment=Enrolment()), trial(enrolment=Enrolment(planned=3))) == ()


@given(st.data())
def test_differences_are_the_same_from_both_sides(data: st.DataObject) -> None:
    dates = st.none() | st.builds(PartialDate, st.integers(2019, 2021), st.integers(0, 12))
    counts = st.none() | st.builds(Enrolment, planned=st.none() | st.integers(0, 2), actual=st.none() | st.just(1))
    made = st.builds(
        trial, st.sampled_from([TrialStatus.RECRUITING, TrialStatus.COMPLETED]), start=dates, enrolment=counts
    )
    one, two = data.draw(made), data.draw(made)
    assert [(found.field, found.other, found.one) for found in differences(two, one)] == [
        tuple(found) for found in differences(one, two)
    ]
