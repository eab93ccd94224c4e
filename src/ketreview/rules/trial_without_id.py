"""A trial has no registration number."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.trial_mentions import numbers_in
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.trial import Trial
from ketreview.rule import TRIAL, Problem, as_printed, rule


@rule("KR602", TRIAL, Severity.WARNING)
def trial_without_id(trial: Trial, corpus: Corpus) -> Iterator[Problem]:
    """A trial of the review has no registration number.

    Without it nobody can look up how the trial ended, and two names of one trial stay two trials. If the record itself
    names one number, in its title, its note or the places it comes from, the finding says so. That a source names the
    trial without its number (`as_stated: [{source: news, registrations: none}]`) is for information.

    Bad:

    ```yaml reviews/rett.yaml
    trials:
    - {id: cleveland, title: Ketamine in Rett syndrome, status: TERMINATED}
    ```

    Good:

    ```yaml reviews/rett.yaml
    trials:
    - {id: cleveland, title: Ketamine in Rett syndrome, registrations: [NCT02562820], status: TERMINATED}
    ```
    """
    del corpus
    if not trial.registrations:
        named = numbers_in("\n".join(_texts(trial)))
        hint = f"; its record names `{named[0]}`" if len(named) == 1 else ""
        yield Problem(f"`{trial.id}` has no registration number{hint}", trial.span("id"))
        return
    for statement in trial.as_stated:
        if str(statement.values.get("registrations", "")).strip().casefold() == "none":
            number = shown(trial.registrations[0])
            message = f"`{trial.id}` is named without its registration number, {number}{as_printed(statement.source)}"
            yield Problem(message, statement.span("registrations"), severity=Severity.INFO)


def _texts(trial: Trial) -> Iterator[str]:
    """What a trial's record says in words."""
    yield from (trial.title, trial.note, trial.results, trial.dose)
    yield from (origin.at for origin in trial.from_)
    for statement in trial.as_stated:
        yield statement.at
        yield from map(str, statement.values.values())
