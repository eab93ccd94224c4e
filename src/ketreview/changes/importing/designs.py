"""Words that plainly say how a study was done and how many took part."""

from __future__ import annotations

import re
from typing import NamedTuple

from ketreview.model.vocabulary import Design
from ketreview.patterns import regex

_DESIGNS: tuple[tuple[Design, str], ...] = (
    (Design.PROTOCOL, r"(?:trial|study) protocol|protocol (?:of|for) (?:a|the)\b"),
    (Design.META_ANALYSIS, r"meta-?analys[ie]s"),
    (Design.SYSTEMATIC_REVIEW, r"systematic(?:\w| |-){0,40} reviews?"),
    (Design.NARRATIVE_REVIEW, r"(?:narrative|literature) reviews?"),
    (Design.POST_HOC_ANALYSIS, r"post[- ]hoc analys[ie]s|secondary analys[ie]s"),
    (Design.MENDELIAN_RANDOMISATION, r"mendelian randomi[sz]ation"),
    (Design.RANDOMISED_TRIAL, r"randomi[sz]ed(?:,? [\w-]{1,30}){0,5} trials?|\brcts?\b"),
    (Design.CASE_SERIES, r"case series"),
    (Design.CASE_REPORT, r"case reports?"),
    (Design.CASE_CONTROL, r"case[- ]control(?:led)?(?: stud(?:y|ies))?"),
    (Design.CROSS_SECTIONAL, r"cross[- ]sectional"),
    (Design.COHORT, r"cohort stud(?:y|ies)|(?:prospective|retrospective) cohorts?"),
    (Design.GUIDELINE, r"(?:clinical practice|practice|clinical) guidelines?"),
    (Design.COMMENTARY, r"commentary|letter to the editor|editorial"),
)
_PATTERNS = tuple((design, regex(rf"\b(?:{words})", re.IGNORECASE)) for design, words in _DESIGNS)
_DENIED = regex(
    r"\b(?:no|not|without|lack(?:s|ing)?|non|un|need(?:s|ed)?|await\w*|future|planned|unlike|versus|vs|from|of|than"
    r"|rather)[ -](?:(?:an?|the|all|double-blind|several|small|multiple|\d+)[ -])*$",
    re.IGNORECASE,
)
_REVIEWS = frozenset({Design.META_ANALYSIS, Design.SYSTEMATIC_REVIEW, Design.NARRATIVE_REVIEW})
_PEOPLE = regex(
    r"(?<![\w.,~≈<>/-])(?<!at least )(?<!about )(?<!under )(?<!over )(\d{1,3}(?:,\d{3})+|\d{1,6})"
    r" (?:total |combined )?(?:patients?|participants?|subjects|people|individuals)\b",
    re.IGNORECASE,
)
_N = regex(r"(?<![\w.-])n ?= ?(\d{1,3}(?:,\d{3})+|\d{1,6})(?![\w.–-])(?! to )", re.IGNORECASE)
_STUDIES = regex(
    r"(?<![\w.,~/-])(\d{1,4}) (?:included |randomi[sz]ed |controlled |eligible ){0,4}"
    r"(?:studies|trials|publications|rcts)\b",
    re.IGNORECASE,
)


class Sized(NamedTuple):
    """How many took part, and how many studies a review includes; 0 where that is not plain."""

    participants: int = 0
    studies: int = 0


def design_of(text: str) -> Design:
    """The design that a text names; UNKNOWN where it names none, denies it, or names two."""
    found: list[Design] = []
    for design, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not _DENIED.search(text, max(0, match.start() - 40), match.start()):
                found.append(design)
                break
    if Design.PROTOCOL in found:
        return Design.PROTOCOL
    reviews = [design for design in found if design in _REVIEWS]
    if reviews and Design.META_ANALYSIS in reviews:
        return Design.META_ANALYSIS
    if reviews:
        return reviews[0] if len(reviews) == 1 else Design.UNKNOWN
    return found[0] if len(found) == 1 else Design.UNKNOWN


def sized(text: str, design: Design) -> Sized:
    """The numbers that a text gives once; those of a review's studies only for a review."""
    people = {*_numbers(_PEOPLE, text), *_numbers(_N, text)}
    studies = set(_numbers(_STUDIES, text)) if design in _REVIEWS else set()
    return Sized(people.pop() if len(people) == 1 else 0, studies.pop() if len(studies) == 1 else 0)


def _numbers(pattern: re.Pattern[str], text: str) -> list[int]:
    return [int(found[1].replace(",", "")) for found in pattern.finditer(text)]
