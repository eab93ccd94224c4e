"""Whether two mechanisms are about one thing, and whether they contradict each other.

Names of targets and of effects are compared by their words, without those that name no target by themselves.
"""

from __future__ import annotations

from functools import cache

from ketreview.appraisal.same_work import folded
from ketreview.model.claim import Mechanism
from ketreview.model.vocabulary import Action, EffectDirection
from ketreview.patterns import regex

_WORD = regex(r"[^\W_]+")
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
_KINDS = {
    "more": frozenset({EffectDirection.INCREASES, EffectDirection.RESTORES}),
    "less": frozenset({EffectDirection.DECREASES, EffectDirection.BLOCKS}),
    "same": frozenset({EffectDirection.NO_CHANGE}),
    "needed": frozenset({EffectDirection.REQUIRED_FOR}),
    "not needed": frozenset({EffectDirection.NOT_REQUIRED_FOR}),
}
_NEEDS = frozenset({"needed", "not needed"})


@cache
def named_things(text: str) -> frozenset[str]:
    """What a name names, as words without case, accents and plural: `mu-opioid receptors` is mu and opioid."""
    words = (folded(word) for word in _WORD.findall(text))
    singular = (word.removesuffix("s") if len(word) > 3 else word for word in words)  # noqa: PLR2004  as in `5-HTs`
    return frozenset(word for word in singular if word and not word.isdecimal() and word not in _EMPTY)


def are_kin(one: Mechanism, other: Mechanism) -> bool:
    """Whether two mechanisms are of targets that share a name: opioid receptors, and the mu-opioid receptor."""
    return not named_things(one.target).isdisjoint(named_things(other.target))


def one_site(one: Mechanism, other: Mechanism) -> bool:
    """Whether two mechanisms may be at one site."""
    sites = named_things(one.site), named_things(other.site)
    return frozenset() in sites or sites[0] == sites[1]


def kinds_exclude(one: str, other: str) -> bool:
    """Whether one thing cannot have effects of both kinds on another; no kind excludes none."""
    kinds = {one, other}
    return len(kinds) == 2 and "" not in kinds and (kinds <= _NEEDS or kinds.isdisjoint(_NEEDS))  # noqa: PLR2004  two


def effect_kind(effect: EffectDirection | None) -> str:
    """An effect as far as others exclude it; empty for one that excludes nothing."""
    return next((kind for kind, effects in _KINDS.items() if effect in effects), "")


def strength(action: Action) -> str:
    """Whether an action strengthens or weakens its target; any other one by its own word.

    An agonist that increases and an antagonist that decreases agree: effects are compared under one strength.
    """
    return "weakens" if action in _WEAKENS else "strengthens" if action in _STRENGTHENS else action.value
