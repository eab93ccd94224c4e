"""ORCID iDs: sixteen digits in groups of four, the last a check character (ISO 7064, MOD 11-2; 10 is written X)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ketreview.patterns import regex

_ID = regex(r"(?<![\d-])\d{4}([- ]?)\d{4}\1\d{4}\1\d{3}[\dXx](?![\d-])", re.ASCII)
_DASHES = str.maketrans("‐‑‒–—―−", "-------")


class WrongId(NamedTuple):
    """An iD whose check character does not fit, and the one that would."""

    number: str
    wanted: str


def orcids_in(text: str) -> list[str]:
    """The iDs in a text, as written."""
    return [found[0] for found in _ID.finditer(text if text.isascii() else text.translate(_DASHES))]


def wrong_orcids(numbers: list[str]) -> Iterator[WrongId]:
    """The iDs whose check character does not fit."""
    from stdnum.iso7064 import mod_11_2  # noqa: PLC0415  loaded only where an iD is looked at: it takes 0.03 s

    for number in numbers:
        digits = number.replace("-", "").replace(" ", "").upper()
        wanted = mod_11_2.calc_check_digit(digits[:-1])
        if wanted != digits[-1]:
            yield WrongId(number, wanted)
