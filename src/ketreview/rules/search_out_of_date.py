"""The review's own last search is too long ago."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.currency import age_in_days, is_stale
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

    What appeared since then is not in it. The interval is `interval_days`, else the setting `intervals` for its mode; the newest of `last_search`
    and `searches` counts, from its last possible day. A static review is never out of date; one that is planned or retired has nothing to keep.
    The searches of its sources are theirs.

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
    if currency is None or currency.mode == Mode.STATIC or review.status in _NOT_KEPT or not is_whole(review, "searches"):
        return
    searched = _last_search(review, currency)
    if searched is None:
        message = f"no search of its own is recorded, and the review is {currency.mode}"
        yield Problem(message, currency.span("mode"))
        return
    date, span = searched
    interval = currency.interval_days or corpus.settings.intervals[currency.mode]
    if is_stale(date, interval, corpus.as_of):
        age = age_in_days(date, corpus.as_of)
        yield Problem(f"the last search ({date}) is {age} days old; a new one is due after {interval}", span)


def _last_search(review: Review, currency: Currency) -> tuple[PartialDate, Span] | None:
    """The date of the review's newest search, and where it is written."""
    dated = [(search.date, search.span("date")) for search in review.searches if search.date]
    if currency.last_search:
        dated.insert(0, (currency.last_search, currency.span("last_search")))
    return max(dated, key=lambda pair: pair[0].latest(), default=None)
