"""The registry's files to a change of the reviews: what of each trial is told otherwise, written where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from ketreview.appraisal.trial_state import Difference
from ketreview.changes.change import Change
from ketreview.changes.record_edits import RecordEdits, fields_of
from ketreview.changes.trials.matching import Match, matched
from ketreview.changes.trials.stub import stub
from ketreview.changes.trials.updates import Update, left, misdated, missing, older, updates
from ketreview.changes.trials.verified import require_as_meant
from ketreview.changes.yaml_values import Value
from ketreview.edits import Edit
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.model.partial_date import PartialDate
from ketreview.model.record import Record, Sourced
from ketreview.model.registered import RegisteredTrial
from ketreview.model.trial import Enrolment, Trial
from ketreview.parsing import yaml_tree
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
    for before, after in change.texts.values():
        own = {one.trial.id: one.updates for one in changed if one.trial.where.source is before}
        require_as_meant(before, after, own, retrieved)
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


def _edits(source: Source, told: Sequence[Told], retrieved: PartialDate) -> Iterator[Edit]:
    """The edits of one review."""
    tree, _ = yaml_tree.parse(source)
    listed = fields_of(tree).get("trials")
    items = listed.items if isinstance(listed, yaml_tree.Sequence) else []
    by_place = {item.start: item for item in items if isinstance(item, yaml_tree.Mapping)}
    for one in told:
        record = RecordEdits(source, by_place[one.trial.span().start], _order(Trial))
        _edit(record, one.updates, retrieved)
        yield from record.edits


def _edit(record: RecordEdits, found: Sequence[Update], retrieved: PartialDate) -> None:
    numbers = {one.field.partition(".")[2]: one.value for one in found if one.field.startswith("enrolment.")}
    for one in found:
        if one.field == "registrations" and isinstance(one.value, list):
            record.append(one.field, one.value)
        elif "." not in one.field:
            record.set(one.field, one.value)
        elif numbers:
            _set_inner(record, "enrolment", numbers, _order(Enrolment))
            numbers = {}
    history = [one.record(retrieved) for one in found if one.recorded]
    if history:
        record.append("changes", history)


def _set_inner(record: RecordEdits, name: str, values: dict[str, Value], order: Sequence[str]) -> None:
    inner = record.inner(name, order)
    if inner is None:
        record.set(name, values)
        return
    for field, value in values.items():
        inner.set(field, value)


def _order(cls: type[Record]) -> tuple[str, ...]:
    """The fields of a class in order, without those that every record has."""
    common = {spec.name for spec in fields(Sourced)}
    return tuple(spec.name for spec in fields(cls) if spec.name not in common)
