"""Something rests on what an open concern doubts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.claim import Claim
from ketreview.model.concern import Concern, Target
from ketreview.model.record import Sourced
from ketreview.model.review import Review
from ketreview.model.study import Study
from ketreview.model.vocabulary import ConcernStatus
from ketreview.rule import REVIEW, Problem, rule
from ketreview.source import Span

_SHOWN = 5
_KINDS = {"entry": "the entry", "label": "reference"}

Thing = tuple[str, ...]
"""What can be doubted: ("study", id), ("claim", id), ("rating", id), ("entry", key), ("label", source, label)."""


@rule("KR805", REVIEW, Severity.WARNING)
def cites_open_concern(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """A claim, a study or an item of a source's references rests on something that has an open concern.

    A doubt that is written down and not settled belongs beside what rests on it. A claim rests on itself, its rating,
    its supporting studies and entries, the entries of those studies, and the reference labels it comes from; evidence
    that challenges it carries nothing. A concern about a place in a source (`at`) touches no record by itself: many
    claims come from one section, and few of them are meant. Concerns that are resolved or accepted are silent, and so
    are concerns of other reviews. A concern is one finding, whatever rests on it: settling it settles them all.

    Bad:

    ```yaml reviews/mecfs.yaml
    studies:
    - {id: mcintyre, design: unknown, state: found}
    concerns:
    - {id: c1, about: [{study: mcintyre}], problem: No year and no title, basis: in_documents, status: open}
    ```

    Good:

    ```yaml reviews/mecfs.yaml
    studies:
    - {id: mcintyre, design: unknown, state: found}
    concerns:
    - {id: c1, about: [{study: mcintyre}], problem: No year, basis: in_documents, status: resolved, resolution: Of 2016}
    ```
    """
    del corpus
    open_ = [concern for concern in review.concerns if concern.status == ConcernStatus.OPEN]
    records = list(_records(review)) if open_ else []
    for concern in open_:
        doubted = _doubted(concern)
        touched = [record for record in records if record.itself in doubted or record.below & doubted]
        if touched:
            problem = shown(" ".join(concern.problem.split()))
            verb = "rests" if len(touched) == 1 else "rest"
            message = f"{_list(touched)} {verb} on what the open concern {shown(concern.id)} doubts: {problem}"
            related = tuple(Related(record.span, _why(record, doubted)) for record in touched[:_SHOWN])
            yield Problem(message, concern.span("id"), id=concern.id, related=related)


def _list(records: list[_Bearer]) -> str:
    names = list(dict.fromkeys(record.name for record in records))
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


class _Bearer(NamedTuple):
    """A record that a concern can touch: how it is shown, where, what it is itself, and what it rests on."""

    name: str
    id: str
    span: Span
    itself: Thing
    below: set[Thing]


def _why(record: _Bearer, doubted: set[Thing]) -> str:
    if record.itself in doubted:
        return f"{record.name} is in doubt itself"
    thing = min(record.below & doubted)
    return f"{record.name} rests on {_KINDS.get(thing[0], thing[0])} {shown(thing[-1])}"


def _doubted(concern: Concern) -> set[Thing]:
    return {thing for target in concern.about for thing in _things(target)}


def _things(target: Target) -> Iterator[Thing]:
    named = {"study": target.study, "claim": target.claim, "rating": target.rating, "entry": target.cites}
    yield from ((kind, name) for kind, name in named.items() if name)
    if target.label:
        yield ("label", target.source, target.label)


def _records(review: Review) -> Iterator[_Bearer]:
    entries = {study.id: _entries(study) for study in review.studies}
    for study in review.studies:
        below = {*entries[study.id], *_origins(study)}
        yield _Bearer(f"`{study.id}`", study.id, study.span("id"), ("study", study.id), below)
    for claim in review.claims:
        yield _Bearer(
            f"`{claim.id}`", claim.id, claim.span("id"), ("claim", claim.id), set(_under_claim(claim, entries))
        )
    for source in review.sources:
        for item in source.references:
            itself = ("label", source.id, item.label)
            yield _Bearer(shown(item.label), source.id, item.span("label"), itself, {("entry", item.cites)})


def _entries(study: Study) -> set[Thing]:
    return {("entry", key) for key in study.cites}


def _under_claim(claim: Claim, entries: dict[str, set[Thing]]) -> Iterator[Thing]:
    yield from (("rating", claim.rating), *_origins(claim))
    for evidence in claim.supports:
        yield from (("study", evidence.study), ("entry", evidence.cites), *entries.get(evidence.study, ()))


def _origins(record: Sourced) -> Iterator[Thing]:
    for origin in record.from_:
        yield from (("label", origin.source, label) for label in origin.labels)
