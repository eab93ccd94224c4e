"""What is noted of the questions of rules, by which a later run knows what it may leave out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ketreview.checking.running import run
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.linking.noted import NotedCorpus
from ketreview.model.entry import Entry
from ketreview.model.review import Review
from ketreview.rule import ENTRY, JOINED, REVIEW, Problem, Rule, rule
from tests.linking.test_corpus import ONE, TWO, corpus


@rule("KR999", REVIEW, Severity.INFO)
def goes_over_reviews(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """A review is held against all others."""
    yield from (Problem("other", review.span()) for other in corpus.reviews if other is not review)


@rule("KR999", ENTRY, Severity.INFO)
def goes_over_citations(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """An entry is sought in all citations."""
    yield from (Problem("cited", entry.span) for citation in corpus.citations if citation.key == entry.key)


@rule("KR999", REVIEW, Severity.INFO)
def finds_elsewhere(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """What is found at a review is told in the store."""
    yield from (Problem("elsewhere", entry.span) for entry in corpus.entries_with("a") if review.id)


@rule("KR999", ENTRY, Severity.INFO)
def finds_in_a_review(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """What is found at an entry is told in a review."""
    other = corpus.review("one")
    yield from (Problem("elsewhere", other.span()) for _ in entry.key if other)


@rule("KR999", JOINED, Severity.INFO)
def joins(corpus: Corpus, _: Corpus) -> Iterator[Problem]:
    """Reviews against each other, under their shared names."""
    yield from (Problem("one of several", review.span()) for review in corpus.reviews if len(corpus.reviews) > 1)


@rule("KR999", REVIEW, Severity.INFO)
def looks_at_itself(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """What nearly all rules do."""
    yield from (Problem("cites", review.span()) for key in corpus.cited_by(review) if corpus.entry(key))


@pytest.mark.parametrize(
    ("asking", "unbounded"),
    [
        (goes_over_reviews, True),
        (goes_over_citations, True),
        (finds_elsewhere, True),
        (finds_in_a_review, True),
        (joins, False),
        (looks_at_itself, False),
    ],
)
def test_what_goes_over_everything_is_noted(asking: Rule[Any], unbounded: bool) -> None:
    plain = corpus(ONE, TWO)
    noted = NotedCorpus.of(plain)
    assert list(run(asking, noted)) == list(run(asking, plain))
    assert list(run(asking, plain))
    assert noted.notes.unbounded is unbounded


def test_what_is_asked_by_name_is_noted() -> None:
    noted = NotedCorpus.of(corpus(ONE, TWO))
    assert len(noted.citations_of("a")) == 2
    assert noted.times_cited("b") == 2
    assert noted.first_citation("z") is None
    assert noted.review("two") is not None
    assert (noted.notes.listed, noted.notes.counted, noted.notes.first) == ({"a"}, {"b"}, {"z"})
    assert noted.notes.others == {("", "two")}
