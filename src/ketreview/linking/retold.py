"""One study told by two reviews, and in what they contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ketreview.appraisal.one_study import counts_differ, dates_differ, designs_differ, species_differ
from ketreview.appraisal.trials import normal_form
from ketreview.linking.corpus import Corpus
from ketreview.linking.grouping import grouped
from ketreview.model.review import Review
from ketreview.model.study import Study
from ketreview.model.vocabulary import Design
from ketreview.source import Span

_REPORTS_OTHERS = frozenset(
    {Design.META_ANALYSIS, Design.SYSTEMATIC_REVIEW, Design.NARRATIVE_REVIEW, Design.POST_HOC_ANALYSIS, Design.PROTOCOL}
)
"""Designs of what may bear a trial's number and is not the trial."""


_COMPARED = 20
"""How many reviews each further one is held against: all of them with all others would take for ever."""


class Told(NamedTuple):
    """A study as a review tells it, and the name by which it is known as the same: a key, or a registration number."""

    review: Review
    study: Study
    name: str


class Retelling(NamedTuple):
    """A field in which two reviews contradict each other over one study.

    They share a key, or have keys of one work, or (not `sure`) a registration number alone.
    """

    one: Told
    other: Told
    field: str
    values: tuple[str, str]
    sure: bool

    @property
    def places(self) -> tuple[Span, Span]:
        """Where each says so."""
        return self.one.study.span(self.field), self.other.study.span(self.field)


def retellings(corpus: Corpus) -> Iterator[Retelling]:
    """Every contradiction, in the order of the reviews; of one pair of studies, each field once."""
    if len(corpus.review_ids) < 2:  # noqa: PLR2004  it takes two
        return
    seen: set[frozenset[Study]] = set()
    for names, sure in ((_by_work(corpus), True), (_by_registration(corpus), False)):
        for told in names:
            for one, other in _pairs(told):
                pair = frozenset((one.study, other.study))
                if pair not in seen and (sure or _may_be_one(one.study, other.study)):
                    yield from (Retelling(one, other, *found, sure) for found in _differences(one.study, other.study))
                seen.add(pair)


def _pairs(told: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Each with those before it, the first of them."""
    return ((one, other) for index, other in enumerate(told) for one in told[: min(index, _COMPARED)])


def _by_work(corpus: Corpus) -> Iterator[Sequence[Told]]:
    """The studies of each work that several reviews cite."""
    works = (({work_named(corpus, key): key for key in one[1].cites[::-1]}, one) for one in _studies(corpus))
    return _one_a_review((work, Told(*one, key)) for keys, one in works for work, key in keys.items())


def _by_registration(corpus: Corpus) -> Iterator[Sequence[Told]]:
    numbers = ((normal_form(number), one) for one in _studies(corpus) for number in one[1].registrations)
    return _one_a_review((number, Told(*one, number)) for number, one in numbers if number)


def _studies(corpus: Corpus) -> Iterator[tuple[Review, Study]]:
    return ((review, study) for review in corpus.reviews for study in review.studies)


def _one_a_review(named: Iterable[tuple[str, Told]]) -> Iterator[Sequence[Told]]:
    """Those that share a name, one a review: where a review has two of one paper, neither can be compared."""
    for own in grouped(named).values():
        if len(own) > 1 and len({told.review.id for told in own}) == len(own):
            yield own


def work_named(corpus: Corpus, key: str) -> str:
    """What a key names: itself, or the key that stands for all of its work."""
    entry = corpus.entry(key)
    work = corpus.duplicates.work_of(entry) if entry is not None else None
    return work.keep.key if work is not None else key


def _may_be_one(one: Study, other: Study) -> bool:
    """Whether two studies with one registration may be one: a trial has many reports, and each its own participants."""
    return not (one.cites and other.cites) and not {one.design, other.design} & _REPORTS_OTHERS


def _differences(one: Study, other: Study) -> Iterator[tuple[str, tuple[str, str]]]:
    if counts_differ(one.participants, other.participants):
        yield "participants", (str(one.participants), str(other.participants))
    if counts_differ(one.included_studies, other.included_studies):
        yield "included_studies", (str(one.included_studies), str(other.included_studies))
    if designs_differ(one.design, other.design):
        yield "design", (one.design.value, other.design.value)
    if one.species and other.species and species_differ(one.species, other.species):
        yield "species", (one.species.value, other.species.value)
    if dates_differ(one.date, other.date):
        yield "date", (str(one.date), str(other.date))
