"""What a rule is: a scope, a function over one record of it, and the docstring that documents and tests it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import chain, filterfalse
from typing import Any, Generic, TypeVar

from ketreview.diagnostics import Code, Fix, Related, Severity
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.linking.books import Book
from ketreview.linking.shapes import Shape
from ketreview.linking.values import Usual
from ketreview.model.citation import Citation
from ketreview.model.claim import Claim
from ketreview.model.entry import Entry
from ketreview.model.manuscript import Manuscript
from ketreview.model.rating import Rating
from ketreview.model.review import Review
from ketreview.model.source_document import SourceDocument
from ketreview.model.stated import Annotation, ReadingFolder
from ketreview.model.study import Study
from ketreview.model.trial import Trial
from ketreview.model.value import Value
from ketreview.parsing.bib_file import BibFile
from ketreview.source import Span

T = TypeVar("T")
UsualShape = Callable[[Shape, Corpus], object]
"""The same of all entries that have the same fields."""


@frozen
class Scope(Generic[T]):
    """What a rule gets one of at a time. Only a rule of CORPUS may go over everything.

    A rule of `values` gets those of `fields`, but for what is `usual`, or is so `beside` its entry; one of `entries`
    those that are of no `usual_shape` and no `usual_entry`.
    """

    name: str
    records: Callable[[Corpus], Iterator[T]]
    fields: tuple[str, ...] = ()
    usual: Callable[[Corpus], Mapping[str, Sequence[Usual]]] | None = None
    usual_beside: Mapping[str, Callable[[str, Entry], object]] = field(default_factory=dict)
    usual_shape: UsualShape | None = None
    usual_entry: Callable[[Entry], object] | None = None


def _of_reviews(attribute: str) -> Callable[[Corpus], Iterator[Any]]:
    return lambda corpus: (record for review in corpus.reviews for record in getattr(review, attribute))


def _sharing(corpus: Corpus) -> Iterator[Entry]:
    keys = corpus.duplicates.keys
    return (entry for entry in corpus.entries if entry.key in keys) if keys else iter(())


def _of_doubled_keys(corpus: Corpus) -> Iterator[Entry]:
    if not (corpus.entries and corpus.store.doubles):
        return iter(())
    return (entry for entry in corpus.entries if len(corpus.entries_with(entry.key)) > 1)


def _of_keys_alike(corpus: Corpus) -> Iterator[Entry]:
    if not (corpus.entries and corpus.store.alike):
        return iter(())
    return (entry for entry in corpus.entries if len(corpus.keys_like(entry.key)) > 1)


def _noticed(corpus: Corpus) -> Iterator[Entry]:
    if not corpus.exports:
        return iter(())
    return (entry for entry in corpus.entries if corpus.retractions.of(entry))


ENTRY: Scope[Entry] = Scope("entry", lambda corpus: iter(corpus.entries))
STUDY: Scope[Study] = Scope("study", _of_reviews("studies"))
CLAIM: Scope[Claim] = Scope("claim", _of_reviews("claims"))
RATING: Scope[Rating] = Scope("rating", _of_reviews("certainty"))
TRIAL: Scope[Trial] = Scope("trial", _of_reviews("trials"))
SOURCE: Scope[SourceDocument] = Scope("source", _of_reviews("sources"))
UNRESOLVED: Scope[Citation] = Scope("unresolved citation", lambda corpus: iter(corpus.unresolved))
CHAPTER: Scope[Manuscript] = Scope("chapter", lambda corpus: iter(corpus.chapters))
BOOK: Scope[Book] = Scope("book", lambda corpus: iter(corpus.books))
ANNOTATION: Scope[Annotation] = Scope("annotation", lambda corpus: iter(corpus.annotations))
FOLDER: Scope[ReadingFolder] = Scope("reading folder", lambda corpus: iter(corpus.reading))
REVIEW: Scope[Review] = Scope("review", lambda corpus: iter(corpus.reviews))
REVIEW_OR_FOLDER: Scope[Review | ReadingFolder] = Scope(
    "review or reading folder", lambda corpus: chain(REVIEW.records(corpus), FOLDER.records(corpus))
)
SOURCE_OR_FOLDER: Scope[SourceDocument | ReadingFolder] = Scope(
    "source or reading folder", lambda corpus: chain(SOURCE.records(corpus), FOLDER.records(corpus))
)
SHARING: Scope[Entry] = Scope("entry that shares its work or an identifier", _sharing)
STORE: Scope[BibFile] = Scope("store file", lambda corpus: iter(corpus.bibliography))
DOUBLED: Scope[Entry] = Scope("entry whose key another one has", _of_doubled_keys)
ALIKE: Scope[Entry] = Scope("entry whose key differs from another in case alone", _of_keys_alike)
NOTICED: Scope[Entry] = Scope("entry that an export of retractions has a notice of", _noticed)
UNCITED: Scope[Entry] = Scope("entry that nothing cites", lambda corpus: iter(corpus.uncited))
JOINED: Scope[Corpus] = Scope("reviews that share names", lambda corpus: iter((corpus,)))
"""For rules that hold reviews against each other. What one says at a place in a review has to follow from that review
and from those that share a name with it, as `linking.shared_names` gives them: a run may leave all others out."""
CORPUS: Scope[Corpus] = Scope("corpus", lambda corpus: iter((corpus,)))


def values(
    *fields: str,
    usual: Mapping[str, Usual | tuple[Usual, ...]] | None = None,
    usual_at: Callable[[Corpus], Mapping[str, Usual]] | None = None,
    beside: Mapping[str, Callable[[str, Entry], object]] | None = None,
) -> Scope[Value]:
    """The scope of a rule over the values of these fields, in entries and as sources print them.

    Nearly every value of a store is of a usual form, of which the rule would say nothing. `usual` tells it by the text
    alone, by the name of the field, `usual_at` by the text and the day that is judged by, `beside` by the text and the
    entry that has it: then no value is made of it, and the rule is not asked. Of several that `usual` has, each is
    asked of what is left, so that rules that begin with the same ask it once.
    """
    told = {name: ask if isinstance(ask, tuple) else (ask,) for name, ask in (usual or {}).items()}
    named = beside or {}

    def usual_of(corpus: Corpus) -> Mapping[str, Sequence[Usual]]:
        return {**told, **{name: (ask,) for name, ask in (usual_at(corpus) if usual_at else {}).items()}}

    def records(corpus: Corpus) -> Iterator[Value]:
        asked = usual_of(corpus)
        return chain.from_iterable(corpus.values.of(name, asked.get(name, ()), named.get(name)) for name in fields)

    return Scope(
        f"value of {', '.join(fields)}", records, fields, usual_of if told or usual_at else None, usual_beside=named
    )


def entries(*, shape: UsualShape | None = None, entry: Callable[[Entry], object] | None = None) -> Scope[Entry]:
    """The scope of a rule over entries, but for those that are usual: by the fields that they have, or by themselves.

    Of such an entry the rule would say nothing: it is not asked.
    """

    def records(corpus: Corpus) -> Iterator[Entry]:
        found = corpus.entries if shape is None else corpus.shapes.without(lambda one: shape(one, corpus))
        return iter(found) if entry is None else filterfalse(entry, found)

    return Scope(ENTRY.name, records, usual_shape=shape, usual_entry=entry)


@frozen
class Problem:
    """One thing that a rule found. `severity` may lower the rule's own, never raise it.

    `id` and `key` name the record or entry it is about; without them they are taken from the record of the scope. Where
    it is about several alike, and which of them it is found at depends on their order, all of them are its `peers`.
    """

    message: str
    span: Span
    id: str = ""
    key: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    severity: Severity | None = None
    peers: tuple[str, ...] = ()


@frozen
class Rule(Generic[T]):
    """A rule as the catalogue has it."""

    code: Code
    scope: Scope[T]
    check: Callable[[T, Corpus], Iterator[Problem]]


def rule(
    code: str, scope: Scope[T], severity: Severity, *, default: bool = True
) -> Callable[[Callable[[T, Corpus], Iterator[Problem]]], Rule[T]]:
    """Makes a rule of a function, whose name names the fault and whose docstring documents it."""

    def make(check: Callable[[T, Corpus], Iterator[Problem]]) -> Rule[T]:
        name = check.__name__.replace("_", "-")
        return Rule(Code(code, name, severity, check.__doc__ or "", default), scope, check)

    return make


def problem_of(value: Value, message: str, *, severity: Severity | None = None, fix: Fix | None = None) -> Problem:
    """The problem of a value, at its place; in what a source prints it is a warning at most, and is not fixed."""
    if value.entry is not None:
        offered = fix if fix and fix.edits else None
        return Problem(message, value.span, key=value.entry.key, severity=severity, fix=offered)
    lowered = max(severity or Severity.WARNING, Severity.WARNING, key=lambda level: level.rank)
    return Problem(message + as_printed(value.printed_in), value.span, severity=lowered)


def as_printed(source: str) -> str:
    """How a finding about a source's own words ends; it is at most a warning."""
    return f" (as printed in {source})" if source else " (as printed in its source)"


def not_in_store(citation: Citation, corpus: Corpus) -> Problem:
    """The problem of a citation whose key no entry has, with the nearest key."""
    hint = corpus.suggestions.hint(citation.key)
    return Problem(f"`{citation.key}` is not in the store{hint}", citation.span, key=citation.key)
