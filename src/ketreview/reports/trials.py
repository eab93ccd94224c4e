"""The registered trials: what state each is in, what of it changed, and what needs a person first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from ketreview.appraisal.currency import age_in_days, is_stale
from ketreview.appraisal.trial_state import (
    days_overdue,
    has_results,
    may_change,
    results_due,
    studies_of,
    uses_results,
    waiting,
)
from ketreview.appraisal.trials import STOPPED, number_of
from ketreview.config.settings import TRIALS
from ketreview.document import Column, Document, Item, Items, Line, Paragraph, Table, Text, Tone, line
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.model.review import Review
from ketreview.model.trial import Trial
from ketreview.model.vocabulary import TrialStatus

NEEDS = (
    "waited_for_in_vain",
    "results_unused",
    "overdue",
    "changed",
    "never_read",
    "read_long_ago",
    "results_due",
    "status_unknown",
    "without_number",
)
"""What a trial may need a person for, the most pressing first."""


@frozen
class Need:
    """Why a person should look at a trial: one of `NEEDS`, and in words."""

    kind: str
    words: str


@frozen
class ChangeAnswer:
    """What its registry told otherwise at a reading; a side is null where the review did not have it."""

    field: str
    before: str | None
    after: str | None
    read: str


@frozen
class EnrolmentAnswer:
    """How many participants were planned, and how many took part."""

    planned: int | None
    actual: int | None


@frozen
class TrialAnswer:
    """One trial. `number` is its first registration, `registry` whose it is; `needs` are empty where nothing is to do.

    `days_overdue` counts from the last possible day of the expected completion, `days_since_read` from that of the
    reading. `waited_for` are the next steps that wait for it, `studies` the studies that have its number.
    """

    review: str
    id: str
    title: str
    number: str | None
    registry: str | None
    registrations: tuple[str, ...]
    status: str | None
    last_known_status: str | None
    needs: tuple[Need, ...]
    waited_for: tuple[str, ...]
    start: str | None
    primary_completion: str | None
    expected_completion: str | None
    completion: str | None
    days_overdue: int | None
    why_stopped: str | None
    enrolment: EnrolmentAnswer
    results_posted: str | None
    results_used: bool
    studies: tuple[str, ...]
    retrieved: str | None
    days_since_read: int | None
    last_update: str | None
    changes: tuple[ChangeAnswer, ...]
    path: str
    line: int

    @property
    def rank(self) -> int:
        """How pressing it is; 0 is the most."""
        return NEEDS.index(self.needs[0].kind) if self.needs else len(NEEDS)


@frozen
class TrialsAnswer:
    """Every trial, those that need a person first."""

    version: int
    as_of: str
    trials: tuple[TrialAnswer, ...]


def answer(corpus: Corpus, reviews: Collection[str] = ()) -> TrialsAnswer:
    """The trials of all reviews, or of those named."""
    found = [
        _trial(corpus, review, trial)
        for review in corpus.reviews
        if not reviews or review.id in reviews
        for trial in review.trials
    ]
    found.sort(key=lambda one: (one.rank, -(one.days_overdue or 0), one.review, one.line))
    return TrialsAnswer(1, corpus.as_of.isoformat(), tuple(found))


def _trial(corpus: Corpus, review: Review, trial: Trial) -> TrialAnswer:
    number = number_of(trial.registrations[0]) if trial.registrations else None
    numbers = trial.enrolment
    return TrialAnswer(
        review=review.id,
        id=trial.id,
        title=trial.title,
        number=(number.text or trial.registrations[0]) if number else None,
        registry=(number.registry or None) if number else None,
        registrations=trial.registrations,
        status=trial.status.value if trial.status else None,
        last_known_status=trial.last_known_status.value if trial.last_known_status else None,
        needs=tuple(sorted(_needs(corpus, review, trial), key=lambda need: NEEDS.index(need.kind))),
        waited_for=tuple(step.text for step, _ in waiting(trial, review)),
        start=_date(trial.start),
        primary_completion=_date(trial.primary_completion),
        expected_completion=_date(trial.expected_completion),
        completion=_date(trial.completion),
        days_overdue=days_overdue(trial, corpus.as_of),
        why_stopped=trial.why_stopped or None,
        enrolment=EnrolmentAnswer(numbers.planned, numbers.actual) if numbers else EnrolmentAnswer(None, None),
        results_posted=_date(trial.results_posted),
        results_used=uses_results(trial, review),
        studies=tuple(study.id for study in studies_of(trial, review)),
        retrieved=_date(trial.retrieved),
        days_since_read=max(0, age_in_days(trial.retrieved, corpus.as_of)) if trial.retrieved else None,
        last_update=_date(trial.last_update),
        changes=tuple(
            ChangeAnswer(change.field, change.before or None, change.after or None, str(change.read))
            for change in trial.changes
        ),
        path=trial.where.source.path,
        line=trial.span().begin.line,
    )


def _date(when: object) -> str | None:
    return str(when) if when else None


def _needs(corpus: Corpus, review: Review, trial: Trial) -> Iterator[Need]:
    as_of = corpus.as_of
    if trial.status in STOPPED:
        for step, _ in waiting(trial, review):
            yield Need("waited_for_in_vain", f"a next step waits for it: {step.text}")
    if has_results(trial, as_of) and not uses_results(trial, review):
        yield Need("results_unused", f"results posted {trial.results_posted}, and not used")
    if days_overdue(trial, as_of):
        yield Need("overdue", f"to be completed by {trial.expected_completion}, which is past")
    if fresh := [change.field for change in trial.changes if change.read == trial.retrieved]:
        yield Need("changed", f"changed at the last reading: {', '.join(map(_words, fresh))}")
    if last := results_due(trial, as_of):
        yield Need("results_due", f"primary completion {last}, and no results posted")
    if trial.status is TrialStatus.UNKNOWN:
        known = f", last known as {trial.last_known_status}" if trial.last_known_status else ""
        yield Need("status_unknown", f"the status is unknown{known}")
    if trial.status is None:
        yield Need("status_unknown", "nobody has looked its status up")
    if not trial.registrations:
        yield Need("without_number", "no registration number")
    yield from _reading(trial, corpus.settings.intervals[TRIALS], as_of)


def _reading(trial: Trial, interval: int, as_of: date) -> Iterator[Need]:
    if not may_change(trial):
        return
    if trial.retrieved is None:
        yield Need("never_read", "nothing says when its registry was read")
    elif is_stale(trial.retrieved, interval, as_of):
        yield Need("read_long_ago", f"its registry was read {trial.retrieved}, more than {interval:,} days ago")


def _words(name: str) -> str:
    outer, _, inner = name.replace("_", " ").partition(".")
    return f"{outer} ({inner})" if inner else outer


_TONES = {
    **dict.fromkeys(("waited_for_in_vain", "results_unused", "overdue"), Tone.BAD),
    **dict.fromkeys(("changed", "never_read", "read_long_ago"), Tone.CAUTION),
}
COLUMNS = (
    Column("Trial", width=2),
    Column("Review", drop=2, width=1.5),
    Column("Number", drop=1, width=1.5),
    Column("Status", width=1.5),
    Column("Expected end", drop=5),
    Column("Enrolled"),
    Column("Results", drop=4),
    Column("Read", drop=3),
)


def document(answer: TrialsAnswer) -> Document:
    """What to look at, trial by trial, with what changed; then every trial in a table, and a sentence that counts."""
    if not answer.trials:
        return Document("Trials", (Paragraph(line(Text("No review has a trial.", Tone.MUTED))),))
    told = tuple(Item(_head(one), tuple(_told(one))) for one in answer.trials if one.needs or one.changes)
    pressing = sum(bool(one.needs) for one in answer.trials)
    words = f"{len(answer.trials)} trial{'' if len(answer.trials) == 1 else 's'}, {pressing} to look at."
    table = Table(COLUMNS, tuple(map(_row, answer.trials)))
    return Document("Trials", (*([Items(told)] if told else []), table, Paragraph(line(Text(words, Tone.MUTED)))))


def _head(one: TrialAnswer) -> Line:
    """A trial with its review, its status, and how it came to that."""
    why = f": {one.why_stopped}" if one.why_stopped else ""
    return line(Text(one.id, Tone.STRONG), f" ({one.review}), {_status(one)}{why}")


def _told(one: TrialAnswer) -> Iterator[Line]:
    """What a trial needs, then what its registry told otherwise, newest first."""
    for need in one.needs:
        yield line(Text(need.words, _TONES.get(need.kind, Tone.PLAIN)))
    for change in sorted(one.changes, key=lambda change: change.read, reverse=True):
        sides = f"{change.before or '—'} → {change.after or '—'}"
        yield line(Text(f"{change.read} ", Tone.MUTED), f"{_words(change.field)}: {sides}")


def _row(one: TrialAnswer) -> tuple[Line, ...]:
    late = Tone.BAD if one.days_overdue else Tone.PLAIN
    used = Tone.PLAIN if one.results_used or not one.results_posted else Tone.BAD
    return (
        line(Text(one.id, Tone.STRONG)),
        line(one.review),
        line(one.number or "—"),
        line(_status(one)),
        line(Text(one.expected_completion or "—", late)),
        line(_enrolled(one)),
        line(Text(one.results_posted or "—", used)),
        line(Text(one.retrieved or "—", Tone.MUTED)),
    )


def _status(one: TrialAnswer) -> str:
    return one.status.replace("_", " ").lower() if one.status else "not looked up"


def _enrolled(one: TrialAnswer) -> str:
    numbers = one.enrolment
    if numbers.actual is None:
        return f"{numbers.planned:,} planned" if numbers.planned is not None else "—"
    return f"{numbers.actual:,}" + (f" of {numbers.planned:,}" if numbers.planned is not None else "")
