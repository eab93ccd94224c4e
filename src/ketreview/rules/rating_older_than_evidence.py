"""A rating was made before one of its studies was there."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.currency import is_before
from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus
from ketreview.model.partial_date import PartialDate
from ketreview.model.rating import Rating
from ketreview.model.study import Study
from ketreview.rule import RATING, Problem, rule


@rule("KR510", RATING, Severity.WARNING)
def rating_older_than_evidence(rating: Rating, corpus: Corpus) -> Iterator[Problem]:
    """A rating is dated before a study it names was published, or before that study was added to the review.

    The level cannot have taken the study into account: rate again, or correct a date. Partial dates get the benefit of
    the doubt. A study without `date` has the year of its store entry; of several reports the earliest counts, since the
    rating may rest on that one.

    Bad:

    ```yaml reviews/rett.yaml
    studies:
    - {id: s, design: randomised_trial, date: 2026-03, state: read}
    certainty:
    - {id: a, outcome: o, scale: grade, level: low, studies: [s], rated: 2026-02}
    ```

    Good:

    ```yaml reviews/rett.yaml
    studies:
    - {id: s, design: randomised_trial, date: 2026-03, state: read}
    certainty:
    - {id: a, outcome: o, scale: grade, level: low, studies: [s], rated: 2026-03}
    ```
    """
    if rating.rated is None:
        return
    review = corpus.review_of(rating)
    for name in dict.fromkeys([*rating.studies, *(study for step in rating.steps for study in step.studies)]):
        study = corpus.record(review, "study", name)
        if not isinstance(study, Study):
            continue
        published = study.date or _published(study, corpus)
        if published and is_before(rating.rated, published):
            reason, place = f"dates from {published}", study.span("date" if study.date else "cites")
        elif study.added and is_before(rating.rated, study.added):
            reason, place = f"was added on {study.added}", study.span("added")
        else:
            continue
        message = f"`{rating.id}` was rated on {rating.rated}, and its study `{name}` {reason}"
        yield Problem(message, rating.span("rated"), related=(Related(place, "this is later"),))


def _published(study: Study, corpus: Corpus) -> PartialDate | None:
    """The earliest year of the study's entries."""
    entries = (corpus.entry(key) for key in study.cites)
    return min((PartialDate(entry.year) for entry in entries if entry and entry.year), default=None)
