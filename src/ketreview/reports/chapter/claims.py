"""The claims by kind, with their figures, their species and the evidence for and against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ketreview.document import Block, Column, Item, Items, Line, Paragraph, joined, line
from ketreview.model.claim import Claim, Value
from ketreview.model.rating import Rating
from ketreview.model.vocabulary import Action, ClaimKind, EffectDirection, Scale, Species
from ketreview.patterns import regex
from ketreview.reports.chapter.names import Names
from ketreview.reports.chapter.tables import table
from ketreview.reports.chapter.terms import aside, capital, listed, number, quantity, words
from ketreview.reports.levels import with_symbol

_PARAGRAPH = 600
_UNSUPPORTED = "†"
_NUMBER = regex(r"\d+(?:[.,]\d+)*")
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SPOKEN = {"half": "50", "twice": "2", **{word: str(place) for place, word in enumerate(_SMALL, 1)}}
_NAMED = {
    Species.MOUSE: regex(r"\b(mice|mouse|murine)\b", re.IGNORECASE),
    Species.RAT: regex(r"\brats?\b", re.IGNORECASE),
    Species.RODENT: regex(r"\b(rodents?|mice|mouse|rats?)\b", re.IGNORECASE),
    Species.ANIMAL: regex(r"\b(animals?|rodents?|mice|mouse|rats?|monkeys?|primates?)\b", re.IGNORECASE),
    Species.CELLS: regex(r"\b(cells?|in vitro|cultures?)\b", re.IGNORECASE),
    Species.MIXED: regex(r"\b(animals?|rodents?|mice|mouse|rats?)\b", re.IGNORECASE),
}
_TARGETS = (
    Column("Target", width=2.2),
    Column("Action", width=1.6),
    Column("Effect", width=3),
    Column("Species", width=1.3),
    Column("Evidence", width=2),
)


def background(names: Names) -> Iterator[Block]:
    """What the condition and the treatment are."""
    return _running(names, ClaimKind.BACKGROUND)


def history(names: Names) -> Iterator[Block]:
    """How the treatment came about."""
    return _running(names, ClaimKind.HISTORY)


def epidemiology(names: Names) -> Iterator[Block]:
    """How often the condition occurs."""
    return _running(names, ClaimKind.EPIDEMIOLOGY)


def provision(names: Names) -> Iterator[Block]:
    """Where the treatment can be had."""
    return _running(names, ClaimKind.PROVISION)


def regulation(names: Names) -> Iterator[Block]:
    """Where and for what the treatment is approved."""
    return _running(names, ClaimKind.REGULATION)


def cost(names: Names) -> Iterator[Block]:
    """What the treatment costs."""
    return _running(names, ClaimKind.COST)


def practice(names: Names) -> Iterator[Block]:
    """How the treatment is given."""
    return _listing(names, ClaimKind.PRACTICE)


def gaps(names: Names) -> Iterator[Block]:
    """What is not known."""
    return _listing(names, ClaimKind.GAP)


def efficacy(names: Names) -> Iterator[Block]:
    """What the treatment does, with the certainty of saying so."""
    return _listing(names, ClaimKind.EFFICACY)


def harms(names: Names) -> Iterator[Block]:
    """What is said of harms, with the certainty of saying so."""
    return _listing(names, ClaimKind.SAFETY)


def mechanisms(names: Names) -> Iterator[Block]:
    """How the treatment may work: in words, then by target."""
    yield from _listing(names, ClaimKind.MECHANISM)
    claims = [claim for claim in _of(names, ClaimKind.MECHANISM) if claim.mechanism]
    yield from table(_TARGETS, (_target(names, claim) for claim in claims), "Mechanisms by target")


def _running(names: Names, kind: ClaimKind) -> Iterator[Block]:
    """The claims as running text, in paragraphs of a few sentences."""
    claims = _of(names, kind)
    sentences: list[Line] = []
    length = 0
    for claim in claims:
        if sentences and length + len(claim.statement) > _PARAGRAPH:
            yield Paragraph(joined(sentences, " "))
            sentences, length = [], 0
        sentences.append(_sentence(names, claim, named=bool(claim.challenges)))
        length += len(claim.statement)
    if sentences:
        yield Paragraph(joined(sentences, " "))
    yield from _footnote(names, claims)


def _listing(names: Names, kind: ClaimKind) -> Iterator[Block]:
    """The claims as a list; under a contested one stands the evidence for and against."""
    claims = _of(names, kind)
    if claims:
        yield Items(tuple(_item(names, claim) for claim in claims))
        yield from _footnote(names, claims)


def _item(names: Names, claim: Claim) -> Item:
    contested = _contested(names, claim)
    return Item(_sentence(names, claim, named=False), (contested,) if contested else ())


def _of(names: Names, kind: ClaimKind) -> list[Claim]:
    return [claim for claim in names.review.claims if claim.kind is kind]


def _sentence(names: Names, claim: Claim, *, named: bool) -> Line:
    """A claim's statement with what it leaves out, and its citations before the full stop."""
    statement = claim.statement.strip()
    end = statement[-1] if statement[-1] in ".?!" else "."
    words_ = statement.removesuffix(".") if end == "." else statement
    asides = "; ".join(part for part in (_species(claim), _figures(claim)) if part)
    against = named and claim.challenges
    cites = () if claim.challenges else names.evidence(claim.supports, claim.species)
    mark = "" if claim.supports or claim.challenges else _UNSUPPORTED
    told = joined([line(words_, aside(asides)), cites, line(_certainty(names, claim))], " ")
    ended = (*told, *line((end if end == "." else "") + mark))
    return joined([ended, _contested(names, claim)], " ") if against else ended


