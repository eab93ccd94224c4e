"""A search does not say when, where or for what, or what it found."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus, is_whole
from ketreview.model.review import Review
from ketreview.model.search import Search
from ketreview.rule import REVIEW, Problem, as_printed, rule


@rule("KR609", REVIEW, Severity.INFO)
def search_not_reproducible(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """A search has no date, no source, no strategy or no count of records, or is known by its date alone.

    Nobody can repeat it, or say what it cannot have found. PRISMA-S (items 1, 8, 13 and 15) asks for each database, the
    full strategy as it was run, the date of each search, and the records it found. Search terms count as a strategy
    here, and a PRISMA flow beside the search as a count. What a source says of its own search is judged as printed
    there.

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
        yield from _problems(search, counted=review.flow is not None)
    for source in review.sources:
        if source.search:
            yield from _problems(source.search, counted=source.flow is not None, printed=as_printed(source.id))
    currency = review.currency
    if currency and currency.last_search and not review.searches and is_whole(review, "searches"):
        message = f"the last search ({currency.last_search}) is known by its date alone; record it in `searches`"
        yield Problem(message, currency.span("last_search"))


def _problems(search: Search, *, counted: bool, printed: str = "") -> Iterator[Problem]:
    lacks = list(_lacking(search))
    date = f" of {search.date}" if search.date else ""
    place = search.span("date") if search.date else search.span("sources")
    if lacks:
        yield Problem(f"the search{date} has {_listed(lacks)}; it cannot be repeated{printed}", place)
    elif search.found is None and not counted:
        message = f"the search{date} has no count of records (`found`); who repeats it cannot compare{printed}"
        yield Problem(message, place)


def _lacking(search: Search) -> Iterator[str]:
    if search.date is None:
        yield "no date"
    if not search.sources:
        yield "no source"
    if not search.strategy and not search.terms:
        yield "no strategy"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
