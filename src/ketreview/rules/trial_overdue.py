"""A trial's expected end is past, and it is still called open."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.currency import is_past
from ketreview.appraisal.trials import is_open
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.partial_date import PartialDate
from ketreview.model.trial import Trial
from ketreview.rule import TRIAL, Problem, as_printed, rule


@rule("KR603", TRIAL, Severity.WARNING)
def trial_overdue(trial: Trial, corpus: Corpus) -> Iterator[Problem]:
    """A trial's expected completion is past, and its status is still an open one.

    Either the trial ended and the review does not say how, or it is late and the date is wrong; look it up in the
    registry. A date without its day or month is past only when its last possible day is. What a source prints is judged
    the same way, as the source's own words.

    Bad:

    ```yaml reviews/rett.yaml as-of=2026-11-20
    trials:
    - {id: a, title: A, registrations: [NCT03633058], status: RECRUITING, expected_completion: 2019-12}
    ```

    Good:

    ```yaml reviews/rett.yaml as-of=2026-11-20
    trials:
    - {id: a, title: A, registrations: [NCT03633058], status: RECRUITING, expected_completion: 2026}
    ```
    """
    if trial.status and is_open(trial.status) and (due := trial.expected_completion) and is_past(due, corpus.as_of):
        message = f"was to be completed by {due} and is still {trial.status}; look it up in its registry"
        yield Problem(f"`{trial.id}` {message}", trial.span("expected_completion"))
    for statement in trial.as_stated:
        status, text = str(statement.values.get("status", "")), str(statement.values.get("expected_completion", ""))
        printed = PartialDate.parse(text)
        if is_open(status) and printed and is_past(printed, corpus.as_of):
            message = f"`{trial.id}` is called {shown(status)}, to be completed by {printed}, which is past"
            place = statement.span("expected_completion")
            yield Problem(message + as_printed(statement.source), place, severity=Severity.WARNING)
