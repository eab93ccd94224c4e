"""Running a rule: over all of a project, with a note of what it asks, or over a part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ketreview.diagnostics import Code, Diagnostic, Severity, Subject, printable
from ketreview.linking import Corpus
from ketreview.linking.duplicates import Duplicates
from ketreview.linking.noted import NotedCorpus
from ketreview.model.citation import Citation
from ketreview.model.entry import Entry
from ketreview.model.record import Record
from ketreview.model.value import Value
from ketreview.parsing.bib_file import BibFile
from ketreview.rule import (
    ALIKE,
    CORPUS,
    DOUBLED,
    ENTRY,
    JOINED,
    NOTICED,
    SHARING,
    STORE,
    UNCITED,
    UNRESOLVED,
    Problem,
    Rule,
)

if TYPE_CHECKING:
    from ketreview.linking.part import PartOfCorpus

_IN_NO_REVIEW = frozenset(scope.name for scope in (ENTRY, DOUBLED, ALIKE, SHARING, NOTICED, UNCITED, STORE, CORPUS))
"""Scopes of which no record stands in a review: there are so many entries that it is not asked of each."""


def run(rule: Rule[Any], corpus: Corpus) -> Iterator[Diagnostic]:
    """What a rule finds; what it asks of reviews is noted where the corpus notes it."""
    if isinstance(corpus, NotedCorpus):
        return _watched(rule, corpus)
    return _run(rule, rule.scope.records(corpus), corpus)


def _watched(rule: Rule[Any], corpus: NotedCorpus) -> Iterator[Diagnostic]:
    notes = corpus.notes
    with notes.unnoted():
        records = list(rule.scope.records(corpus))
    if rule.scope is JOINED:
        with notes.unnoted():
            yield from _run(rule, records, corpus)
        return
    by_review = [("", records)] if rule.scope.name in _IN_NO_REVIEW else groupby(records, _review_path)
    for notes.at, own in by_review:
        for finding in _run(rule, own, corpus):
            notes.found(finding.span.path)
            yield finding
    notes.at = ""


def in_part(rules: Iterable[Rule[Any]], part: PartOfCorpus, uncited: Iterable[Entry]) -> Iterator[Diagnostic]:
    """What rules find in the reviews of a part, and of the entries that nothing cites any more.

    Raises:
        NotReadError: a rule asks for what was not read.
    """
    own, joining = _Own.of(part), part.joining()
    for rule in rules:
        if rule.scope is JOINED:
            yield from _run(rule, (joining,), joining)
        elif rule.scope is UNCITED:
            yield from _run(rule, uncited, part)
        elif rule.scope is UNRESOLVED:
            yield from _run(rule, part.unresolved, part)
        elif rule.scope is not CORPUS:
            yield from _run(rule, rule.scope.records(own), part)


def _review_path(record: object) -> str:
    """The path of the review that a record of a rule stands in; empty if it stands in none."""
    owner = record.owner if isinstance(record, Value) else record
    if isinstance(owner, Record):
        return owner.where.source.path
    return owner.span.path if isinstance(owner, Citation) and owner.review else ""


class _Own(Corpus):
    """The records of the reviews of a part, and of nothing else."""

    @classmethod
    def of(cls, part: PartOfCorpus) -> _Own:
        return cls(part.as_of, part.settings, part.own, part.store, {}, {})

    @property
    def entries(self) -> tuple[Entry, ...]:
        return ()

    @property
    def bibliography(self) -> tuple[BibFile, ...]:
        return ()

    @property
    def duplicates(self) -> Duplicates:
        return Duplicates((), (), ())


def _run(rule: Rule[Any], records: Iterable[Any], corpus: Corpus) -> Iterator[Diagnostic]:
    for record in records:
        for problem in rule.check(record, corpus):
            owner = record.owner if isinstance(record, Value) else record
            yield _stamp(rule.code, problem, owner, corpus)


def _stamp(code: Code, problem: Problem, record: object, corpus: Corpus) -> Diagnostic:
    """A problem with its code, its severity and its subject."""
    lowered = problem.severity or code.severity
    severity = max(lowered, code.severity, key=lambda level: level.rank)
    subject = Subject(id=problem.id, key=problem.key)
    if isinstance(record, Record):
        review = corpus.review_of(record).id
        name = getattr(record, "id", "")
        subject = Subject(review, problem.key, problem.id or ("" if name == review else name))
    elif isinstance(record, Citation):
        subject = Subject(record.review, problem.key or record.key, problem.id or record.record)
    elif isinstance(record, Entry):
        subject = Subject("", problem.key or record.key, problem.id)
    ceiling = problem.severity or Severity.ERROR
    beside = (problem.related, problem.fix, ceiling, problem.peers)
    return Diagnostic(code, severity, printable(problem.message), problem.span, subject, *beside)
