"""A claim rests on weak evidence alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.linking.support import ANIMALS, entries_of, is_preprint_entry, is_retracted, species_of
from ketreview.model.claim import Claim
from ketreview.model.entry import Entry
from ketreview.model.vocabulary import Species
from ketreview.rule import CLAIM, Problem, rule

_CALLED: Mapping[Species | None, str] = {
    Species.MOUSE: "mice",
    Species.RAT: "rats",
    Species.RODENT: "rodents",
    Species.ANIMAL: "animals",
    Species.CELLS: "cells",
}


@rule("KR516", CLAIM, Severity.WARNING)
def weak_sole_support(claim: Claim, corpus: Corpus) -> Iterator[Problem]:
    """All that supports a claim are preprints, or retracted works, or experiments in animals while it is about people.

    Such evidence may stand beside other; alone it does not carry a claim as worded. A preprint that has appeared in a
    journal is none. Nothing is said where a piece of the evidence is not known: a study without an entry, a key that
    the store does not have, a species that no study states.

    Bad:

    ```yaml reviews/rett.yaml
    studies:
    - {id: patrizi, design: animal_experiment, species: mouse, state: read}
    claims:
    - {id: c, kind: efficacy, statement: Ketamine may ease Rett syndrome., species: human, supports: [{study: patrizi}]}
    ```

    Good:

    ```yaml reviews/rett.yaml
    studies:
    - {id: patrizi, design: animal_experiment, species: mouse, state: read}
    claims:
    - {id: c, kind: efficacy, statement: Ketamine eased Rett in mice., species: mouse, supports: [{study: patrizi}]}
    ```
    """
    review = corpus.review_of(claim)
    bodies = list[tuple[Entry, ...]]()
    for evidence in claim.supports:
        entries = entries_of(evidence, review, corpus)
        if entries is None:
            return
        bodies.append(entries)
    if not bodies:
        return
    if claim.species is Species.HUMAN:
        species = {species_of(evidence, review, corpus): None for evidence in claim.supports}
        animals = [_CALLED[kind] for kind in species if kind in ANIMALS]
        if len(animals) == len(species):
            told = " and ".join(animals)
            yield Problem(f"`{claim.id}` is about people, and all its evidence is from {told}", claim.span("supports"))
    if not all(bodies):
        return
    if all(is_preprint_entry(entry) for body in bodies for entry in body):
        keys = ", ".join(dict.fromkeys(entry.key for body in bodies for entry in body))
        yield Problem(f"`{claim.id}` rests on preprints alone: {keys}", claim.span("supports"))
    if all(any(is_retracted(entry, corpus) for entry in body) for body in bodies):
        keys = ", ".join(dict.fromkeys(entry.key for body in bodies for entry in body if is_retracted(entry, corpus)))
        yield Problem(f"`{claim.id}` rests on retracted works alone: {keys}", claim.span("supports"))
