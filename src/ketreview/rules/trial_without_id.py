"""A trial has no registration number."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.trial import Trial
from ketreview.rule import TRIAL, Problem, rule


@rule("KR602", TRIAL, Severity.WARNING)
def trial_without_id(trial: Trial, corpus: Corpus) -> Iterator[Problem]:
    """A trial of the review has no registration number.

    Without it nobody can look up how the trial ended, and two names of one trial stay two trials.

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
        yield Problem(f"`{trial.id}` has no registration number", trial.span("id"))
