"""Whether two accounts of one study contradict each other, or are the same thing told more or less closely.

A meta-analysis rests on a systematic review, and is called either; a page on the web may hold a study of any design. A
date of publication may be that of the first appearance online or of the issue in print, which lie up to a year apart.
"""

from __future__ import annotations

from datetime import timedelta

from ketreview.model.partial_date import PartialDate
from ketreview.model.vocabulary import Design, Species

_SAYS_NOTHING = frozenset({Design.OTHER, Design.UNKNOWN, Design.WEB_PAGE})
_ALIKE = frozenset({Design.META_ANALYSIS, Design.SYSTEMATIC_REVIEW})
_ANIMALS = frozenset({Species.MOUSE, Species.RAT, Species.RODENT, Species.ANIMAL})
_OPEN = frozenset({Species.MIXED, Species.NOT_STATED})
_ISSUE = timedelta(days=366)


def designs_differ(one: Design, other: Design) -> bool:
    """Whether one study cannot have both designs."""
    pair = {one, other}
    return len(pair) == 2 and not pair & _SAYS_NOTHING and pair != _ALIKE  # noqa: PLR2004  they are not the same


def species_differ(one: Species | None, other: Species | None) -> bool:
    """Whether one study cannot be of both species; rodents are animals, and cells may be those of any."""
    if one is None or other is None or one is other or {one, other} & _OPEN:
        return False
    if Species.HUMAN in {one, other}:
        return True
    return Species.CELLS not in {one, other} and {one, other} == {Species.MOUSE, Species.RAT}


def dates_differ(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates of publication lie more than a year apart, whatever is left out of them."""
    if one is None or other is None:
        return False
    first, second = sorted((one, other), key=PartialDate.earliest)
    return second.earliest() - first.latest() > _ISSUE


def counts_differ(one: int | None, other: int | None) -> bool:
    """Whether both are given and not the same."""
    return one is not None and other is not None and one != other
