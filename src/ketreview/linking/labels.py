"""Labels of an author, `et al.` and a year, and the works that they fit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ketreview.appraisal.names import names_in
from ketreview.appraisal.same_work import folded
from ketreview.linking.works import first_author
from ketreview.model.entry import Entry
from ketreview.model.review import Review
from ketreview.model.source_document import Reference
from ketreview.patterns import regex

_LABEL = regex(r"\s*([^\W\d_][^\d,&]*?)\s+et\s+al\.?,?\s*\(?((?:19|20)\d\d)\)?\s*", re.IGNORECASE)
_SEVERAL = 3


def references_of(review: Review) -> Iterator[Reference]:
    """All that the sources of a review list."""
    return (reference for source in review.sources for reference in source.references)


def labels_of(review: Review) -> Iterator[str]:
    """The names of works that a review's labels give as author, `et al.` and year."""
    return (name for reference in references_of(review) if (name := name_meant(reference.label)))


def name_among(entry: Entry, names: Collection[str]) -> str:
    """First author and year of a work of several authors, as `et al.` has it.

    Empty if it is not of several, or is none of `names`: few are ever asked for, and to part authors takes time.
    """
    name = f"{first_author(entry)} {entry.year}"
    if name not in names:
        return ""
    authors = names_in(entry.get("author"))
    several = len(authors) >= _SEVERAL or any(author.text == "others" for author in authors)
    return name if several and entry.year and first_author(entry) else ""


def name_meant(label: str) -> str:
    """The same of a label; empty if it is of another form."""
    found = _LABEL.fullmatch(label)
    return f"{folded(found[1])} {found[2]}" if found else ""
