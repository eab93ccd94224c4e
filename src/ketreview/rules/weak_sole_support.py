"""A claim rests on weak evidence alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.linking.support import ANIMALS, is_preprint_entry, retracted_keys, supports_of
from ketreview.model.claim import Claim
from ketreview.model.vocabulary import Species
from ketreview.rule import CLAIM, Problem, rule

_CALLED: Mapping[Species, str] = {
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
    supports = supports_of(claim, corpus)
    if not supports:
        return
    if claim.species is Species.HUMAN and all(support.species in ANIMALS for support in supports):
        told = " and ".join(dict.fromkeys(_CALLED[support.species] for support in supports if support.species))
        yield Problem(f"`{claim.id}` is about people, and all its evidence is from {told}", claim.span("supports"))
    entries = [entry for support in supports for entry in support.entries]
    if not all(support.entries for support in supports):
        return
    if all(is_preprint_entry(entry) for entry in entries):
        keys = ", ".join(dict.fromkeys(entry.key for entry in entries))
        yield Problem(f"`{claim.id}` rests on preprints alone: {keys}", claim.span("supports"))
    retracted = set(retracted_keys(entries, corpus))
    if all(any(entry.key in retracted for entry in support.entries) for support in supports):
        yield Problem(
            f"`{claim.id}` rests on retracted works alone: {', '.join(sorted(retracted))}", claim.span("supports")
        )
