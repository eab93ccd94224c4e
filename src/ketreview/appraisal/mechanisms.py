"""Whether two mechanisms are about one thing, and whether they contradict each other.

Names of targets and of effects are compared by their words, without those that name no target by themselves.
"""

from __future__ import annotations

import re
from functools import cache

from ketreview.appraisal.same_work import folded
from ketreview.model.claim import Mechanism
from ketreview.model.vocabulary import Action, EffectDirection

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    [
        *(
            "a",
            "an",
            "and",
            "at",
            "by",
            "for",
            "from",
            "in",
            "into",
            "its",
            "more",
            "of",
            "on",
            "onto",
            "or",
            "the",
            "to",
        ),
        *("with", "effect", "like", "system", "signalling", "signaling", "pathway", "receptor", "transporter"),
        *("subunit", "neuron", "level", "activity"),
    ]
)
_WEAKENS = frozenset({Action.ANTAGONIST, Action.INVERSE_AGONIST, Action.CHANNEL_BLOCKER, Action.INHIBITOR})
_STRENGTHENS = frozenset({Action.AGONIST, Action.ACTIVATOR, Action.UPREGULATOR})
_MORE = frozenset({EffectDirection.INCREASES, EffectDirection.RESTORES})
_LESS = frozenset({EffectDirection.DECREASES, EffectDirection.BLOCKS})
_NEEDS = (frozenset({EffectDirection.REQUIRED_FOR}), frozenset({EffectDirection.NOT_REQUIRED_FOR}))
_SAME = (EffectDirection.NO_CHANGE,)


@cache
def named_things(text: str) -> frozenset[str]:
    """What a name names, as words without case, accents and plural: `mu-opioid receptors` is mu and opioid."""
    words = (folded(word) for word in _WORD.findall(text))
    singular = (word.removesuffix("s") if len(word) > 3 else word for word in words)  # noqa: PLR2004  as in `5-HTs`
    return frozenset(word for word in singular if word and not word.isdecimal() and word not in _EMPTY)


def are_kin(one: Mechanism, other: Mechanism) -> bool:
    """Whether two mechanisms are of targets that share a name: opioid receptors, and the mu-opioid receptor."""
    return not named_things(one.target).isdisjoint(named_things(other.target))


def one_place(one: Mechanism, other: Mechanism) -> bool:
    """Whether two mechanisms have one target and one effect, at one site as far as both name it."""
    return (
        named_things(one.target) == named_things(other.target) != frozenset()
        and named_things(one.on) == named_things(other.on) != frozenset()
        and one_site(one, other)
    )


def one_site(one: Mechanism, other: Mechanism) -> bool:
    """Whether two mechanisms may be at one site."""
    sites = named_things(one.site), named_things(other.site)
    return frozenset() in sites or sites[0] == sites[1]


def contradict(one: Mechanism, other: Mechanism) -> bool:
    """Whether two mechanisms of one place cannot both be so: one action, and effects that exclude each other.

    An agonist that increases and an antagonist that decreases agree.
    """
    if _strength(one.action) != _strength(other.action) or None in (one.effect, other.effect):
        return False
    return effects_exclude(one.effect, other.effect)


def effects_exclude(one: EffectDirection | None, other: EffectDirection | None) -> bool:
    """Whether one thing cannot have both effects on another."""
    kinds = [_kind(effect) for effect in (one, other)]
    if "" in kinds or kinds[0] == kinds[1]:
        return False
    needs = [kind in {"needed", "not needed"} for kind in kinds]
    return all(needs) or not any(needs)


def _kind(effect: EffectDirection | None) -> str:
    for kind, effects in (
        ("more", _MORE),
        ("less", _LESS),
        ("same", _SAME),
        ("needed", _NEEDS[0]),
        ("not needed", _NEEDS[1]),
    ):
        if effect in effects:
            return kind
    return ""


def _strength(action: Action) -> str:
    return "weakens" if action in _WEAKENS else "strengthens" if action in _STRENGTHENS else action.value
