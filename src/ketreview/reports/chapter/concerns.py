"""Concerns about sources and records: open ones in full, settled ones in short."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.document import Block, Heading, Item, Items, Line, joined, line
from ketreview.model.concern import Check, Concern, Target
from ketreview.model.trial import Trial
from ketreview.model.vocabulary import ConcernStatus
from ketreview.reports.chapter.names import Names
from ketreview.reports.chapter.terms import day, first_sentence, sentence

_BASES = {
    "in_documents": "seen in the documents themselves",
    "published_record": "the published record",
    "field_knowledge": "general knowledge of the field",
    "unverified": "not verified",
}


def blocks(names: Names) -> Iterator[Block]:
    """Open concerns first, then those that were accepted, then those resolved."""
    parts = (
        ("Open", ConcernStatus.OPEN, _in_full),
        ("Accepted", ConcernStatus.ACCEPTED, _in_short),
        ("Resolved", ConcernStatus.RESOLVED, _in_short),
    )
    for title, status, tell in parts:
        items = tuple(tell(names, concern) for concern in names.review.concerns if concern.status is status)
        if items:
            yield Heading(title, 2)
            yield Items(items)


def _in_full(names: Names, concern: Concern) -> Item:
    about = "; ".join(dict.fromkeys(filter(None, (_target(names, target) for target in concern.about))))
    checks = joined([_check(names, check) for check in concern.evidence], "; ")
    under = (
        line(f"About: {about}." if about else ""),
        (*line(f"Basis: {_BASES[concern.basis.value]}"), *((*line("; "), *checks) if checks else ()), *line(".")),
        line(sentence(concern.resolution)),
    )
    return Item(line(sentence(concern.problem)), tuple(content for content in under if content))


def _target(names: Names, target: Target) -> str:
    """What a concern is about, by its name; a claim has none."""
    trial = names.corpus.record(names.review, "trial", target.trial)
    study = names.study(target.study)
    told = [
        names.source(target.source) if target.source else "",
        target.at,
        names.short(study) if study else "",
        trial.title if isinstance(trial, Trial) else "",
    ]
    return ", ".join(part for part in told if part)


def _check(names: Names, check: Check) -> Line:
    """What was looked at, when, and what it says."""
    seen = [names.cited([check.cites]) if check.cites else (), line(check.registration), line(check.page)]
    when = f"read {day(check.retrieved)}" if check.retrieved else ""
    told = line(", ".join(part for part in (when, check.found.strip().rstrip(".")) if part))
    return joined([joined(seen, ", "), told], ": ")


def _in_short(_: Names, concern: Concern) -> Item:
    """The first sentence of the problem and what was done about it."""
    parts = (sentence(first_sentence(concern.problem)), sentence(concern.resolution))
    return Item(line(" → ".join(part for part in parts if part)))
