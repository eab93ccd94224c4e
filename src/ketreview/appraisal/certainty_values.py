"""Whether two values of certainty that stand beside a work contradict each other."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from ketreview.appraisal.grade import level_of
from ketreview.model.vocabulary import Level, Scale
from ketreview.patterns import regex

_NUMBER = regex(r"(?:\d+(?:\.\d+)?|\.\d+)", re.ASCII)


def certainties_differ(one: str, other: str, crosswalk: Mapping[str, Level]) -> bool:
    """Whether two ratings are of one form and not the same. Numbers of different scales are of two forms."""
    numbers = [float(text) for text in (one, other) if _NUMBER.fullmatch(text)]
    if len(numbers) == 2:  # noqa: PLR2004  both are numbers
        return (numbers[0] > 1) == (numbers[1] > 1) and not math.isclose(*numbers)
    levels = [level_of(text, Scale.GRADE, crosswalk) for text in (one, other)]
    return not numbers and None not in levels and levels[0] != levels[1]
