"""Fields of two entries of one work: which are the same field, and whether they say the same.

Names that biblatex takes for the same field are the same here (manual, 2.2.5).
"""

from __future__ import annotations

import re

from ketreview.appraisal.same_work import doi_name, pmid_name, title_name
from ketreview.model.data_model import FIELD_ALIASES
from ketreview.patterns import regex

_SAME = {own: alias for alias, own in FIELD_ALIASES.items()} | {"date": "year"}
_NAMES = {"doi": doi_name, "pmid": pmid_name, "title": title_name}
_DASHED = frozenset({"pages", "number", "volume", "issue", "journal", "journaltitle", "booktitle", "series", "title"})
_DASHES = regex(r"[-\u2013\u2014]+")


def canonical_name(name: str) -> str:
    """The one name for all names of a field."""
    return _SAME.get(name, name)


def same_value(name: str, one: str, other: str) -> bool:
    """Whether two values of a field say the same; braces, white space and kinds of dashes do not count."""
    named = _NAMES.get(name)
    if named is not None and named(one) and named(one) == named(other):
        return True
    return _folded(name, one) == _folded(name, other)


def _folded(name: str, value: str) -> str:
    folded = " ".join(re.sub(r"[{}]", "", value).split())
    return _DASHES.sub("-", folded) if name in _DASHED else folded
