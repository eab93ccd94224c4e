"""What a claim rests on: the works and the species of a piece of evidence, and how these works stand."""

from __future__ import annotations

import re
from functools import lru_cache

from ketreview.appraisal.standing import is_marked_retracted, is_preprint
from ketreview.linking.corpus import Corpus
from ketreview.model.claim import Evidence
from ketreview.model.entry import Entry
from ketreview.model.review import Review
from ketreview.model.study import Study
from ketreview.model.vocabulary import Species
from ketreview.patterns import regex

_VENUES = frozenset({"journal", "journaltitle", "booktitle"})
_MAY_BE_SERVER = regex("rxiv|preprint|ssrn|square|authorea", re.IGNORECASE)
ANIMALS = frozenset({Species.MOUSE, Species.RAT, Species.RODENT, Species.ANIMAL, Species.CELLS})
"""Species that are not people; what is `mixed` may be."""


def entries_of(evidence: Evidence, review: Review, corpus: Corpus) -> tuple[Entry, ...] | None:
    """The entries of all reports of a piece of evidence; None where one of them is not known."""
    keys: tuple[str, ...] = (evidence.cites,) if evidence.cites else ()
    if evidence.study:
        study = corpus.record(review, "study", evidence.study)
        if not isinstance(study, Study):
            return None
        keys = (*study.cites, *keys)
    entries = [corpus.entry(key) for key in keys]
    known = tuple(entry for entry in entries if entry is not None)
    return known if len(known) == len(entries) else None


def species_of(evidence: Evidence, review: Review, corpus: Corpus) -> Species | None:
    """In what a piece of evidence was gained; None where no study says so."""
    study: object = corpus.record(review, "study", evidence.study)
    if not evidence.study:
        study = next((study for study in review.studies if evidence.cites in study.cites), None)
    return study.species if isinstance(study, Study) else None


def is_preprint_entry(entry: Entry) -> bool:
    """Whether a work is a preprint alone, as its entry has it."""
    venue = next((text for name, text in entry.texts.items() if name in _VENUES), "")
    if venue and not _may_be_server(venue):
        return False  # as nearly every work
    elsewhere = entry.get("howpublished", "eprinttype", "archiveprefix", "publisher", "institution")
    return is_preprint(entry.get("doi"), " ".join(venue.split()), elsewhere)


@lru_cache(maxsize=1000)
def _may_be_server(venue: str) -> bool:
    """Whether a journal or book may be a server of preprints; the works of a store are from few journals."""
    return _MAY_BE_SERVER.search(venue) is not None


def is_retracted(entry: Entry, corpus: Corpus) -> bool:
    """Whether a work is known to be retracted: by a record of retractions, or by its title."""
    known = corpus.retractions.retracted if corpus.exports else frozenset()
    return entry.key in known or is_marked_retracted(entry.get("title"))
