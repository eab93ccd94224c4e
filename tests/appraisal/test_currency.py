from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.currency import age_in_days, is_before, is_past, is_stale
from ketreview.model.partial_date import PartialDate

AS_OF = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("when", "age"),
    [
        (PartialDate(2026, 5, 1), 0),
        (PartialDate(2026, 4, 30), 1),
        (PartialDate(2026, 4), 1),
        (PartialDate(2026, 1), 90),
        (PartialDate(2026), -244),
        (PartialDate(9998, 12, 31), -2911957),
    ],
)
def test_age_counts_from_the_last_possible_day(when: PartialDate, age: int) -> None:
    assert age_in_days(when, AS_OF) == age
    assert is_past(when, AS_OF) == (age > 0)


def test_stale_only_after_the_interval() -> None:
    january = PartialDate(2026, 1)
    assert not is_stale(january, 90, AS_OF)
    assert is_stale(january, 90, AS_OF + timedelta(days=1))


@pytest.mark.parametrize(
    ("earlier", "later", "sure"),
    [
        (PartialDate(2026, 1), PartialDate(2026, 2), True),
        (PartialDate(2026, 1), PartialDate(2026, 1, 31), False),
        (PartialDate(2026, 1, 30), PartialDate(2026, 1, 31), True),
        (PartialDate(2026), PartialDate(2026, 12), False),
        (PartialDate(2025), PartialDate(2026), True),
    ],
)
def test_before_only_when_sure(earlier: PartialDate, later: PartialDate, sure: bool) -> None:
    assert is_before(earlier, later) is sure


@given(st.dates(), st.dates())
def test_whole_dates_compare_as_days(one: date, other: date) -> None:
    first, second = (PartialDate(day.year, day.month, day.day) for day in (one, other))
    assert is_before(first, second) == (one < other) == is_past(first, other)
