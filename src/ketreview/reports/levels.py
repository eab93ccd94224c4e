"""Levels of certainty as people read them: words, GRADE's circles, and what they mean for a decision."""

from __future__ import annotations

from collections.abc import Mapping

from ketreview.document import Text, Tone
from ketreview.model.vocabulary import Level, Scale

TONES: Mapping[Level, Tone] = {
    Level.HIGH: Tone.GOOD,
    Level.MODERATE: Tone.GOOD,
    Level.LOW: Tone.CAUTION,
    Level.VERY_LOW: Tone.BAD,
    Level.NO_EVIDENCE: Tone.BAD,
    Level.UNASSESSED: Tone.MUTED,
}

_SYMBOLS = {Level.HIGH: "⊕⊕⊕⊕", Level.MODERATE: "⊕⊕⊕○", Level.LOW: "⊕⊕○○", Level.VERY_LOW: "⊕○○○"}


def words(level: Level) -> str:
    """A level as people write it."""
    return level.value.replace("_", " ")


def with_symbol(level: Level, scale: Scale) -> str:
    """The level with GRADE's four circles, where it is one of GRADE's four."""
    symbol = _SYMBOLS.get(level, "") if scale is Scale.GRADE else ""
    return f"{symbol} {words(level)}".strip()


def shown(level: Level, scale: Scale) -> Text:
    """The level as a text with its tone."""
    return Text(with_symbol(level, scale), TONES[level])
