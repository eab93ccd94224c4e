"""The state of the evidence: summary, counts, currency, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ketreview.appraisal.currency import due
from ketreview.document import Block, Heading, Item, Items, Line, Paragraph, joined, line
from ketreview.model.partial_date import PartialDate
from ketreview.model.review import Review
from ketreview.model.source_document import SourceDocument
from ketreview.reports.chapter.names import Names
from ketreview.reports.chapter.terms import ANIMALS, aside, capital, counted, day, listed, words


def blocks(names: Names) -> Iterator[Block]:
    """The review's summary, what it counts, how current it is, and the documents that its content came from."""
    review = names.review
    if review.summary:
        yield Paragraph(line(review.summary))
    if review.studies or review.claims:
        yield Paragraph(line(_counts(review)))
    yield Paragraph(line(_currency(review)))
    if review.sources:
        yield Heading("Sources", 2)
        yield Items(tuple(Item(_source(names, source)) for source in review.sources))


def _counts(review: Review) -> str:
    parts = [
        (len(review.studies), "study"),
        (len(review.claims), "claim"),
        (len(review.certainty), "rating of certainty"),
        (len(review.trials), "registered trial"),
    ]
    held = listed([counted(number, noun) for number, noun in parts if number])
    return " ".join([f"The review holds {held}.", *_designs(review)])


def _designs(review: Review) -> Iterator[str]:
    designs = Counter(study.design for study in review.studies)
    if designs:
        told = listed([counted(number, words(design)) for design, number in designs.most_common()])
        yield f"By design, the studies are: {told}."
    animals = Counter(study.species for study in review.studies if study.species in ANIMALS)
    if animals:
        told = listed([f"{words(species)} ({number})" for species, number in animals.most_common() if species])
        yield f"Evidence from animals or cells: {told}."


def _currency(review: Review) -> str:
    """How current the review is: in dates, as an age would make the chapter another one each day."""
    currency = review.currency
    sentences = []
    if currency:
        again = (
            f", to be searched anew every {counted(currency.interval_days, 'day')}" if currency.interval_days else ""
        )
        sentences.append(f"It is kept as a {words(currency.mode)}{again}.")
    dates = [search.date for search in review.searches if search.date]
    dates += [currency.last_search] if currency and currency.last_search else []
    last = max(dates, key=PartialDate.latest, default=None)
    if last is None:
        return " ".join([*sentences, "No search of the review's own is recorded."])
    told = f"Its last search was {'on' if last.day else 'in'} {day(last)}"
    next_ = due(last, currency.interval_days) if currency and currency.interval_days else None
    return " ".join([*sentences, f"{told}; the next is due by {day(next_)}." if next_ else f"{told}."])


def _source(names: Names, source: SourceDocument) -> Line:
    search = source.search.date if source.search else None
    details = [source.kind, day(source.date) if source.date else "", f"searched {day(search)}" if search else ""]
    told = ", ".join(detail for detail in details if detail)
    parts = [
        line(capital(source.title), aside(told)),
        names.cited([source.cites] if source.cites else []),
    ]
    return joined(parts, " ")
