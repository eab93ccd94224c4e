"""Age and lateness of dates that may lack a day or a month.

A living review is searched anew at a fixed interval (Cochrane guidance for living systematic reviews, 2019). A partial
date gets the benefit of the doubt: what it may still mean is not held against it. Whatever the interval, a review that
was not updated for two years says why (Cochrane Handbook 5.1, chapter 3).
"""

from __future__ import annotations

from datetime import date, timedelta

from ketreview.model.partial_date import PartialDate

TWO_YEARS = 2 * 365 + 1
"""The days after which a review that is kept current has to say why it was not searched."""


def age_in_days(when: PartialDate, as_of: date) -> int:
    """The least number of days that can have passed since `when`; below zero where it may lie ahead."""
    return (as_of - when.latest()).days


def is_past(when: PartialDate, as_of: date) -> bool:
    """Whether even the last possible day of `when` is before `as_of`."""
    return age_in_days(when, as_of) > 0


def is_stale(when: PartialDate, interval_days: int, as_of: date) -> bool:
    """Whether more than `interval_days` have passed since the last possible day of `when`."""
    return age_in_days(when, as_of) > interval_days


def due(last: PartialDate, interval_days: int) -> PartialDate | None:
    """The last day on which something done at `last` is not yet stale; None where no calendar has that day."""
    try:
        day = last.latest() + timedelta(interval_days)
    except OverflowError:
        return None
    return PartialDate(day.year, day.month, day.day)


def is_before(earlier: PartialDate, later: PartialDate) -> bool:
    """Whether `earlier` is surely so: its last possible day is before the first possible day of `later`."""
    return earlier.latest() < later.earliest()
