"""The overall judgement that a tool's own rule gives, and for which studies a tool is not meant.

RoB 2 (Sterne 2019, BMJ 366:l4898; Cochrane Handbook 6.4, 8.2.4): low if every domain is low; high if one is high; else
some concerns, which may be raised to high where several domains with some concerns lower the confidence substantially.

ROBINS-I (Sterne 2016, BMJ 355:i4919): the worst domain; `no information` where a key domain lacks it and nothing is
serious or critical. Which domain is key is the reviewer's judgement, so the worst of the others is right too. That
several domains at one level add up to the next is accepted with a reason, as in RoB 2.

AMSTAR 2 (Shea 2017, BMJ 358:j4008): high with up to one non-critical weakness, moderate with more, low with one
critical flaw, critically low with more. `no meta-analysis` is no flaw. The tool leaves open whether a partial yes is a
weakness, so both readings are right. Several weaknesses may lower moderate to low, with a reason.

SYRCLE advises against a summary score (Hooijmans 2014), and JBI has no cut-off: they have no rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ketreview.appraisal.risk_of_bias_tools import (
    AMSTAR_CRITICAL,
    CRITICAL,
    NO,
    NO_INFORMATION,
    PARTIAL,
    SERIOUS,
    TOOLS,
)
from ketreview.model.vocabulary import Design, RiskOfBiasTool, Species
from ketreview.patterns import regex


class Reading(NamedTuple):
    """An assessment as its tool has it.

    `judgements` are the answers by domain, as far as both are the tool's. The names as they were written: `strange` of
    domains that the tool lacks, `repeated` of those that are there under another name, `unclear` of those whose answer
    is none.
    """

    judgements: Mapping[str, str]
    strange: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


class Overall(NamedTuple):
    """What a tool's rule gives.

    `judgement` is empty where domains that are not judged may still change it; `possible` are those that the rule does
    not exclude, `with_reason` those that a written reason makes right. `deciding` are the domains that it rests on.
    """

    judgement: str
    possible: tuple[str, ...]
    with_reason: tuple[str, ...]
    deciding: tuple[str, ...]


def read(tool: RiskOfBiasTool, domains: Mapping[str, str]) -> Reading:
    """What an assessment says in its tool's own words."""
    judgements: dict[str, str] = {}
    known: set[str] = set()
    strange, repeated, unclear = [], [], []
    for name, word in domains.items():
        domain = TOOLS[tool].domain(name)
        answer = TOOLS[tool].answer(word, domain) if domain else ""
        if not domain:
            strange.append(name)
        elif domain in known:
            repeated.append(name)
        elif not answer:
            unclear.append(name)
        else:
            judgements[domain] = answer
        known.add(domain)
    return Reading(judgements, tuple(strange), tuple(repeated), tuple(unclear))


def overall(tool: RiskOfBiasTool, judgements: Mapping[str, str]) -> Overall | None:
    """What the tool's rule makes of judgements; None where it has no rule, or nothing is judged.

    A domain that is missing may be anything.
    """
    if not judgements or tool in {RiskOfBiasTool.SYRCLE, RiskOfBiasTool.JBI}:
        return None
    return _amstar2(judgements) if tool is RiskOfBiasTool.AMSTAR2 else _worst_domain(tool, judgements)


def is_score(word: str) -> bool:
    """Whether an overall judgement is a number, such as `6/10` or `60 %`."""
    return _SCORE.fullmatch(word.strip()) is not None


def unsuited(tool: RiskOfBiasTool, design: Design, species: Species | None) -> str:
    """What sort of study it is for which this tool is surely not meant; empty where it may be meant."""
    if tool is not RiskOfBiasTool.SYRCLE and species in _ANIMALS and design not in _ABOUT_STUDIES:
        return "" if tool is RiskOfBiasTool.JBI else "a study in animals"
    if tool is RiskOfBiasTool.SYRCLE and species is Species.HUMAN:
        return "a study in people"
    return _words(design) if design in _UNSUITED.get(tool, ()) else ""


_SCORE = regex(r"\d{1,3}(?:[.,]\d{1,3})?(?: ?(?:/|of|out of) ?\d{1,3})?(?: ?%)?", re.ASCII)
_SEVERAL = 2


