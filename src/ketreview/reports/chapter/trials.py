"""The registered trials, as their registries showed them."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.document import Block, Column, Line, joined, line
from ketreview.model.partial_date import PartialDate
from ketreview.model.trial import Trial
from ketreview.model.vocabulary import TrialStatus
from ketreview.reports.chapter.names import Names
from ketreview.reports.chapter.tables import table
from ketreview.reports.chapter.terms import aside, capital, counted, day, listed, words

_COLUMNS = (
    Column("Trial", width=2.4),
    Column("Status and dates", width=2),
    Column("Participants and treatment", width=2.6),
    Column("Results", width=2.4),
    Column("As printed elsewhere", width=1.8),
)


def blocks(names: Names) -> Iterator[Block]:
    """The table of trials, beside them what sources print of them."""
    yield from table(
        _COLUMNS, (_row(names, trial) for trial in names.review.trials), "Trials as their registries showed them"
    )


def _row(names: Names, trial: Trial) -> tuple[Line, ...]:
    phase = f"phase {trial.phase}" if trial.phase[:1].isdigit() else trial.phase.lower()
    details = "; ".join(part for part in (*trial.registrations, phase) if part)
    return (
        joined([line(trial.title, aside(details)), names.cited(trial.cites)], " "),
        line(_course(trial)),
        line(_participants(names, trial)),
        line(_results(trial)),
        line(_printed(names, trial)),
    )


def _course(trial: Trial) -> str:
    """The status with its reason, and the dates that are known."""
    stopped = aside(trial.why_stopped.strip().rstrip("."))
    dates = (
        ("started", trial.start),
        ("primary completion", trial.primary_completion),
        ("completed" if trial.status is TrialStatus.COMPLETED else "ended", trial.completion),
        ("expected completion", trial.expected_completion),
        ("registry read", trial.retrieved),
    )
    status = capital(words(trial.status)) if trial.status else "Status not looked up"
    return "; ".join([status + stopped, *(f"{name} {day(when)}" for name, when in dates if when)])


def _participants(names: Names, trial: Trial) -> str:
    treatments = [names.intervention(name) for name in trial.interventions]
    parts = [
        names.population(trial.population) if trial.population else listed(list(trial.conditions)),
        _enrolment(trial),
        trial.ages,
        "" if trial.dose else " versus ".join(treatments),
        trial.dose,
    ]
    return capital("; ".join(part.strip().rstrip(".") for part in parts if part))


def _enrolment(trial: Trial) -> str:
    if trial.enrolment is None:
        return ""
    planned, actual = trial.enrolment.planned, trial.enrolment.actual
    if actual is None:
        return f"{counted(planned, 'participant')} planned" if planned is not None else ""
    return counted(actual, "participant") + (f" of {planned:,} planned" if planned is not None else "")


def _results(trial: Trial) -> str:
    posted = f"Posted {day(trial.results_posted)}" if trial.results_posted else ""
    told = ". ".join(part.strip().rstrip(".") for part in (posted, capital(trial.results)) if part)
    return told or "None recorded"


def _printed(names: Names, trial: Trial) -> str:
    """What sources print of the trial, each with its place."""
    told = []
    enrolled = trial.enrolment.as_stated if trial.enrolment else ()
    for statement in (*trial.as_stated, *enrolled):
        values = ", ".join(f"{name.replace('_', ' ')} {_value(value)}" for name, value in statement.values.items())
        told.append(values + aside(names.source(statement.source) if statement.source else ""))
    return capital("; ".join(dict.fromkeys(told)))


def _value(value: object) -> str:
    text = str(value)
    when = PartialDate.parse(text) if isinstance(value, str) else None
    return day(when) if when else text
