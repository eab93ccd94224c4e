"""One registration in two trials, or one trial with two registrations of a registry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ketreview.appraisal.trial_state import Difference, differences
from ketreview.appraisal.trials import number_of
from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.trial import Trial
from ketreview.rule import TRIAL, Problem, rule
from ketreview.source import Span

_COMPARED = 20
"""How many records of one number each is held against: all of them with all others would take for ever."""


@rule("KR607", TRIAL, Severity.WARNING)
def trial_recorded_twice(trial: Trial, corpus: Corpus) -> Iterator[Problem]:
    """One registration stands in two trials of a review, two reviews tell one trial differently, or a trial has two
    registrations of one registry.

    Two records of a trial drift apart, and its participants are counted twice. Of two reviews that tell it differently,
    the finding stands where the registry was read earlier; a partial date differs only from what it cannot mean. Two
    numbers of one registry are two trials, or one that was registered again: only one of them is followed. The European
    number and those of its countries are one, and so are a number of CTIS and its later submissions. Each trial is held
    against the first twenty that have its number.

    Bad:

    ```yaml reviews/rett.yaml
    trials:
    - {id: oral, title: Oral ketamine, registrations: [NCT03633058], status: COMPLETED}
    - {id: phase-2, title: Phase 2 of ketamine, registrations: [NCT03633058], status: COMPLETED}
    ```

    Good:

    ```yaml reviews/rett.yaml
    trials:
    - {id: oral, title: Oral ketamine, registrations: [NCT03633058, 2018-001234-12], status: COMPLETED}
    - {id: iv, title: Intravenous ketamine, registrations: [NCT02562820], status: COMPLETED}
    ```
    """
    yield from _of_one_registry(trial)
    review = corpus.review_of(trial)
    seen: set[int] = set()
    for index, written in enumerate(trial.registrations):
        place = trial.span(f"registrations.{index}")
        for other in corpus.trials_by_number.get(number_of(written).trial, ())[:_COMPARED]:
            if other is trial or id(other) in seen:
                continue
            seen.add(id(other))
            elsewhere = corpus.review_of(other)
            if elsewhere is not review:
                yield from _told_otherwise(trial, other, elsewhere.id)
            elif other.span("id").start < trial.span("id").start:
                message = f"`{trial.id}` has {shown(written)}, which is recorded as `{other.id}` already"
                yield Problem(message, place, related=(Related(other.span("id"), "it is recorded here"),))


def _of_one_registry(trial: Trial) -> Iterator[Problem]:
    """A second number of a registry that names another trial than the first."""
    first: dict[str, tuple[str, str, Span]] = {}
    for index, written in enumerate(trial.registrations):
        number = number_of(written)
        place = trial.span(f"registrations.{index}")
        text, known, before = first.setdefault(number.registry, (number.text, number.trial, place))
        if number.registry and number.trial != known:
            message = (
                f"`{trial.id}` has two numbers of {number.registry}, `{text}` and `{number.text}`, which are two trials"
            )
            yield Problem(message, place, related=(Related(before, "the other number"),))


def _told_otherwise(trial: Trial, other: Trial, review: str) -> Iterator[Problem]:
    """The finding where a trial is told otherwise in another review, and that reading is the later one."""
    found = differences(trial, other)
    if not found or (_read(trial), trial.where.source.path) > (_read(other), other.where.source.path):
        return
    read = f", read {other.retrieved}" if other.retrieved else ""
    told = "; ".join(map(_words, found))
    message = f"`{trial.id}` is told otherwise in `{review}`{read}: {told}"
    field = found[0].field.partition(".")[0]
    related = (Related(other.span(field), "it is told so here"),)
    yield Problem(message, trial.span(field), related=related)


def _words(difference: Difference) -> str:
    outer, _, inner = difference.field.replace("_", " ").partition(".")
    return f"{outer}{f' ({inner})' if inner else ''} {difference.one} here, {difference.other} there"


def _read(trial: Trial) -> date:
    return trial.retrieved.latest() if trial.retrieved else date.min