def _worst_domain(tool: RiskOfBiasTool, judgements: Mapping[str, str]) -> Overall:
    """RoB 2 and ROBINS-I: no better than the worst domain."""
    ladder = tuple(answer for answer in TOOLS[tool].overall if answer != NO_INFORMATION)
    known = {domain: answer for domain, answer in judgements.items() if answer in ladder}
    at = max((ladder.index(answer) for answer in known.values()), default=0)
    deciding = tuple(domain for domain, answer in known.items() if answer == ladder[at])
    complete = len(judgements) == len(TOOLS[tool].domains)
    possible = ladder[at : at + 1] if complete else ladder[at:]
    judgement = ladder[at] if len(possible) == 1 else ""
    raised = ladder[at + 1 : at + 2] if at and len(deciding) >= _SEVERAL and complete else ()
    if NO_INFORMATION in TOOLS[tool].overall and ladder[at] not in {SERIOUS, CRITICAL}:
        lacking = tuple(domain for domain, answer in judgements.items() if answer == NO_INFORMATION)
        if lacking:
            judgement, deciding = NO_INFORMATION if complete else "", lacking
            possible = (NO_INFORMATION, *(possible if known or not complete else ()))
        elif not complete:
            possible = (*possible, NO_INFORMATION)
    return Overall(judgement, possible, raised, deciding)


def _amstar2(judgements: Mapping[str, str]) -> Overall:
    """AMSTAR 2: flaws in critical items, and weaknesses in the others."""
    items = TOOLS[RiskOfBiasTool.AMSTAR2]
    failed = tuple(item for item, answer in judgements.items() if answer == NO)
    flaws = tuple(item for item in failed if item in AMSTAR_CRITICAL)
    missing = items.domains.keys() - judgements.keys()
    partial = sum(answer == PARTIAL for answer in judgements.values())
    weak = len(failed) - len(flaws)
    best = _confidence(len(flaws), weak)
    more = len(missing & AMSTAR_CRITICAL)
    worst = _confidence(len(flaws) + more, weak + partial + len(missing) - more)
    judgement = items.overall[best] if not missing or best == worst else ""
    lowered = items.overall[2:3] if best == 1 and not missing else ()
    return Overall(judgement, items.overall[best : worst + 1], lowered, flaws or failed)


def _confidence(flaws: int, weaknesses: int) -> int:
    """Which of AMSTAR 2's four levels, the best first."""
    if flaws:
        return 2 if flaws == 1 else 3
    return 0 if weaknesses <= 1 else 1


_ANIMALS = frozenset({Species.MOUSE, Species.RAT, Species.RODENT, Species.ANIMAL})
_REVIEWS = frozenset({Design.META_ANALYSIS, Design.SYSTEMATIC_REVIEW, Design.NARRATIVE_REVIEW})
_ABOUT_STUDIES = _REVIEWS | {Design.GUIDELINE, Design.COMMENTARY, Design.WEB_PAGE, Design.PROTOCOL}
_NO_COMPARISON = frozenset({Design.CASE_SERIES, Design.CASE_REPORT})
_OBSERVED = frozenset({Design.COHORT, Design.CASE_CONTROL, Design.CROSS_SECTIONAL})
_PRECLINICAL = frozenset({Design.ANIMAL_EXPERIMENT, Design.IN_VITRO})
_UNSUITED: Mapping[RiskOfBiasTool, frozenset[Design]] = {
    RiskOfBiasTool.ROB2: _PRECLINICAL | _REVIEWS | _OBSERVED | _NO_COMPARISON | {Design.NON_RANDOMISED_TRIAL},
    RiskOfBiasTool.ROBINS_I: _PRECLINICAL | _REVIEWS,
    RiskOfBiasTool.SYRCLE: _REVIEWS | {Design.IN_VITRO},
    RiskOfBiasTool.AMSTAR2: _PRECLINICAL
    | _OBSERVED
    | _NO_COMPARISON
    | {Design.RANDOMISED_TRIAL, Design.NON_RANDOMISED_TRIAL, Design.POST_HOC_ANALYSIS},
}
"""Designs that a tool is surely not meant for; what may be in doubt is not listed."""


def _words(design: Design) -> str:
    """A design with its article, as a sentence has it."""
    name = {Design.META_ANALYSIS: "meta-analysis"}.get(design, design.value.replace("_", " "))
    noun = " study" if design in _OBSERVED or design is Design.IN_VITRO else ""
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}{noun}"
