"""A trial's results are posted, and the review does not use them."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.trials import normal_form
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.trial import Trial
from ketreview.model.vocabulary import Design
from ketreview.rule import TRIAL, Problem, rule


@rule("KR604", TRIAL, Severity.WARNING)
def results_not_used(trial: Trial, corpus: Corpus) -> Iterator[Problem]:
    """A registry has posted a trial's results, and the review cites none.

    The trial has no `cites`, and no study shares a registration with it. Posted results that nobody looked at are the
    cheapest new evidence there is. A study that is the trial's protocol reports no results and does not count. Results
    posted after the as-of date are not asked for.

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
    if trial.results_posted is None or trial.results_posted.earliest() > corpus.as_of or trial.cites:
        return
    own = _numbers(trial.registrations)
    studies = corpus.review_of(trial).studies
    if not any(own & _numbers(study.registrations) for study in studies if study.design != Design.PROTOCOL):
        message = (
            f"`{trial.id}` has results, posted {trial.results_posted}; it cites nothing and no study has its number"
        )
        yield Problem(message, trial.span("results_posted"))


def _numbers(registrations: tuple[str, ...]) -> set[str]:
    return {normal_form(number) or number for number in registrations}
