"""The studies of reviews, one row each, as a table to sort and count."""

from __future__ import annotations

from collections.abc import Collection

from ketreview.appraisal.identifiers import plain_doi
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.linking.works import pmid_of
from ketreview.model.review import Review
from ketreview.model.study import Study
from ketreview.reports.fhir.texts import without_latex


@frozen
class StudyAnswer:
    """One study. `dois` and `pmids` are those of its entries; `results` counts the results that were extracted."""

    review: str
    id: str
    title: str | None
    keys: tuple[str, ...]
    reference: str | None
    dois: tuple[str, ...]
    pmids: tuple[str, ...]
    registrations: tuple[str, ...]
    design: str
    date: str | None
    population: str | None
    comparison: str | None
    interventions: tuple[str, ...]
    species: str | None
    participants: int | None
    included_studies: int | None
    directness: str | None
    indirect_because: str | None
    results: int
    risk_of_bias: tuple[str, ...]
    state: str
    added: str | None


@frozen
class StudiesAnswer:
    """Every study, in the order of the reviews."""

    version: int
    studies: tuple[StudyAnswer, ...]


def answer(corpus: Corpus, reviews: Collection[str] = ()) -> StudiesAnswer:
    """The studies of all reviews, or of those named."""
    wanted = [review for review in corpus.reviews if not reviews or review.id in reviews]
    return StudiesAnswer(1, tuple(_study(corpus, review, study) for review in wanted for study in review.studies))


def _study(corpus: Corpus, review: Review, study: Study) -> StudyAnswer:
    entries = [entry for key in study.cites if (entry := corpus.entry(key)) is not None]
    titles = (study.title, *(without_latex(entry.get("title")) for entry in entries))
    dates = (str(study.date or ""), *(entry.get("date", "year") for entry in entries))
    return StudyAnswer(
        review=review.id,
        id=study.id,
        title=next(filter(None, titles), None),
        keys=study.cites,
        reference=study.reference or None,
        dois=tuple(doi for entry in entries if (doi := plain_doi(entry.get("doi")))),
        pmids=tuple(pmid for entry in entries if (pmid := pmid_of(entry))),
        registrations=study.registrations,
        design=study.design.value,
        date=next(filter(None, dates), None),
        population=study.population or None,
        comparison=study.comparison or None,
        interventions=study.interventions,
        species=study.species.value if study.species else None,
        participants=study.participants,
        included_studies=study.included_studies,
        directness=study.directness.value if study.directness else None,
        indirect_because=study.indirect_because or None,
        results=len(study.results),
        risk_of_bias=tuple(dict.fromkeys(found.tool.value for found in study.risk_of_bias)),
        state=study.state.value,
        added=str(study.added) if study.added else None,
    )
