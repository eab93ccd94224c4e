"""A search of the review does not say when, where or for what."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus, is_whole
from ketreview.model.review import Review
from ketreview.model.search import Search
from ketreview.rule import REVIEW, Problem, rule


@rule("KR609", REVIEW, Severity.INFO)
def search_not_reproducible(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """A search of the review's own has no date, no source or no strategy, or is known by its date alone.

    Nobody can repeat it, or say what it cannot have found. PRISMA-S (items 1, 8 and 13) asks for each database, the
    full strategy as it was run, and the date of each search. Search terms count as a strategy here. The searches of its
    sources are theirs.

    Bad:

    ```yaml reviews/mecfs.yaml
    searches:
    - {date: 2026-01-20, sources: [ClinicalTrials.gov], found: 0}
    ```

    Good:

    ```yaml reviews/mecfs.yaml
    searches:
    - {date: 2026-01-20, sources: [ClinicalTrials.gov], strategy: ketamine AND chronic fatigue, found: 0}
    ```
    """
    del corpus
    for search in review.searches:
        lacks = list(_lacking(search))
        if lacks:
            date = f" of {search.date}" if search.date else ""
            place = search.span("date") if search.date else search.span("sources")
            yield Problem(f"the search{date} has {_listed(lacks)}; it cannot be repeated", place)
    currency = review.currency
    if currency and currency.last_search and not review.searches and is_whole(review, "searches"):
        message = f"the last search ({currency.last_search}) is known by its date alone; record it in `searches`"
        yield Problem(message, currency.span("last_search"))


def _lacking(search: Search) -> Iterator[str]:
    if search.date is None:
        yield "no date"
    if not search.sources:
        yield "no source"
    if not search.strategy and not search.terms:
        yield "no strategy"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
