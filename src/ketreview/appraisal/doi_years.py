"""The years that a DOI has in it, as publishers build them.

Seen in registered DOIs: a part of its own (`10.1016/j.jad.2019.11.028`, `10.1080/07420528.2018.1468654`); two digits in
brackets in an Elsevier PII (`S0140-6736(17)31585-4`); three at Springer Nature (`s41380-018-0341-9`); the date at
Lippincott (`00000441-200702000-00003`), at the New England Journal until 2005 (`NEJM200107123450202`) and in a SICI
(`1097-0258(19980815)`).
"""

from __future__ import annotations

import re

from ketreview.patterns import regex

_YEAR = regex(
    r"(?<=[./])(?:19[5-9]\d|20[0-4]\d)(?=[./])|(?<=\.)(?:19[5-9]\d|20[0-4]\d)(?=-\d)(?!-\d{3}[\dx](?!\d))"
    r"|(?<=-\d\d\.)(?:19[5-9]\d|20[0-4]\d)$",
    re.ASCII,
)
_DATED = regex(r"(?:NEJM|\d{8}-|\d{4}-\d{3}[\dxX]\()((?:19[5-9]|20[0-4])\d)(?=\d{2,13}(?!\d)|\))", re.ASCII)
_PII = regex(r"[SB]\d{4}-\d{3}[\dxX]\((\d\d)\)", re.ASCII | re.IGNORECASE)
_SPRINGER = regex(r"/s\d{5}-0(\d\d)-\d{3,5}-[\da-z]$", re.ASCII)
_CENTURY = 50


def years_in(doi: str) -> tuple[int, ...]:
    """The years that a DOI may have in it, each once."""
    suffix = doi[doi.find("/") :].lower()
    found = [int(text) for text in _YEAR.findall(suffix)]
    found += [int(text) for text in _DATED.findall(suffix.upper())]
    found += [int(text) + (1900 if int(text) >= _CENTURY else 2000) for text in _PII.findall(suffix)]
    found += [2000 + int(text) for text in _SPRINGER.findall(suffix)]
    return tuple(dict.fromkeys(found))
