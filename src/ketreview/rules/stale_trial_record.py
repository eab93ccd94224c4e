"""A trial's registry was read too long ago."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.currency import age_in_days, is_stale
from ketreview.appraisal.trial_state import may_change
from ketreview.config.settings import TRIALS
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.trial import Trial
from ketreview.model.vocabulary import Mode, ReviewStatus
from ketreview.rule import TRIAL, Problem, rule

_NOT_KEPT = (ReviewStatus.PLANNED, ReviewStatus.RETIRED)


@rule("KR606", TRIAL, Severity.INFO)
def stale_trial_record(trial: Trial, corpus: Corpus) -> Iterator[Problem]:
    """A trial's registry was read too long ago, or nothing says when it was read.

    What the review tells of the trial may no longer hold: read the registry again, and import its file with `ketreview
    trials import`. The interval is 180 days, or the setting `intervals.trials`; it is counted from the last day that
    `retrieved` may mean. A trial that was withdrawn, or ended and has its results, will not change any more and is not
    asked for; nor are those of a static, planned or retired review.

    Bad:

    ```yaml reviews/rett.yaml as-of=2026-11-20
    trials:
    - {id: a, title: A, registrations: [NCT03633058], status: RECRUITING, retrieved: 2025-11-20}
    ```

    Good:

    ```yaml reviews/rett.yaml as-of=2026-11-20
    trials:
    - {id: a, title: A, registrations: [NCT03633058], status: RECRUITING, retrieved: 2026-10-20}
    ```
    """
    review = corpus.review_of(trial)
    kept = review.status not in _NOT_KEPT and (review.currency is None or review.currency.mode is not Mode.STATIC)
    if not kept or not may_change(trial):
        return
    interval = corpus.settings.intervals[TRIALS]
    if trial.retrieved is None:
        state = f"is {trial.status}" if trial.status else "has no status"
        message = f"`{trial.id}` {state}, and nothing says when its registry was read; give `retrieved`"
        yield Problem(message, trial.span("status" if trial.status else "id"))
    elif is_stale(trial.retrieved, interval, corpus.as_of):
        age = age_in_days(trial.retrieved, corpus.as_of)
        message = f"the registry of `{trial.id}` was read {trial.retrieved}, {age} days ago; {interval} are allowed"
        yield Problem(message, trial.span("retrieved"))
