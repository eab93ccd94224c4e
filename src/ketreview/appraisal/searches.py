"""When a review was last searched for."""

from __future__ import annotations

from ketreview.model.partial_date import PartialDate
from ketreview.model.review import Review


def last_search(review: Review) -> PartialDate | None:
    """The review's newest search of its own, as its currency or its list of searches gives it."""
    dates = [search.date for search in review.searches if search.date is not None]
    if review.currency is not None and review.currency.last_search is not None:
        dates.append(review.currency.last_search)
    return max(dates, key=PartialDate.latest, default=None)
