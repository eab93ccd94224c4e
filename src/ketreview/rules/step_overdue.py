"""A next step, or the day on which the review is to be looked at again, is past."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.currency import is_past
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.review import Review
from ketreview.model.vocabulary import ReviewStatus
from ketreview.rule import REVIEW, Problem, rule


@rule("KR611", REVIEW, Severity.WARNING)
def step_overdue(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """A next step is not done, and its date is past; or the review was to be reassessed, and was not.

    Do it, or give it a new date. A date without its day or month is past only when its last possible day is. A retired
    review is not reassessed.

    Bad:

    ```yaml reviews/mecfs.yaml as-of=2026-11-20
    next_steps:
    - {id: drks, text: Search DRKS, due: 2026-10}
    ```

    Good:

    ```yaml reviews/mecfs.yaml as-of=2026-11-20
    next_steps:
    - {id: drks, text: Search DRKS, due: 2026-11}
    ```
    """
    for step in review.next_steps:
        if not step.done and step.due and is_past(step.due, corpus.as_of):
            yield Problem(f"{shown(step.text)} was due {step.due} and is not done", step.span("due"), id=step.id)
    day = review.currency.reassess_on if review.currency else None
    if review.currency and day and is_past(day, corpus.as_of) and review.status != ReviewStatus.RETIRED:
        message = f"the review was to be reassessed by {day}: say anew whether it is up to date, or give a later date"
        yield Problem(message, review.currency.span("reassess_on"))
