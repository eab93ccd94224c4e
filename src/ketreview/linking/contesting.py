"""Claims against each other: the same claim in several reviews, what challenges it, and mechanisms that exclude."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from ketreview.appraisal.mechanisms import effect_kind, kinds_exclude, named_things, one_site, strength
from ketreview.appraisal.one_study import species_differ
from ketreview.appraisal.same_work import folded
from ketreview.linking.corpus import Corpus
from ketreview.linking.grouping import grouped
from ketreview.model.claim import Claim, Evidence, Mechanism
from ketreview.model.review import Review
from ketreview.model.study import Study


class Stated(NamedTuple):
    """A claim as a review states it."""

    review: Review
    claim: Claim

    @property
    def name(self) -> str:
        """How another review names it."""
        return f"{self.review.id}:{self.claim.id}"


class Contradiction(NamedTuple):
    """A claim whose evidence is against another one, which does not say so. `studies` bear on both, if any do."""

    stated: Stated
    other: Stated
    studies: tuple[str, ...]


class Contesting:
    """The claims of a project, joined."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.stated = tuple(Stated(review, claim) for review in corpus.reviews for claim in review.claims)

    @cached_property
    def by_name(self) -> dict[str, Stated]:
        """The claims by `review:id`."""
        return {one.name: one for one in self.stated}

    @cached_property
    def same(self) -> tuple[tuple[Stated, ...], ...]:
        """The claims that `same_as` joins, in groups, whichever of them names the other."""
        pairs = ((one.name, name) for one in self.stated for name in one.claim.same_as if name in self.by_name)
        return tuple(tuple(self.by_name[name] for name in group) for group in joined(pairs, self.by_name))

    def same_as(self, stated: Stated) -> tuple[str, ...]:
        """The names of the same claim in other reviews."""
        return tuple(one.name for one in self._same_by_name.get(stated.name, ()) if one.name != stated.name)

    @cached_property
    def _same_by_name(self) -> dict[str, tuple[Stated, ...]]:
        return {one.name: group for group in self.same for one in group}

    def standing(self, stated: Stated) -> tuple[Evidence, ...]:
        """The evidence against a claim that has not been retracted."""
        return tuple(evidence for evidence in stated.claim.challenges if not self._is_gone(stated.review, evidence))

    def elsewhere(self) -> Iterator[tuple[Stated, Stated]]:
        """Claims that nothing challenges where they stand, each with the same claim of another review that is."""
        for group in self.same:
            challenged = [one for one in group if self.standing(one)]
            yield from ((one, challenged[0]) for one in group if challenged and not one.claim.challenges)

    def contradictions(self) -> Iterator[Contradiction]:
        """Claims with a mechanism, each with one of the same target and effect that excludes it.

        Told of claims that have no evidence against them, where there is evidence for the other one.
        """
        for stated, opponents in self.opposed(_place):
            against = (other for other in opponents if other.claim.supports and self._exclude(stated, other))
            if not stated.claim.challenges and (other := next(against, None)) is not None:
                yield Contradiction(stated, other, self._on_both_sides(stated, other))

    def opposed(self, place: Callable[[Mechanism], Hashable]) -> Iterator[tuple[Stated, Iterator[Stated]]]:
        """Claims with a mechanism, each with those of the same `place` and strength whose effect excludes its own."""
        told = ((one, one.claim.mechanism) for one in self.stated)
        places = grouped(
            ((place(mechanism), strength(mechanism.action)), (effect_kind(mechanism.effect), one))
            for one, mechanism in told
            if mechanism is not None and mechanism.on
        )
        for group in places.values():
            kinds = grouped((kind, one) for kind, one in group if kind)
            for kind, one in group if len(kinds) > 1 else ():
                yield one, (other for told in kinds if kinds_exclude(kind, told) for other in kinds[told])

    def _exclude(self, one: Stated, other: Stated) -> bool:
        first, second = one.claim.mechanism, other.claim.mechanism
        if first is None or second is None or not one_site(first, second):
            return False
        return self.share_a_drug(one, other) and not species_differ(one.claim.species, other.claim.species)

    def share_a_drug(self, one: Stated, other: Stated) -> bool:
        """Whether two claims may be about one intervention, by id within a review and by name between two."""
        drugs = [self._drugs(stated, by_name=one.review is not other.review) for stated in (one, other)]
        return not all(drugs) or not drugs[0].isdisjoint(drugs[1])

    def _drugs(self, stated: Stated, *, by_name: bool) -> frozenset[str]:
        if not by_name:
            return frozenset(stated.claim.about)
        found = (self._corpus.record(stated.review, "intervention", name) for name in stated.claim.about)
        return frozenset(folded(getattr(record, "name", "")) for record in found)

    def _on_both_sides(self, stated: Stated, against: Stated) -> tuple[str, ...]:
        """The studies and entries that support one claim and challenge the other."""
        ours, theirs = (
            self.names(stated.review, stated.claim.supports),
            self.names(against.review, against.claim.challenges),
        )
        return tuple(name for name in ours if name in theirs)

    def names(self, review: Review, evidence: Iterable[Evidence]) -> dict[str, None]:
        """The keys of what evidence rests on; where a study has none, its name."""
        found: dict[str, None] = {}
        for item in evidence:
            study = self._corpus.record(review, "study", item.study)
            keys = study.cites if isinstance(study, Study) else ()
            found |= dict.fromkeys([item.cites] if item.cites else keys or [f"{review.id}:{item.study}"])
        return found

    def _is_gone(self, review: Review, evidence: Evidence) -> bool:
        if not self._corpus.exports:
            return False
        names = self.names(review, (evidence,))
        return bool(names) and names.keys() <= self._corpus.retractions.retracted


def _place(mechanism: Mechanism) -> Hashable:
    """The target and the effect of a mechanism, by what they name; one that names nothing has a place of its own."""
    target, on = named_things(mechanism.target), named_things(mechanism.on)
    return (target, on) if target and on else id(mechanism)


def joined(pairs: Iterable[tuple[str, str]], order: Iterable[str]) -> list[Sequence[str]]:
    """The names that pairs join to one another, in groups of two and more; groups and names in the order given."""
    parts: dict[str, list[str]] = {}
    for one, other in pairs:
        first, second = parts.setdefault(one, [one]), parts.setdefault(other, [other])
        if first is not second:
            first.extend(second)
            parts |= dict.fromkeys(second, first)
    ordered: dict[int, list[str]] = {}
    for name in order:
        if name in parts:
            ordered.setdefault(id(parts[name]), []).append(name)
    return [group for group in ordered.values() if len(group) > 1]
