"""Labels of an author, `et al.` and a year, and the works that they fit."""

from __future__ import annotations

import re

from ketreview.appraisal.names import names_in
from ketreview.appraisal.same_work import folded
from ketreview.linking.works import first_author
from ketreview.model.entry import Entry
from ketreview.patterns import regex

_LABEL = regex(r"\s*([^\W\d_][^\d,&]*?)\s+et\s+al\.?,?\s*\(?((?:19|20)\d\d)\)?\s*", re.IGNORECASE)
_SEVERAL = 3


def name_of(entry: Entry) -> str:
    """First author and year of a work of several authors, as `et al.` has it; empty if it is not of several."""
    authors = names_in(entry.get("author"))
    several = len(authors) >= _SEVERAL or any(name.text == "others" for name in authors)
    return f"{first_author(entry)} {entry.year}" if several and entry.year and first_author(entry) else ""


def name_meant(label: str) -> str:
    """The same of a label; empty if it is of another form."""
    found = _LABEL.fullmatch(label)
    return f"{folded(found[1])} {found[2]}" if found else ""
