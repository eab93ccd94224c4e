"""The date of a search or of a registry reading lacks its day."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.partial_date import PartialDate
from ketreview.model.review import Review
from ketreview.rule import REVIEW, Problem, rule
from ketreview.source import Span


@rule("KR612", REVIEW, Severity.INFO)
def imprecise_date(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """A search of the review's own, or the reading of a trial's registry, is dated without its day.

    What was registered or published in that month may have been seen or not, and the next search cannot begin where
    this one ended; PRISMA-S (item 13) asks for the date. Only what the review itself did has to have a day: registries
    and journals print months, and those are fine.

    Bad:

    ```yaml reviews/mecfs.yaml
    searches:
    - {date: 2026-01, sources: [ClinicalTrials.gov], strategy: ketamine AND chronic fatigue}
    ```

    Good:

    ```yaml reviews/mecfs.yaml
    searches:
    - {date: 2026-01-20, sources: [ClinicalTrials.gov], strategy: ketamine AND chronic fatigue}
    trials:
    - {id: a, title: A, registrations: [NCT03633058], status: RECRUITING, start: 2025-08, retrieved: 2026-01-20}
    ```
    """
    del corpus
    searched = {search.date for search in review.searches}
    for search in review.searches:
        yield from _problem("a search", search.date, search.span("date"))
    currency = review.currency
    if currency and currency.last_search not in searched:
        yield from _problem("the last search", currency.last_search, currency.span("last_search"))
    for trial in review.trials:
        yield from _problem(f"the reading of the registry of `{trial.id}`", trial.retrieved, trial.span("retrieved"))


def _problem(what: str, when: PartialDate | None, place: Span) -> Iterator[Problem]:
    if when and not when.day:
        yield Problem(f"{what} is dated {when}; give the {'day' if when.month else 'month and the day'}", place)
