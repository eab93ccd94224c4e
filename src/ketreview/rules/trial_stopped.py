"""A trial was stopped, and something still counts on it."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.trial_state import enrolled, waiting
from ketreview.appraisal.trials import STOPPED, is_open
from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.trial import Trial
from ketreview.rule import TRIAL, Problem, as_printed, rule


@rule("KR605", TRIAL, Severity.WARNING)
def trial_stopped(trial: Trial, corpus: Corpus) -> Iterator[Problem]:
    """A trial was terminated, withdrawn or suspended, while a next step waits for it or a source calls it ongoing.

    The step may wait for ever: drop it, or write what can still come. The finding says why the trial was stopped and
    how many took part, where the review has it. What a source prints stays as it is; the finding says that it no longer
    holds.

    Bad:

    ```yaml reviews/mecfs.yaml
    trials:
    - {id: eskefib, title: ESKEFIB, registrations: [NCT04436250], status: TERMINATED}
    next_steps:
    - {text: Track the results, waits_for: [eskefib]}
    ```

    Good:

    ```yaml reviews/mecfs.yaml
    trials:
    - {id: eskefib, title: ESKEFIB, registrations: [NCT04436250], status: TERMINATED}
    next_steps:
    - {text: Track the results, waits_for: [eskefib], done: true}
    ```
    """
    if trial.status not in STOPPED:
        return
    related = (Related(trial.span("status"), "its status"),)
    state = _state(trial)
    for step, index in waiting(trial, corpus.review_of(trial)):
        span = step.span(f"waits_for.{index}")
        yield Problem(f"a next step waits for `{trial.id}`, which is {state}", span, related=related)
    for statement in trial.as_stated:
        status = str(statement.values.get("status", ""))
        if is_open(status):
            message = f"`{trial.id}` is called {shown(status)}; it is {trial.status}{as_printed(statement.source)}"
            yield Problem(message, statement.span("status"), related=related, severity=Severity.WARNING)


def _state(trial: Trial) -> str:
    """The status, with its reason and how many took part, as far as they are known."""
    known = [shown(" ".join(trial.why_stopped.split())) if trial.why_stopped else "", enrolled(trial)]
    said = "; ".join(part for part in known if part)
    return f"{trial.status} ({said})" if said else f"{trial.status}"
