"""What a registry tells of a trial beside what its review has: what is taken over, and what is left to a person.

The registry decides its own facts: status, dates, enrolment, why a trial was stopped. What a review words in its own
way, such as title or sponsor, is only compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from ketreview.appraisal.currency import is_before
from ketreview.appraisal.trial_state import Difference
from ketreview.appraisal.trials import OPEN, trials_of
from ketreview.changes.yaml_values import Value
from ketreview.model.partial_date import PartialDate
from ketreview.model.registered import RegisteredTrial
from ketreview.model.trial import Trial
from ketreview.model.vocabulary import TrialStatus

FILLED = ("phase", "conditions", "ages", "sponsor")
"""The fields that are taken over only where a review has none, and only if that is asked for."""
_DATES = ("start", "primary_completion", "expected_completion", "completion", "last_update", "results_posted")
_NEWS = frozenset({"completion", "results_posted", "why_stopped", "delayed_posting", "enrolment.actual"})
"""Fields that a registry fills in the course of a trial: that one has come is a change since the last reading."""
_LAG = timedelta(days=7)
"""By how much the day of a registry's data may lie before the day on which it is downloaded: it rests at weekends."""


class Update(NamedTuple):
    """A field that is taken over. `recorded` says that it was told otherwise at the last reading."""

    field: str
    before: str
    value: Value
    recorded: bool

    @property
    def after(self) -> str:
        """The new value in words."""
        return _said(self.value)

    def record(self, read: PartialDate) -> Mapping[str, Value]:
        """The change as a trial keeps it."""
        sides = {"before": self.before, "after": self.after}
        return {"field": self.field, **{name: text for name, text in sides.items() if text}, "read": read}


def updates(trial: Trial, told: RegisteredTrial, retrieved: PartialDate, *, fill: bool = False) -> tuple[Update, ...]:
    """What is taken over, in the order of the fields of a trial."""
    found = [*_numbers(trial, told), *_state(trial, told), *_enrolment(trial, told), *_dates(trial, told)]
    if fill:
        found += [Update(name, "", getattr(told, name), recorded=False) for name in missing(trial, told)]
    if trial.retrieved != retrieved:
        found.append(Update("retrieved", _said(trial.retrieved), retrieved, recorded=False))
    order = {name: index for index, name in enumerate(type(trial).__dataclass_fields__)}
    return tuple(sorted(found, key=lambda one: order[one.field.partition(".")[0]]))


def missing(trial: Trial, told: RegisteredTrial) -> tuple[str, ...]:
    """The descriptive fields that the registry tells and the review has not."""
    return tuple(name for name in FILLED if getattr(told, name) and not getattr(trial, name))


def left(trial: Trial, told: RegisteredTrial) -> Iterator[Difference]:
    """What the review has and the registry tells otherwise, and is not taken over."""
    yield from _worded_otherwise(trial, told)
    own = trials_of(trial.registrations)
    unknown = [number for number in told.others if not trials_of([number]) & own]
    if unknown:
        yield Difference("registrations", ", ".join(trial.registrations), f"also {', '.join(unknown)}")
    if trial.completion and told.expected_completion and not told.completion:
        yield Difference("completion", _said(trial.completion), f"expected {told.expected_completion}")
    if trial.results_posted and told.has_results is False:
        yield Difference("results_posted", _said(trial.results_posted), "none posted")
    if told.has_results and not told.results_posted and not trial.results_posted:
        yield Difference("results_posted", "", "posted, on a day that the file does not tell")
    if trial.why_stopped and told.status in OPEN | {TrialStatus.COMPLETED}:
        yield Difference("why_stopped", trial.why_stopped, f"the trial is {told.status}")
    if trial.last_known_status and told.status and told.status is not TrialStatus.UNKNOWN:
        yield Difference("last_known_status", trial.last_known_status, f"the trial is {told.status}")


