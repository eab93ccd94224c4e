"""A trial's results are posted, and the review does not use them."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.trial_state import has_results, uses_results
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus, is_whole
from ketreview.model.trial import Trial
from ketreview.rule import TRIAL, Problem, rule


@rule("KR604", TRIAL, Severity.WARNING)
def results_not_used(trial: Trial, corpus: Corpus) -> Iterator[Problem]:
    """A registry has posted a trial's results, and the review cites none.

    The trial has no `results` in words and no `cites`, and no study shares a registration with it. Posted results that
    nobody looked at are the cheapest new evidence there is. The trial's protocol reports no results and does not count,
    whether a study is it or `cites` names it. Results posted after the as-of date are not asked for.

    Bad:

    ```yaml reviews/rett.yaml as-of=2026-11-20
    trials:
    - {id: a, title: A, registrations: [NCT03633058], status: COMPLETED, results_posted: 2024-05-28}
    ```

    Good:

    ```yaml reviews/rett.yaml as-of=2026-11-20
    trials:
    - {id: a, title: A, registrations: [NCT03633058], status: COMPLETED, results_posted: 2024-05-28}
    studies:
    - {id: a-results, registrations: [NCT03633058], design: randomised_trial, state: found}
    ```
    """
    review = corpus.review_of(trial)
    if has_results(trial, corpus.as_of) and is_whole(review, "studies") and not uses_results(trial, review):
        cited = "cites its protocol alone" if trial.cites else "cites nothing"
        message = f"`{trial.id}` has results, posted {trial.results_posted}; it {cited} and no study has its number"
        yield Problem(message, trial.span("results_posted"))
