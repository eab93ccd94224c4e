"""Words that say more than low certainty carries.

Source: GRADE 26 (Santesso 2020): `reduces` is said at high certainty, `probably reduces` at moderate, `may reduce` at
low, and at very low certainty the evidence is called very uncertain. What a study found may be told as what it found. A
quotation is somebody else's word, a negation claims nothing, and what is said of animals says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ketreview.patterns import regex

_LONGEST = 20_000
_QUOTED = regex(r"“[^”]{0,2000}”|\"[^\"]{0,2000}\"|«[^»]{0,2000}»|‹[^›]{0,2000}›|(?<!\w)‘[^’]{0,2000}’(?!\w)")
_END = regex(r"(?<=[.!?])\s+(?=[A-Z(])|;\s")
_VERBS = (
    "reduces lowers lessens raises improves relieves alleviates eases prevents eliminates heals worsens stops "
    "restores ameliorates abolishes"
)
_NOUNS_TOO = "increases decreases causes cures"
_THEIR_OBJECT = r"(?=\s+(?:(?:the|a|an|all|any|both|fewer|less)\b|\w+(?:ion|ness|ity|sia)\b))"
_EFFECT = (
    rf"(?:(?:{'|'.join(_VERBS.split())})\b"
    rf"|(?:{'|'.join(_NOUNS_TOO.split())})\b{_THEIR_OBJECT}"
    r"|(?:is|are)\s+(?:highly\s+|very\s+|an?\s+)?(?:effective|efficacious|safe)\b)"
)
_PROVEN = regex(
    r"\b(?:demonstrat(?:es?|ed)|prov(?:es?|ed|en)|(?:conclusive|definitive|unequivocal|undoubted|undeniab)ly)\b",
    re.IGNORECASE,
)
_BARE = regex(rf"(?<!that )(?<!which )(?<!who )\b(?:probably\s+)?{_EFFECT}", re.IGNORECASE)
_NEGATED = regex(
    r"\b(?:not|no|none|never|neither|nor|nobody|nothing|without|cannot|lacks?|lacking|fail(?:s|ed)?|un(?:proven|clear|known)"
    r"|hardly|scarcely|yet to|rather than|instead of|far from)\b|n['’]t\b",
    re.IGNORECASE,
)
_ANIMALS = regex(
    r"\b(?:mice|mouse|murine|rats?|rodents?|animals?|monkeys?|primates?|cells?|in vitro|preclinical(?:ly)?)\b",
    re.IGNORECASE,
)
_HEDGED = regex(
    r"\b(?:may|might|could|can|would|should|must|perhaps|possibl[ey]|potential(?:ly)?|maybe|whether|if|unless"
    r"|appear(?:s|ed)?|seem(?:s|ed)?|suggest(?:s|ed|ing)?|indicat(?:es?|ed)|tend(?:s|ed)?|uncertain(?:ty)?|doubt(?:ful|s)?"
    r"|debated|disputed|contested|unsettled|controversial|inconclusive|conflict(?:s|ing)?|mixed|limited|weak"
    r"|sa(?:id|ys?)|held|holds?|call(?:s|ed)|claim(?:s|ed)|argu(?:es?|ed)|conclud(?:es?|ed)|finds|state[sd]?|ranks?"
    r"|report(?:s|ed|edly)?|describ(?:es?|ed)|according|account|by (?:the|some)|hypothes\w*|theor(?:y|ies)"
    r"|expect(?:s|ed)?|suppos(?:es?|ed)|propos(?:es?|ed)|thought|believ(?:es?|ed)|consider(?:s|ed)?|assum(?:es?|ed)"
    r"|hope[sd]?|falsifiable|predict(?:s|ed|ions?)?|promising|likely|need(?:s|ed)? to be|aim(?:s|ed)?|question)\b",
    re.IGNORECASE,
)
_FOUND = regex(
    r"\b(?:trials?|stud(?:y|ies)|series|experiments?|analys[ei]s|meta-analys[ei]s|cohorts?|participants|patients|reviews?)\b",
    re.IGNORECASE,
)


class Excess(NamedTuple):
    """Words that claim too much, and where they stand in the text; `proven` if they speak of proof."""

    start: int
    words: str
    proven: bool


def exceeding(text: str) -> Iterator[Excess]:
    """The words of a text that claim more than low certainty carries, each sentence by itself."""
    spoken = _QUOTED.sub(lambda match: " " * len(match.group()), text[:_LONGEST])
    start = 0
    for end in (*(match.end() for match in _END.finditer(spoken)), len(spoken)):
        yield from _in_sentence(spoken[start:end], start)
        start = end


def _in_sentence(sentence: str, offset: int) -> Iterator[Excess]:
    found = _PROVEN.search(sentence)
    bare = _BARE.search(sentence)
    if not (found or bare) or _NEGATED.search(sentence) or _ANIMALS.search(sentence) or _HEDGED.search(sentence):
        return
    if found:
        yield Excess(offset + found.start(), found.group(), proven=True)
    elif bare and not _FOUND.search(sentence):
        yield Excess(offset + bare.start(), bare.group(), proven=False)
