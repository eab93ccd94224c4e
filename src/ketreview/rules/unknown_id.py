"""A record names another one that its review does not define."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.review import ID_KINDS, Review
from ketreview.model.walk import Named
from ketreview.nearest import did_you_mean
from ketreview.rule import REVIEW, Problem, rule


@rule("KR206", REVIEW, Severity.ERROR)
def unknown_id(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """A record names a study, claim, outcome or other record that its review does not define.

    The link leads nowhere, so what rests on it is lost. `same_as` names a claim of another review as `review:claim`. An
    id that stands in a record which had to be left out is not reported: the fault there has been said. The same holds
    while a review could not be read.

    Bad:

    ```yaml reviews/rett.yaml
    claims:
    - {id: a, kind: background, statement: A, supports: [{study: picard-2018}]}
    studies:
    - {id: picard-2019, design: animal_experiment, state: read}
    ```

    Good:

    ```yaml reviews/rett.yaml
    claims:
    - {id: a, kind: background, statement: A, supports: [{study: picard-2019}]}
    studies:
    - {id: picard-2019, design: animal_experiment, state: read}
    ```
    """
    defined = corpus.defined(review)
    for record, name in corpus.names_in(review):
        if name.kind != "entry" and (name.kind, name.value) not in defined:
            message = _any_claim(name, review, corpus) if name.kind == "any_claim" else _missing(name, review, corpus)
            if message:
                yield Problem(message, name.span, id=getattr(record, "id", ""))


def _any_claim(name: Named, review: Review, corpus: Corpus) -> str:
    owner, colon, claim = name.value.rpartition(":")
    if not colon:
        return _missing(name._replace(kind="claim"), review, corpus)
    other = corpus.review(owner)
    if other is not None:
        return _missing(name._replace(kind="claim", value=claim), other, corpus)
    if not corpus.reviews_complete:
        return ""
    return f"{shown(owner)} is no review{did_you_mean(owner, corpus.review_ids)}"


def _missing(name: Named, review: Review, corpus: Corpus) -> str:
    """What to say of an id, empty where the review has it, or has it in a record that was left out."""
    if corpus.record(review, name.kind, name.value) or name.value in corpus.broken[review.id]:
        return ""
    message = f"{shown(name.value)} is no {name.kind} of {review.id}"
    others = [kind for kind in ID_KINDS.values() if corpus.record(review, kind, name.value)]
    if others:
        return f"{message}; it is the id of {' and '.join(f'{_article(kind)} {kind}' for kind in others)}"
    return message + did_you_mean(name.value, corpus.ids_of(review, name.kind))


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
