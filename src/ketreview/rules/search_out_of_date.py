"""The review's own last search is too long ago."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.currency import age_in_days, is_stale
from ketreview.appraisal.searches import last_search
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus, is_whole
from ketreview.model.partial_date import PartialDate
from ketreview.model.review import Review
from ketreview.model.search import Currency
from ketreview.model.vocabulary import Mode, ReviewStatus
from ketreview.rule import REVIEW, Problem, rule
from ketreview.source import Span

_NOT_KEPT = (ReviewStatus.PLANNED, ReviewStatus.RETIRED)


@rule("KR608", REVIEW, Severity.WARNING)
def search_out_of_date(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """A review that is kept current was last searched longer ago than its interval, or has no search of its own.

    What appeared since then is not in it. The interval is `interval_days`, else the setting `intervals` for its mode;
    the newest of `last_search` and `searches` counts, from its last possible day. A static review is never out of date;
    one that is planned or retired has nothing to keep. The searches of its sources are theirs.

    Bad:

    ```yaml reviews/mecfs.yaml as-of=2026-11-20
    currency: {mode: living, interval_days: 90, last_search: 2026-01}
    ```

    Good:

    ```yaml reviews/mecfs.yaml as-of=2026-11-20
    currency: {mode: living, interval_days: 90, last_search: 2026-09}
    ```
    """
    currency = review.currency
    if (
        currency is None
        or currency.mode == Mode.STATIC
        or review.status in _NOT_KEPT
        or not is_whole(review, "searches")
    ):
        return
    date = last_search(review)
    if date is None:
        message = f"no search of its own is recorded, and the review is {currency.mode}"
        yield Problem(message, currency.span("mode"))
        return
    interval = currency.interval_days or corpus.settings.intervals[currency.mode]
    if is_stale(date, interval, corpus.as_of):
        age = age_in_days(date, corpus.as_of)
        message = f"the last search ({date}) is {age} days old; a new one is due after {interval}"
        yield Problem(message, _place(date, review, currency))


def _place(date: PartialDate, review: Review, currency: Currency) -> Span:
    """Where the date of the newest search is written."""
    if currency.last_search == date:
        return currency.span("last_search")
    return next(search.span("date") for search in review.searches if search.date == date)
