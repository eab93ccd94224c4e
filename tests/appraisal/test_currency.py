from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.currency import age_in_days, due, is_before, is_past, is_stale
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


@pytest.mark.parametrize(
    ("last", "interval", "expected"),
    [
        (PartialDate(2026, 1, 31), 90, PartialDate(2026, 5, 1)),
        (PartialDate(2026, 1), 90, PartialDate(2026, 5, 1)),
        (PartialDate(2025), 1, PartialDate(2026, 1, 1)),
        (PartialDate(9999, 12, 31), 1, None),
        (PartialDate(2026, 1, 31), 10**12, None),
    ],
)
def test_the_day_something_is_due(last: PartialDate, interval: int, expected: PartialDate | None) -> None:
    assert due(last, interval) == expected


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 4000))
def test_what_is_due_is_stale_on_the_next_day(last: date, interval: int) -> None:
    when = PartialDate(last.year, last.month, last.day)
    until = due(when, interval)
    assert until is not None
    assert not is_stale(when, interval, until.latest())
    assert is_stale(when, interval, until.latest() + timedelta(1))
