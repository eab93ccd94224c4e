"""The field's words for the closed vocabularies, and numbers as a chapter prints them."""

from __future__ import annotations

from decimal import Decimal

from ketreview.model.partial_date import PartialDate
from ketreview.model.vocabulary import (
    Design,
    Directness,
    Domain,
    Exposure,
    Level,
    Measure,
    Mode,
    Route,
    Scale,
    Species,
    TrialStatus,
)
from ketreview.patterns import regex

ANIMALS = frozenset({Species.MOUSE, Species.RAT, Species.RODENT, Species.ANIMAL, Species.CELLS})
"""The species whose evidence is never shown without its name."""

_WORDS = {
    Design.NON_RANDOMISED_TRIAL: "non-randomised trial",
    Design.META_ANALYSIS: "meta-analysis",
    Design.COHORT: "cohort study",
    Design.CASE_CONTROL: "case–control study",
    Design.CROSS_SECTIONAL: "cross-sectional study",
    Design.IN_VITRO: "in vitro experiment",
    Design.MENDELIAN_RANDOMISATION: "Mendelian randomisation study",
    Design.OTHER: "study of another design",
    Design.UNKNOWN: "study of unknown design",
    Species.HUMAN: "people",
    Species.MOUSE: "mice",
    Species.RAT: "rats",
    Species.RODENT: "rodents",
    Species.ANIMAL: "animals",
    Species.CELLS: "cells",
    Species.MIXED: "people and animals",
    Species.NOT_STATED: "species not stated",
    Route.IV: "intravenous",
    Route.IM: "intramuscular",
    Route.SC: "subcutaneous",
    Measure.OTHER: "estimate",
    Scale.OCEBM_2011: "OCEBM 2011",
    TrialStatus.ACTIVE_NOT_RECRUITING: "active, not recruiting",
    Mode.LIVING: "living review",
    Mode.PERIODIC: "periodically updated review",
    Mode.STATIC: "static review",
}
_PLURALS = {"analysis": "analyses", "commentary": "commentaries", "study": "studies", "series": "series"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_RATE = regex(r"\b(\d+)/(day|week|month|year)\b")
_PLAIN_WORD = regex(r"(?:a|[a-zà-ÿ]{2,})(?![\w])")
_STOP = regex(r"[.?!](?=\s+[A-Z(]|\s*$)")
_SHORT = regex(
    r"(?<!\w)(?:[A-Z]|al|approx|ca|[Cc]f|Dr|[Ee]\.\s?g|Eqs?|Figs?|[Ii]\.\s?e|Mrs?|Ms|Nos?|Prof|Refs?|resp|St|Vol|vs)$"
)
_INNER = regex(r"(?<!\S)\(([^()]*)\)(?![\w-])")
NO_BREAK = "\u00a0"
MINUS = "\u2212"

Term = Design | Directness | Domain | Exposure | Level | Measure | Mode | Route | Scale | Species | TrialStatus


def words(term: Term) -> str:
    """What a chapter calls a term of the vocabulary."""
    return _WORDS.get(term) or term.value.replace("_", " ").lower()


def counted(number: int, noun: str) -> str:
    """`1 study`, `2 studies`, `3 randomised trials`."""
    if number == 1:
        return f"1 {noun}"
    for single, plural in _PLURALS.items():
        if noun.endswith(single):
            return f"{number:,} {noun.removesuffix(single)}{plural}"
    head, of, rest = noun.partition(" of ")
    return f"{number:,} {_PLURALS.get(head, head + 's')}{of}{rest}"


def listed(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def capital(text: str) -> str:
    """`text` with its first letter in upper case, where that is no symbol such as mTOR or p."""
    return text[:1].upper() + text[1:] if _PLAIN_WORD.match(text) else text


def sentence(text: str) -> str:
    """`text` from a capital letter to a full stop."""
    told = capital(text.strip())
    return told if not told or told[-1] in ".?!" else f"{told}."


def first_sentence(text: str) -> str:
    """`text` up to its first full stop that ends a sentence, and no abbreviation such as `Dr.` or an initial."""
    told = text.strip()
    for stop in _STOP.finditer(told):
        if stop.group() != "." or not _SHORT.search(told, 0, stop.start()):
            return told[: stop.end()]
    return told


def aside(text: str) -> str:
    """` (text)`, with brackets for the parentheses in it; nothing for nothing."""
    inner = _INNER.sub(r"[\1]", text)
    return f" ({inner})" if inner else ""


def day(when: PartialDate) -> str:
    """A date in words, as far as it is known: `29 January 2026`."""
    parts = [str(when.day) if when.day else "", _MONTHS[when.month - 1] if when.month else "", f"{when.year:04}"]
    return " ".join(part for part in parts if part)


def number(value: float) -> str:
    """A number with a true minus sign and no idle decimals."""
    digits = f"{Decimal(repr(value)):,f}" if abs(value) >= 10_000 else f"{Decimal(repr(value)):f}"  # noqa: PLR2004
    return digits.removesuffix(".0").replace("-", MINUS)


def span(low: float | None, high: float | None) -> str:
    """One number or a range of two."""
    if low is not None and high is not None and low != high:
        return f"{number(low)} to {number(high)}"
    return number(low) if low is not None else f"up to {number(high)}" if high is not None else ""


def quantity(low: float | None, high: float | None, unit: str) -> str:
    """A number or a range with its unit; the unit alone where no number is given."""
    figure = span(low, high)
    return f"{figure}{NO_BREAK}{unit}" if figure and unit else figure or unit


def rhythm(schedule: str) -> str:
    """A schedule such as `2/week` in words."""
    return _RATE.sub(f"\\1{NO_BREAK}per{NO_BREAK}\\2", schedule)


def interval(bounds: tuple[float, ...]) -> str:
    """A 95 % confidence interval, or nothing."""
    return f"95{NO_BREAK}% CI {number(bounds[0])} to {number(bounds[1])}" if bounds else ""
