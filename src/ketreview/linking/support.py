"""What a claim rests on: the works and species of its supporting evidence, where all of it is known."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from ketreview.appraisal.standing import is_marked_retracted, is_preprint
from ketreview.linking.corpus import Corpus
from ketreview.model.claim import Claim, Evidence
from ketreview.model.entry import Entry
from ketreview.model.review import Review
from ketreview.model.study import Study
from ketreview.model.vocabulary import Species

ANIMALS = frozenset({Species.MOUSE, Species.RAT, Species.RODENT, Species.ANIMAL, Species.CELLS})
"""Species that are not people; what is `mixed` may be."""


class Support(NamedTuple):
    """One piece of evidence: the entries of its reports, and in what it was gained; None where that is not known."""

    entries: tuple[Entry, ...]
    species: Species | None


def supports_of(claim: Claim, corpus: Corpus) -> tuple[Support, ...]:
    """The evidence for a claim; empty where a piece of it is not known, so that nothing can be said of all of it."""
    review = corpus.review_of(claim)
    found = [_support(evidence, review, corpus) for evidence in claim.supports]
    known = tuple(support for support in found if support is not None)
    return known if len(known) == len(found) else ()


def _support(evidence: Evidence, review: Review, corpus: Corpus) -> Support | None:
    study = corpus.record(review, "study", evidence.study) if evidence.study else _study_with(evidence.cites, review)
    if evidence.study and not isinstance(study, Study):
        return None
    keys = (*(study.cites if isinstance(study, Study) else ()), *((evidence.cites,) if evidence.cites else ()))
    entries = [corpus.entry(key) for key in dict.fromkeys(keys)]
    known = tuple(entry for entry in entries if entry is not None)
    if len(known) < len(entries):
        return None
    return Support(known, study.species if isinstance(study, Study) else None)


def _study_with(key: str, review: Review) -> Study | None:
    return next((study for study in review.studies if key in study.cites), None)


def is_preprint_entry(entry: Entry) -> bool:
    """Whether a work is a preprint alone, as its entry has it."""
    venue = entry.get("journaltitle", "journal", "booktitle")
    elsewhere = entry.get("howpublished", "eprinttype", "archiveprefix", "publisher", "institution")
    return is_preprint(entry.get("doi"), venue, elsewhere)


def retracted_keys(entries: Collection[Entry], corpus: Corpus) -> Iterator[str]:
    """The keys of works that are known to be retracted: by a record of retractions, or by their titles."""
    known: Collection[str] = getattr(corpus, "retracted", ())  # facts that a corpus may hold, by key
    yield from (entry.key for entry in entries if entry.key in known or is_marked_retracted(entry.get("title")))
