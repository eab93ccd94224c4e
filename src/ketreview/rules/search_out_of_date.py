"""The review's own last search is too long ago."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.currency import TWO_YEARS, age_in_days, is_stale
from ketreview.appraisal.searches import last_search
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus, is_whole
from ketreview.model.partial_date import PartialDate
from ketreview.model.review import Review
from ketreview.model.search import Currency
from ketreview.model.vocabulary import Mode, ReviewStatus, UpdateStatus
from ketreview.rule import REVIEW, Problem, rule
from ketreview.source import Span

_NOT_KEPT = (ReviewStatus.PLANNED, ReviewStatus.RETIRED)


@rule("KR608", REVIEW, Severity.WARNING)
def search_out_of_date(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """A review that is kept current was last searched longer ago than its interval, or has no search of its own.

    What appeared since then is not in it. The interval is `interval_days`, else the setting `intervals` for its mode;
    the newest of `last_search` and `searches` counts, from its last possible day. A static review is never out of date;
    one that is planned or retired, or whose `status` is `no_update_planned`, has nothing to keep. Within an interval of
    more than two years, a search older than that is an info, unless `explanation` says why. The searches of its sources
    are theirs.

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
        or currency.status == UpdateStatus.NO_UPDATE_PLANNED
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
    age = f"the last search ({date}) is {age_in_days(date, corpus.as_of)} days old"
    if is_stale(date, interval, corpus.as_of):
        called = ", although `status` is up_to_date" if currency.status == UpdateStatus.UP_TO_DATE else ""
        yield Problem(f"{age}; a new one is due after {interval}{called}", _place(date, review, currency))
    elif is_stale(date, TWO_YEARS, corpus.as_of) and not currency.explanation:
        message = f"{age}; after two years a review says why in `explanation`, whatever its interval"
        yield Problem(message, _place(date, review, currency), severity=Severity.INFO)


def _place(date: PartialDate, review: Review, currency: Currency) -> Span:
    """Where the date of the newest search is written."""
    if currency.last_search == date:
        return currency.span("last_search")
    return next(search.span("date") for search in review.searches if search.date == date)
