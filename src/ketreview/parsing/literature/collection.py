"""Texts that tell of several works, and so are about none of them."""

from __future__ import annotations

import re

from ketreview.parsing.literature.sections import plain_text
from ketreview.patterns import regex
from ketreview.source import Source

SHORTEST_CITATION = 40
"""Characters; a shorter one is a name and a year."""

_WORK_LABEL = regex(
    r"^[ \t>*_#\d.)-]*(?:full )?(?:citation|bibtex|bib ?tex key|bibtex key|citation key)[*_]*:[*_]*[ \t]*(\S[^\n]*)",
    re.MULTILINE | re.IGNORECASE,
)
_WORK_WORDS = ("itation", "ITATION", "ibTeX", "ibtex", "IBTEX")
_AROUND_VALUE = " `*_@.,\t\r"


def is_collection(source: Source) -> bool:
    """Whether a text tells of several works, each with a citation or a key of its own."""
    if not any(word in source.text for word in _WORK_WORDS):
        return False
    values = {match[1].casefold().strip(_AROUND_VALUE)[:60] for match in _WORK_LABEL.finditer(plain_text(source.text))}
    citations = sum(len(value) > SHORTEST_CITATION for value in values)
    return citations > 1 or len(values) - citations > 1
