"""What the registered state of a trial asks of a review.

Posting of results: the standard deadline of ClinicalTrials.gov is one year after the primary completion date (42 CFR
11.44); a certification or an extension may put it off, which the registry tells as delayed posting. Not every trial
falls under it, so a passed deadline is information and no fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ketreview.appraisal.currency import age_in_days, is_before, is_past, is_stale
from ketreview.appraisal.trials import OPEN, trials_of
from ketreview.model.integration import NextStep
from ketreview.model.partial_date import PartialDate
from ketreview.model.review import Review
from ketreview.model.study import Study
from ketreview.model.trial import Trial
from ketreview.model.vocabulary import Design, TrialStatus

_ENDED = frozenset({TrialStatus.COMPLETED, TrialStatus.TERMINATED})
_UNSETTLED = OPEN | {TrialStatus.SUSPENDED, TrialStatus.UNKNOWN}
_POSTED_WITHIN = 365


def days_overdue(trial: Trial, as_of: date) -> int | None:
    """For how many days an open trial is past the last possible day of its expected end; None if it is not."""
    due = trial.expected_completion
    if trial.status not in OPEN or due is None or not is_past(due, as_of):
        return None
    return age_in_days(due, as_of)


def has_results(trial: Trial, as_of: date) -> bool:
    """Whether its registry has posted results by that day."""
    return trial.results_posted is not None and trial.results_posted.earliest() <= as_of


def uses_results(trial: Trial, review: Review) -> bool:
    """Whether the review tells the trial's results: in words, by a report that it cites, or by a study of its number.

    Its protocol reports none.
    """
    studies = studies_of(trial, review)
    protocols = {key for study in review.studies if study.design is Design.PROTOCOL for key in study.cites}
    reports = [key for key in trial.cites if key not in protocols]
    return bool(trial.results or reports) or any(study.design is not Design.PROTOCOL for study in studies)


def studies_of(trial: Trial, review: Review) -> tuple[Study, ...]:
    """The studies of a review that have a registration of the trial."""
    own = trials_of(trial.registrations)
    return tuple(study for study in review.studies if own & trials_of(study.registrations))


def results_due(trial: Trial, as_of: date) -> PartialDate | None:
    """The primary completion of a trial that ended and should have posted results by now; None for any other."""
    last = trial.primary_completion
    if trial.status not in _ENDED or last is None or trial.results_posted or trial.delayed_posting:
        return None
    return last if is_stale(last, _POSTED_WITHIN, as_of) else None


def may_change(trial: Trial) -> bool:
    """Whether its registry may still tell something that the review does not know: an end, or results."""
    awaits_results = trial.status in _ENDED and not trial.results_posted and not trial.results
    return trial.status is None or trial.status in _UNSETTLED or awaits_results


def waiting(trial: Trial, review: Review) -> Iterator[tuple[NextStep, int]]:
    """The steps that wait for a trial and are not done, each with its place in their list of trials."""
    for step in review.next_steps:
        if not step.done and trial.id in step.waits_for:
            yield step, step.waits_for.index(trial.id)


DATES = ("start", "primary_completion", "expected_completion", "completion", "results_posted")
"""The dates of a trial that its registry gives."""


class Difference(NamedTuple):
    """A field that two records of one trial tell differently."""

    field: str
    one: str
    other: str


def differences(one: Trial, other: Trial) -> tuple[Difference, ...]:
    """What two records of one trial tell differently; a partial date differs only from what it cannot mean."""
    found = []
    if one.status and other.status and one.status is not other.status:
        found.append(Difference("status", one.status, other.status))
    for name in DATES:
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine and theirs and (is_before(mine, theirs) or is_before(theirs, mine)):
            found.append(Difference(name, str(mine), str(theirs)))
    if one.enrolment and other.enrolment:
        for name in ("planned", "actual"):
            mine, theirs = getattr(one.enrolment, name), getattr(other.enrolment, name)
            if mine is not None and theirs is not None and mine != theirs:
                found.append(Difference(f"enrolment.{name}", str(mine), str(theirs)))
    return tuple(found)


def enrolled(trial: Trial) -> str:
    """How many took part, and how many were planned, in words; empty where neither is known."""
    numbers = trial.enrolment
    if numbers is None or (numbers.planned is None and numbers.actual is None):
        return ""
    if numbers.actual is None:
        return f"{numbers.planned:,} planned"
    of = "" if numbers.planned is None else f" of {numbers.planned:,}"
    return f"{numbers.actual:,}{of} took part"
