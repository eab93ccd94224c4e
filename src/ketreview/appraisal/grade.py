"""The levels of each scale, GRADE's ladder, and the words that stand for a level.

Four levels, and where evidence starts: Cochrane Handbook 6.4, chapter 14; Schünemann 2018 (GRADE 18, PMC6692166, table
1): randomised evidence high, observational evidence low. Each step moves the level by its number of rungs, and neither
end of the ladder is passed: randomised evidence three down is very low, and so is observational evidence one down.
`no_evidence` is no rung: where nothing was found, nothing is rated. How a guide caps the steps is in `rating_sum`.

OCEBM has five levels, 1 the best: the 2011 version, as bjsm highwire 117566 prints it. Those of 2009 (`1a`, `2b`) are
others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ketreview.model.vocabulary import Level, Scale
from ketreview.patterns import regex

LADDER = (Level.VERY_LOW, Level.LOW, Level.MODERATE, Level.HIGH)
"""GRADE's levels, lowest first."""

LEVELS: Mapping[Scale, tuple[Level, ...]] = {
    Scale.GRADE: (Level.HIGH, Level.MODERATE, Level.LOW, Level.VERY_LOW, Level.NO_EVIDENCE),
    Scale.PLAUSIBILITY: (Level.HIGH, Level.MODERATE, Level.LOW, Level.UNASSESSED),
    Scale.FEASIBILITY: (Level.HIGH, Level.MODERATE, Level.LOW, Level.UNASSESSED),
    Scale.OCEBM_2011: (Level.LEVEL_1, Level.LEVEL_2, Level.LEVEL_3, Level.LEVEL_4, Level.LEVEL_5),
}
"""The levels that each scale has."""

DEFAULT_CROSSWALK: Mapping[str, Level] = {
    "high": Level.HIGH,
    "moderate": Level.MODERATE,
    "medium": Level.MODERATE,
    "low": Level.LOW,
    "very low": Level.VERY_LOW,
    "no evidence": Level.NO_EVIDENCE,
    "unassessed": Level.UNASSESSED,
    "not assessed": Level.UNASSESSED,
    **{word: level for level in LEVELS[Scale.OCEBM_2011] for word in (level[-1], f"level {level[-1]}")},
}
"""Words that mean a level without doubt. A range (`Medium-High`) is none of them: somebody has to choose."""

_NOUN = regex(r" (certainty|quality|confidence)( of (the )?evidence)?")


def computed(start: Level, steps: Iterable[int]) -> Level | None:
    """The level that `start` and the steps give, held inside the ladder; None where the start is not on it."""
    if start not in LADDER:
        return None
    return LADDER[min(max(LADDER.index(start) + sum(steps), 0), len(LADDER) - 1)]


def level_of(word: str, scale: Scale, crosswalk: Mapping[str, Level]) -> Level | None:
    """The level of `scale` that a word means, whatever its case; the project's `crosswalk` goes first."""
    exact = " ".join(word.casefold().split())
    plain = _NOUN.sub("", " ".join(re.split(r"[\s_-]+", exact)))
    level = crosswalk.get(exact) or DEFAULT_CROSSWALK.get(plain)
    return level if level in LEVELS[scale] else None