def _contested(names: Names, claim: Claim) -> Line:
    """`Supported by …; challenged by …`, where there is evidence against a claim."""
    if not claim.challenges:
        return ()
    against = (*line("challenged by "), *names.named_evidence(claim.challenges, claim.species))
    if not claim.supports:
        return (*line("Challenged by "), *against[1:], *line("."))
    return (
        *line("Supported by "),
        *names.named_evidence(claim.supports, claim.species),
        *line("; "),
        *against,
        *line("."),
    )


def _certainty(names: Names, claim: Claim) -> str:
    """The level of the rating that a claim may not exceed."""
    rating = names.corpus.record(names.review, "rating", claim.rating)
    if not isinstance(rating, Rating):
        return ""
    scale = "certainty" if rating.scale is Scale.GRADE else words(rating.scale)
    return f"({scale}: {with_symbol(rating.level, rating.scale)})"


def _species(claim: Claim) -> str:
    """The species, where evidence from animals is told without it."""
    told = _NAMED.get(claim.species) if claim.species else None
    if claim.species is None or told is None or told.search(claim.statement):
        return ""
    return f"in {words(claim.species)}"


def _figures(claim: Claim) -> str:
    """The figures that the statement does not give."""
    return "; ".join(_figure(value) for value in claim.values if not _is_told(value, claim.statement))


def _figure(value: Value) -> str:
    figure = quantity(value.low, value.high, value.unit)
    return f"{value.what}: {' '.join(part for part in (value.qualifier, figure) if part)}"


def _is_told(value: Value, statement: str) -> bool:
    """Whether a statement gives a figure itself, in digits or in a word; without a number, its unit."""
    bounds = [bound for bound in (value.low, value.high) if bound is not None]
    if not bounds:
        return bool(value.qualifier) or value.unit.casefold() in statement.casefold()
    printed = {figure.replace(",", "") for figure in _NUMBER.findall(statement)}
    spoken = {told for word, told in _SPOKEN.items() if re.search(rf"\b{word}\b", statement, re.IGNORECASE)}
    return all(number(abs(bound)).replace(",", "") in printed | spoken for bound in bounds)


def _footnote(names: Names, claims: Sequence[Claim]) -> Iterator[Block]:
    """What the mark of a statement without evidence means, and where such statements come from."""
    bare = [claim for claim in claims if not claim.supports and not claim.challenges]
    if not bare:
        return
    sources = dict.fromkeys(names.source(origin.source) for claim in bare for origin in claim.from_)
    taken = f" Taken from: {listed(list(sources))}." if sources else ""
    yield Paragraph(line(f"{_UNSUPPORTED} No study is cited for this statement.{taken}"))


def _target(names: Names, claim: Claim) -> tuple[Line, ...]:
    mechanism = claim.mechanism
    assert mechanism is not None  # noqa: S101  asked before
    action = "" if mechanism.action in {Action.NONE, Action.UNCLEAR} else mechanism.action.value.replace("_", " ")
    unclear = "action unclear" if mechanism.action is Action.UNCLEAR else ""
    against = names.evidence(claim.challenges, claim.species)
    evidence = joined(
        [names.evidence(claim.supports, claim.species), (*line("against: "), *against) if against else ()], "; "
    )
    return (
        line(capital(mechanism.target) + aside(mechanism.site)),
        line(capital(action or unclear)),
        line(capital(_effect(mechanism.effect, mechanism.on))),
        line(capital(words(claim.species)) if claim.species else ""),
        evidence,
    )


def _effect(effect: EffectDirection | None, on: str) -> str:
    told = {EffectDirection.NO_CHANGE: "no change of", EffectDirection.UNCLEAR: "unclear effect on"}
    if effect is None:
        return on
    return f"{told.get(effect) or effect.value.replace('_', ' ')} {on}".strip()
