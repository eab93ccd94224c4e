"""Levels of certainty as people read them: words, GRADE's circles, what they mean; and the figures beside them."""

from __future__ import annotations

from collections.abc import Mapping

from ketreview.document import Text, Tone
from ketreview.model.vocabulary import Level, Measure, Scale

TONES: Mapping[Level, Tone] = {
    Level.HIGH: Tone.GOOD,
    Level.MODERATE: Tone.GOOD,
    Level.LOW: Tone.CAUTION,
    Level.VERY_LOW: Tone.BAD,
    Level.NO_EVIDENCE: Tone.BAD,
    Level.UNASSESSED: Tone.MUTED,
    Level.LEVEL_1: Tone.GOOD,
    Level.LEVEL_2: Tone.GOOD,
    Level.LEVEL_3: Tone.CAUTION,
    Level.LEVEL_4: Tone.CAUTION,
    Level.LEVEL_5: Tone.BAD,
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


def scale_words(scale: Scale) -> str:
    """What a scale is called."""
    return "OCEBM 2011" if scale is Scale.OCEBM_2011 else scale.value


def measure_words(measure: Measure) -> str:
    """What a measure is called in a sentence."""
    return "estimate" if measure is Measure.OTHER else measure.value.replace("_", " ")


def figure(value: float) -> str:
    """A number without idle decimals; also one that is too large for a float."""
    from decimal import Decimal  # noqa: PLC0415  `status` tells no figures

    return f"{Decimal(repr(value)):f}".removesuffix(".0")
