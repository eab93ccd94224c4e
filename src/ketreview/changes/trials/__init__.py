"""The registry's files to a change of the reviews: what of each trial is told otherwise, written where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ketreview.appraisal.trial_state import Difference
from ketreview.changes.change import Change
from ketreview.changes.record_edits import RecordEdits
from ketreview.changes.review_edits import ReviewEdits
from ketreview.changes.trials.matching import Match, matched
from ketreview.changes.trials.stub import stub
from ketreview.changes.trials.updates import Update, left, misdated, missing, older, updates
from ketreview.edits import Edit
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.model.partial_date import PartialDate
from ketreview.model.registered import RegisteredTrial
from ketreview.model.trial import Enrolment, Trial
from ketreview.source import Source


@frozen
class Told:
    """A trial of a review that a file tells of.

    `updates` are taken over and `left` is not; `missing` are descriptive fields that the review has not. `refused` says
    why nothing is taken over.
    """

    review: str
    trial: Trial
    registered: RegisteredTrial
    updates: tuple[Update, ...] = ()
    left: tuple[Difference, ...] = ()
    missing: tuple[str, ...] = ()
    refused: str = ""


@frozen
class TrialsPlan:
    """What an import does: its change of the reviews, each trial told, and those that no review has, with a stub.

    `doubts` are sentences about trials that may be meant, by the number in the file; `misdated` are numbers whose data
    cannot well be of the day of reading, with the day it is of.
    """

    change: Change
    told: tuple[Told, ...]
    unknown: tuple[tuple[RegisteredTrial, str], ...]
    doubts: tuple[tuple[str, str], ...]
    misdated: tuple[RegisteredTrial, ...]


def planned(
    corpus: Corpus, registered: Iterable[RegisteredTrial], retrieved: PartialDate, *, fill: bool = False
) -> TrialsPlan:
    """What the trials of registry files, read on the day `retrieved`, change in the reviews.

    Raises:
        ChangeError: a review cannot be edited where it has to be.
    """
    matches = matched(corpus, registered)
    told = tuple(_told(corpus, trial, match, retrieved, fill=fill) for match in matches for trial in match.trials)
    changed = [one for one in told if one.updates]
    sources = {id(one.trial.where.source): one.trial.where.source for one in changed}
    edits = [
        edit
        for source in sources.values()
        for edit in _edits(source, [one for one in changed if one.trial.where.source is source], retrieved)
    ]
    change = Change({}, tuple(edits), sum(len(one.updates) for one in changed))
    return TrialsPlan(
        change,
        told,
        tuple((match.told, stub(match.told, retrieved)) for match in matches if not match.trials and not match.doubts),
        tuple((match.told.number, doubt) for match in matches for doubt in match.doubts),
        tuple(match.told for match in matches if misdated(match.told, retrieved)),
    )


def _told(corpus: Corpus, trial: Trial, match: Match, retrieved: PartialDate, *, fill: bool) -> Told:
    review, registered = corpus.review_of(trial).id, match.told
    if refused := older(trial, registered, retrieved):
        return Told(review, trial, registered, refused=refused)
    lacking = () if fill else missing(trial, registered)
    found = updates(trial, registered, retrieved, fill=fill)
    return Told(review, trial, registered, found, tuple(left(trial, registered)), lacking)


def _edits(source: Source, told: Sequence[Told], retrieved: PartialDate) -> tuple[Edit, ...]:
    """The edits of one review."""
    review = ReviewEdits(source)
    for one in told:
        _edit(review.record(one.trial), one.updates, retrieved)
    return review.edits()


def _edit(record: RecordEdits, found: Sequence[Update], retrieved: PartialDate) -> None:
    enrolment = {one.field.removeprefix("enrolment."): one.value for one in found if "." in one.field}
    for one in found:
        if one.field == "registrations" and isinstance(one.value, list):
            record.append(one.field, one.value)
        elif "." not in one.field:
            record.set(one.field, one.value)
    if enrolment:
        record.merge("enrolment", enrolment, Enrolment)
    history = [one.record(retrieved) for one in found if one.recorded]
    if history:
        record.append("changes", history)
