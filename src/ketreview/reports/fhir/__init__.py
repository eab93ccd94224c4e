"""The GRADE ratings of a review as FHIR R5: a Bundle of Evidence, and of a Citation for each reference behind it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.model.rating import Rating
from ketreview.model.review import Review
from ketreview.model.vocabulary import Scale
from ketreview.reports.chapter.names import Names
from ketreview.reports.fhir.citations import citation
from ketreview.reports.fhir.codes import Json
from ketreview.reports.fhir.evidence import evidence, studies_of
from ketreview.reports.fhir.texts import full_url, resource_id


@frozen
class FhirAnswer:
    """A Bundle as FHIR's own JSON, and what the review has and the bundle has not, in words."""

    bundle: Json
    left_out: tuple[str, ...]


def answer(corpus: Corpus, review: Review) -> FhirAnswer:
    """The bundle of a review: the same each time, whatever the day."""
    names = Names(corpus, review)
    grade = {name: rating for name, rating in _named(review) if rating.scale is Scale.GRADE}
    made = {name: resource for name, rating in grade.items() if (resource := evidence(names, rating, name))}
    given = [grade[name] for name in made]
    keys = dict.fromkeys(key for rating in given for study in studies_of(names, rating) for key in study.cites)
    entries = [entry for key in keys if (entry := corpus.entry(key)) is not None]
    contents = [
        *(_entry(review, name, resource) for name, resource in made.items()),
        *(_entry(review, entry.key, citation(entry)) for entry in entries),
    ]
    bundle = {"resourceType": "Bundle", "id": resource_id(review.id), "type": "collection"}
    missing = [key for key in keys if corpus.entry(key) is None]
    empty = [rating.id for name, rating in grade.items() if name not in made]
    return FhirAnswer({**bundle, **({"entry": contents} if contents else {})}, tuple(_left_out(review, empty, missing)))


def _named(review: Review) -> Iterator[tuple[str, Rating]]:
    """The ratings by what they are called among those of all reviews; one whose id is taken gets a number."""
    taken: set[str] = set()
    for rating in review.certainty:
        tries = (f"{review.id}.{rating.id}{f'.{number}' if number > 1 else ''}" for number in count(1))
        name = next(name for name in tries if name not in taken)
        taken.add(name)
        yield name, rating


def _entry(review: Review, name: str, resource: Json) -> Json:
    return {"fullUrl": full_url(review.id, resource["resourceType"], name), "resource": resource}


def _left_out(review: Review, empty: list[str], missing: list[str]) -> Iterator[str]:
    for scale in (Scale.PLAUSIBILITY, Scale.FEASIBILITY):
        other = [rating.id for rating in review.certainty if rating.scale is scale]
        if other:
            yield f"left out, as {scale.value} is no scale of GRADE: {', '.join(other)}"
    if empty:
        yield f"left out, as they do not say what is rated: {', '.join(empty)}"
    if missing:
        yield f"left out, as the store has no entry: {', '.join(missing)}"