def older(trial: Trial, told: RegisteredTrial, retrieved: PartialDate) -> str:
    """Why a file tells less than the review knows already; empty if it does not."""
    if trial.retrieved and is_before(retrieved, trial.retrieved):
        return f"the registry was read later, {trial.retrieved}"
    if trial.last_update and told.last_update and is_before(told.last_update, trial.last_update):
        return f"the file knows the update of {told.last_update}, the review that of {trial.last_update}"
    if trial.retrieved and told.data_of and told.data_of.latest() + _LAG < trial.retrieved.earliest():
        return f"the data of the file is of {told.data_of}, and the registry was read {trial.retrieved}"
    return ""


def misdated(told: RegisteredTrial, retrieved: PartialDate) -> bool:
    """Whether the registry's data cannot well be what it gave on that day."""
    if told.data_of is None:
        return False
    return told.data_of.earliest() > retrieved.latest() or told.data_of.latest() + _LAG < retrieved.earliest()


def _numbers(trial: Trial, told: RegisteredTrial) -> Iterator[Update]:
    if not trials_of((told.number, *told.aliases)) & trials_of(trial.registrations):
        yield Update("registrations", "", [told.number], recorded=False)


def _state(trial: Trial, told: RegisteredTrial) -> Iterator[Update]:
    if told.status and told.status is not trial.status:
        yield Update("status", trial.status or "", told.status.value, recorded=trial.status is not None)
    known = told.last_known_status if told.status is TrialStatus.UNKNOWN else None
    if known and known is not trial.last_known_status:
        yield Update("last_known_status", trial.last_known_status or "", known.value, recorded=False)
    if told.why_stopped and _folded(told.why_stopped) != _folded(trial.why_stopped):
        yield _news(trial, "why_stopped", trial.why_stopped, told.why_stopped)
    if told.delayed_posting and not trial.delayed_posting:
        yield _news(trial, "delayed_posting", "", value=True)


def _enrolment(trial: Trial, told: RegisteredTrial) -> Iterator[Update]:
    for name in ("planned", "actual"):
        mine, theirs = getattr(trial.enrolment, name, None), getattr(told, name)
        if theirs is not None and theirs != mine:
            yield _news(trial, f"enrolment.{name}", _said(mine), theirs)


def _dates(trial: Trial, told: RegisteredTrial) -> Iterator[Update]:
    """Its dates, but those that the review has as exactly or more so."""
    for name in _DATES:
        mine: PartialDate | None = getattr(trial, name)
        theirs: PartialDate | None = getattr(told, name)
        if theirs is None or mine == theirs:
            continue
        if mine is None:
            yield _news(trial, name, "", theirs)
            continue
        otherwise = is_before(mine, theirs) or is_before(theirs, mine)
        if otherwise or _exactness(theirs) > _exactness(mine):
            yield Update(name, str(mine), theirs, recorded=otherwise and name != "last_update")


def _exactness(when: PartialDate) -> int:
    return bool(when.month) + bool(when.day)


def _news(trial: Trial, name: str, before: str, value: Value) -> Update:
    return Update(name, before, value, recorded=bool(before) or (name in _NEWS and trial.retrieved is not None))


def _worded_otherwise(trial: Trial, told: RegisteredTrial) -> Iterator[Difference]:
    titles = [_folded(title) for title in told.titles]
    mine = _folded(trial.title)
    if titles and not any(title in mine or mine in title for title in titles):
        yield Difference("title", trial.title, told.titles[0])
    compared: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("phase", _phase),
        ("ages", _ages),
        ("sponsor", _names),
    )
    for name, alike in compared:
        one, other = getattr(trial, name), getattr(told, name)
        if one and other and alike(one) != alike(other):
            yield Difference(name, one, other)
    if (
        trial.conditions
        and told.conditions
        and not {*map(_folded, trial.conditions)} & {*map(_folded, told.conditions)}
    ):
        yield Difference("conditions", ", ".join(trial.conditions), ", ".join(told.conditions))


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold())) or text


_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def _phase(text: str) -> object:
    words = re.sub(r"\bphase\b", "", _folded(text)).split()
    if words in (["not", "applicable"], ["n", "a"], ["na"]):
        return None
    return sorted(_ROMAN.get(word, word) for word in words if word != "and")


def _ages(text: str) -> object:
    return re.findall(r"\d+", text)


def _names(text: str) -> object:
    return _folded(text).removeprefix("the ")


def _said(value: Value | None) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
