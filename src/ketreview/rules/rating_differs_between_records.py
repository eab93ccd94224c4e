"""Two records give one work, or one claim, two values of certainty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ketreview.appraisal.certainty_values import certainties_differ
from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.contesting import Contesting, Stated
from ketreview.linking.same_question import one_question
from ketreview.model.entry import Entry
from ketreview.model.rating import Rating
from ketreview.patterns import regex
from ketreview.rule import JOINED, Problem, rule
from ketreview.source import Span

_OVERALL = regex(r"(?:overall )?certainty(?: level| rating| grade)?(?: overall)?", re.IGNORECASE)


@rule("KR407", JOINED, Severity.WARNING)
def rating_differs_between_records(corpus: Corpus, _: Corpus) -> Iterator[Problem]:
    """One work has two certainty values, or one claim two levels, each in a record of its own.

    Found are the field `certainty` of two entries of one work; that field and the overall certainty that a reading
    folder states of the work, which it names by key, DOI or PMID; and the ratings of two claims that `same_as` joins.
    What an appendix states is KR706, two ratings within one review are KR506.

    Values are compared if both are numbers of one scale, or both words that mean a level. Ratings are compared on one
    scale, and only where they do not name different outcomes, populations or comparisons: a level may differ between
    those.

    Bad:

    ```bib references.bib
    @article{neu2015, author = {Neu, D.}, title = {An invented study}, doi = {10.1000/182}, certainty = 0.72}
    @article{neu2015b, author = {Neu, D.}, title = {An invented study}, doi = {10.1000/182}, certainty = 0.55}
    ```

    Good:

    ```bib references.bib
    @article{neu2015, author = {Neu, D.}, title = {An invented study}, doi = {10.1000/182}, certainty = 0.72}
    ```
    """
    yield from _of_entries(corpus)
    yield from _of_folders(corpus)
    yield from _of_claims(corpus)


def _of_entries(corpus: Corpus) -> Iterator[Problem]:
    for work in corpus.duplicates.works:
        rated = [entry for entry in work.entries if entry.get("certainty")]
        for index, entry in enumerate(rated):
            for other in rated[:index]:
                if _differ(entry.get("certainty"), other.get("certainty"), corpus):
                    yield _against(entry.get("certainty"), _place(entry), other, entry.key)
                    break


def _of_folders(corpus: Corpus) -> Iterator[Problem]:
    for folder in corpus.reading:
        overall = [rated for rated in folder.certainty if _OVERALL.fullmatch(rated.subject.strip())]
        names = (folder.identity.keys, folder.identity.dois, folder.identity.pmids)
        if overall and any(names):
            rated_entries = [entry for entry in corpus.same_work(folder.identity) if entry.get("certainty")]
            for entry in rated_entries[:1]:
                if all(_differ(overall[0].value, other.get("certainty"), corpus) for other in rated_entries):
                    yield _against(overall[0].value, overall[0].span, entry, entry.key)


def _of_claims(corpus: Corpus) -> Iterator[Problem]:
    if len(corpus.review_ids) < 2:  # noqa: PLR2004  it takes two
        return
    for group in Contesting(corpus).same:
        rated = [(one, rating) for one in group if (rating := _rating(corpus, one)) is not None]
        for index, (stated, rating) in enumerate(rated):
            for other, theirs in rated[:index]:
                alike = rating.scale is theirs.scale and one_question(
                    corpus, (stated.review, rating), (other.review, theirs)
                )
                if alike and rating.level is not theirs.level:
                    yield _against_claim(stated, rating, other, theirs)
                    break


def _rating(corpus: Corpus, stated: Stated) -> Rating | None:
    found = corpus.record(stated.review, "rating", stated.claim.rating)
    return found if isinstance(found, Rating) else None


def _against_claim(stated: Stated, rating: Rating, other: Stated, theirs: Rating) -> Problem:
    levels = [level.value.replace("_", " ") for level in (rating.level, theirs.level)]
    message = (
        f"`{stated.claim.id}` is rated {levels[0]} ({shown(rating.id)}), and the same claim, {shown(other.name)}, "
        f"{levels[1]} ({shown(theirs.id)})"
    )
    related = (Related(theirs.span("level"), f"rated {levels[1]} here"),)
    return Problem(message, rating.span("level"), id=stated.claim.id, related=related)


def _against(value: str, span: Span, other: Entry, key: str) -> Problem:
    theirs = other.get("certainty")
    message = f"certainty {shown(value)} here, and {shown(theirs)} in the entry {shown(other.key)} of the same work"
    return Problem(message, span, key=key, related=(Related(_place(other), f"{shown(theirs)} here"),))


def _place(entry: Entry) -> Span:
    field = entry.field("certainty")
    return entry.value_span(field) if field else entry.key_span


def _differ(one: str, other: str, corpus: Corpus) -> bool:
    return certainties_differ(one, other, corpus.settings.crosswalk)
