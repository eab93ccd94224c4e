"""Registration numbers in running text.

Separators that people put into them, and the traps, are those that maia-sh/ctregistries tests its expressions with:
`NCT 00902941`, `NCT#00379470`, `DRKS-Number: DRKS00003349`; the middle of a PACTR number is no EudraCT number, nor are
twelve digits without separators, and `NL26560.042.09` (a Dutch file number), `nl)277` or `per 100 000` are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ketreview.appraisal.trials import Number, number_of
from ketreview.patterns import regex

_SPACE = r"(?:[\W_]{0,3}\b(?:identifier|number|no|nr|id)\b){0,2}[\W_]{0,4}"
"""What may stand between the letters of a number and its digits."""
_DASH = r"[\u2010-\u2014-]"
_GAP = r"[ \u00a0_./\u2010-\u2014-]{0,2}"
_SHAPES = (
    rf"NCT{_SPACE}0\d{{7}}",
    rf"ISRCTN{_SPACE}\d{{8}}",
    rf"EUCTR{_SPACE}20\d\d{_GAP}0\d{{5}}{_GAP}\d\d(?:{_DASH}(?:[A-Z]{{2}}|3rd))?",
    rf"(?:EU\W?CT|CTIS){_SPACE}20\d\d{_GAP}5\d{{5}}{_GAP}\d\d(?:{_GAP}\d\d)?",
    rf"20\d\d{_DASH}5\d{{5}}{_DASH}\d\d(?:{_DASH}\d\d)?",
    rf"EudraCT{_SPACE}20\d\d{_GAP}0\d{{5}}{_GAP}\d\d(?:-[A-Z]{{2}})?",
    rf"20\d\d{_DASH}0\d{{5}}{_DASH}\d\d(?:-[A-Z]{{2}})?",
    rf"(?:ACTRN|ANZCTR){_SPACE}0?126\d{{11}}",
    rf"DRKS{_SPACE}000\d{{5}}",
    rf"jRCT{_SPACE}(?:[a-z]\W?\d{{9}}|\d{{10}})",
    rf"Japic\W?CTI{_SPACE}\d{{6}}",
    rf"JMA\W?IIA{_SPACE}\d{{5}}",
    rf"UMIN(?:\W?CTR)?{_SPACE}000\d{{6}}",
    rf"ChiCTR{_SPACE}(?:\d{{8,10}}|[A-Z]{{2,5}}\W{{0,2}}\d{{8}})",
    rf"ITMCTR{_SPACE}\d{{8,10}}",
    r"CTRI\W{0,3}20\d\d\W{1,3}\d{2,3}\W{1,3}\d{6}",
    rf"KCT{_SPACE}00\d{{5}}",
    rf"IRCT{_SPACE}\d{{12,14}}N\d{{1,3}}",
    rf"PACTR{_SPACE}20\d{{13,14}}",
    r"RBR[-\u2010-\u2014 ]?\d[a-z0-9]{5,7}",
    rf"TCTR{_SPACE}20\d{{9}}",
    r"NTR\s?\d{3,5}",
    r"NL-OMON\d{4,6}",
    r"SLCTR\W{0,2}20\d\d\W{1,2}\d{3}",
    rf"LBCTR{_SPACE}20\d{{8}}",
    r"PER-\d{3}-\d\d(?:-[A-Z])?",
    rf"RPCEC{_SPACE}0000\d{{4}}",
    r"PHRR\d{6}-\d{6}",
    r"SNCTP\d{9}",
    r"HKUCTR-\d{1,5}",
    r"U1\d{3}-\d{4}-\d{4}",
)


class TrialMention(NamedTuple):
    """A registration number that a text names, and where."""

    start: int
    end: int
    number: Number


def trial_mentions(text: str) -> Iterator[TrialMention]:
    """The registration numbers that a text names, in order."""
    for match in _mention().finditer(text):
        yield TrialMention(match.start(), match.end(), number_of(match[0]))


def numbers_in(text: str) -> tuple[str, ...]:
    """The registration numbers in a text, as their registries print them, each once."""
    return tuple(dict.fromkeys(mention.number.text for mention in trial_mentions(text)))


@cache
def _mention() -> re.Pattern[str]:
    """Any number, between what is neither letter nor digit; made where it is needed, as that takes milliseconds."""
    return regex(rf"(?<![A-Za-z0-9])(?:{'|'.join(_SHAPES)})(?![A-Za-z0-9])", re.ASCII | re.IGNORECASE)
