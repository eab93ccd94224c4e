"""The names that reviews may share, by which rules hold one against another."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from ketreview.appraisal.mechanisms import named_things
from ketreview.appraisal.trials import normal_form, trials_of
from ketreview.linking.corpus import Corpus
from ketreview.linking.labels import name_among, references_of
from ketreview.linking.retold import work_named
from ketreview.model.claim import Mechanism
from ketreview.model.review import Review


def shared_names(review: Review, corpus: Corpus, labels: Collection[str]) -> Iterator[str]:
    """What another review may name too: itself, works, trials, mechanisms, and those of `labels` that it has works for.

    A review that has none of these in common with another one says nothing that bears on it.
    """
    yield f"review {review.id}"
    for _, name in corpus.names_in(review):
        if name.kind == "any_claim" and ":" in name.value:
            yield f"review {name.value.rpartition(':')[0]}"
    for study in review.studies:
        yield from (f"work {work_named(corpus, key)}" for key in study.cites)
        yield from (f"number {normal_form(number)}" for number in study.registrations)
    for trial in review.trials:
        yield from (f"trial {number}" for number in trials_of(trial.registrations))
    yield from (_place(claim.mechanism) for claim in review.claims if claim.mechanism)
    if labels:
        entries = (corpus.entry(reference.cites) for reference in references_of(review))
        yield from (f"label {label}" for entry in entries if entry and (label := name_among(entry, labels)))


def _place(mechanism: Mechanism) -> str:
    """What a mechanism acts on and what it changes; claims are held against each other where these are the same."""
    return f"mechanism {json.dumps([sorted(named_things(text)) for text in (mechanism.target, mechanism.on)])}"
