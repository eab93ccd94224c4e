"""The questions that contested claims are about: which claims belong together, and what to call it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ketreview.appraisal.mechanisms import are_kin, named_things, one_site
from ketreview.linking import Corpus
from ketreview.linking.contesting import Contesting, Stated, joined
from ketreview.linking.grouping import grouped
from ketreview.model.claim import Evidence
from ketreview.model.rating import Rating
from ketreview.model.study import Study
from ketreview.model.vocabulary import Design
from ketreview.reports.chapter.names import Names
from ketreview.reports.chapter.terms import listed
from ketreview.reports.conflicts.claims import effect_words

_NAMED = 2

_SECOND_HAND = frozenset(
    {
        Design.META_ANALYSIS,
        Design.SYSTEMATIC_REVIEW,
        Design.NARRATIVE_REVIEW,
        Design.GUIDELINE,
        Design.COMMENTARY,
        Design.WEB_PAGE,
    }
)
"""Designs that speak of many questions: that one of them bears on two claims does not make one question of them."""


class Opposed(NamedTuple):
    """Two claims whose mechanisms exclude each other, and what each says."""

    one: Stated
    other: Stated
    target: str
    says: str
    other_says: str


class Group(NamedTuple):
    """A question: its claims that are contested or opposed, and others on the same target that nothing challenges."""

    title: str
    claims: tuple[Stated, ...]
    opposed: tuple[Opposed, ...]
    unchallenged: tuple[Stated, ...]


def groups(corpus: Corpus, contesting: Contesting) -> tuple[Group, ...]:
    """The questions of a project, in the order of their first claims; no two have one title."""
    opposed = tuple(_opposed(contesting))
    wanted = {one.name for one in contesting.stated if one.claim.challenges}
    wanted |= {one.name for pair in opposed for one in (pair.one, pair.other)}
    nodes = {one.name: one for one in contesting.stated if one.name in wanted}
    several = joined(_links(corpus, contesting, list(nodes.values()), opposed), nodes)
    inside = {name for names in several for name in names}
    order = {name: index for index, name in enumerate(nodes)}
    found = sorted([*several, *([name] for name in nodes if name not in inside)], key=lambda names: order[names[0]])
    kin = _by_word(contesting.stated)
    made = [_group(corpus, contesting, [nodes[name] for name in names], opposed, kin) for names in found]
    counts = Counter(group.title for group in made)
    return tuple(
        group._replace(title=f"{group.title} ({group.claims[0].claim.id})") if counts[group.title] > 1 else group
        for group in made
    )


def _links(
    corpus: Corpus, contesting: Contesting, nodes: Sequence[Stated], opposed: Sequence[Opposed]
) -> Iterator[tuple[str, str]]:
    """Pairs of claims that are about one question, as many as join them all."""
    yield from ((pair.one.name, pair.other.name) for pair in opposed)
    names = {one.name for one in nodes}
    for group in contesting.same:
        yield from pairwise(one.name for one in group if one.name in names)
    for kin in _by_word(nodes).values():
        yield from pairwise(one.name for one in kin)
    for claims in (*_across(corpus, contesting, nodes), *_same_opponents(contesting, nodes)):
        yield from pairwise(one.name for one in claims)


def _by_word(claims: Iterable[Stated]) -> dict[str, list[Stated]]:
    """Claims with a mechanism by each word that names its target."""
    told = ((one, named_things(one.claim.mechanism.target)) for one in claims if one.claim.mechanism)
    return grouped((word, one) for one, words in told for word in sorted(words))


def _across(corpus: Corpus, contesting: Contesting, nodes: Sequence[Stated]) -> Iterator[Sequence[Stated]]:
    """The claims of a review that one study supports and challenges.

    Claims with a mechanism are left to their targets, as one experiment bears on many.
    """
    sides = grouped(
        ((one.review.id, name), (one, evidence in one.claim.supports))
        for one in nodes
        if one.claim.mechanism is None
        for evidence in (*one.claim.supports, *one.claim.challenges)
        if _is_first_hand(corpus, one, evidence)
        for name in contesting.names(one.review, (evidence,))
    )
    for told in sides.values():
        if len({side for _, side in told}) > 1:
            yield [one for one, _ in told]


def _is_first_hand(corpus: Corpus, stated: Stated, evidence: Evidence) -> bool:
    study = corpus.record(stated.review, "study", evidence.study)
    return not (isinstance(study, Study) and study.design in _SECOND_HAND)


def _same_opponents(contesting: Contesting, nodes: Sequence[Stated]) -> Iterator[Sequence[Stated]]:
    """The claims in which the same two pieces of evidence stand against each other."""
    opponents = grouped(
        ((ours, theirs), one)
        for one in nodes
        for ours in contesting.names(one.review, one.claim.supports)
        for theirs in contesting.names(one.review, one.claim.challenges)
    )
    yield from opponents.values()


def _opposed(contesting: Contesting) -> Iterator[Opposed]:
    """Claims with mechanisms of kin targets and one effect that exclude each other, in any species; each pair once."""
    seen: set[frozenset[str]] = set()
    for one, opponents in contesting.opposed(lambda mechanism: named_things(mechanism.on) or id(mechanism)):
        for other in opponents:
            first, second = one.claim.mechanism, other.claim.mechanism
            pair = frozenset((one.name, other.name))
            if first is None or second is None or pair in seen or not are_kin(first, second):
                continue
            seen.add(pair)
            if one_site(first, second) and contesting.share_a_drug(one, other):
                target = min(first.target, second.target, key=len)
                yield Opposed(one, other, target, effect_words(first), effect_words(second))


def _group(
    corpus: Corpus,
    contesting: Contesting,
    claims: Sequence[Stated],
    opposed: Sequence[Opposed],
    kin: Mapping[str, Sequence[Stated]],
) -> Group:
    names = {one.name for one in claims}
    core = _core(claims)
    others = {one.name: one for word in sorted(core) for one in kin[word]}
    others |= {name: contesting.by_name[name] for one in claims for name in contesting.same_as(one)}
    unchallenged = [one for name, one in others.items() if name not in names]
    unchallenged.sort(key=lambda one: (one.review.where.source.path, one.claim.span().start))
    own = tuple(pair for pair in opposed if pair.one.name in names)
    return Group(_title(corpus, claims, core), tuple(claims), own, tuple(unchallenged))


def _core(claims: Sequence[Stated]) -> frozenset[str]:
    """The words that all mechanisms of a group have in their targets, or most of them if none is in all."""
    targets = [named_things(one.claim.mechanism.target) for one in claims if one.claim.mechanism]
    counts = Counter(word for words in targets for word in words)
    most = max(counts.values(), default=0)
    return frozenset(word for word, number in counts.items() if number == most and number * 2 > len(targets))


def _title(corpus: Corpus, claims: Sequence[Stated], core: frozenset[str]) -> str:
    """The shortest target that has what the mechanisms share; else what most of the claims are about."""
    targets = [one.claim.mechanism.target for one in claims if one.claim.mechanism]
    fitting = [target for target in targets if core and core <= named_things(target)]
    if fitting:
        return min(fitting, key=len)
    if targets:
        return listed(list(dict.fromkeys(targets))[:_NAMED])
    counts = Counter(name for one in claims for name in dict.fromkeys(_drugs(corpus, one)))
    about = [name for name, number in counts.most_common(_NAMED) if number * 2 >= len(claims)]
    outcomes = {name for one in claims if (name := _outcome(corpus, one))}
    kinds = listed(list(dict.fromkeys(one.claim.kind.value for one in claims)))
    head = f"{kinds} of {listed(about)}" if about else kinds
    return f"{head}: {next(iter(outcomes))}" if len(outcomes) == 1 else head if about else claims[0].claim.id


def _drugs(corpus: Corpus, stated: Stated) -> list[str]:
    """What a claim is about, each by the beginning of its name."""
    names = Names(corpus, stated.review)
    return [names.intervention(name).split(",")[0].split(" (")[0] for name in stated.claim.about]


def _outcome(corpus: Corpus, stated: Stated) -> str:
    rating = corpus.record(stated.review, "rating", stated.claim.rating)
    return Names(corpus, stated.review).outcome(rating.outcome) if isinstance(rating, Rating) else ""
