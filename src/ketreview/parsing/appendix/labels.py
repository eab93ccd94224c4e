"""What the labels of an annotated bibliography name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from ketreview.patterns import regex


class Label(Enum):
    """What stands behind a label."""

    CITATION = "citation"
    DOI = "doi"
    PMID = "pmid"
    IDS = "ids"
    KEY = "key"
    TITLE = "title"
    CERTAINTY = "certainty"
    AUTHOR = "author"


_NAMES: Mapping[Label, str] = {
    Label.CITATION: "full citation, citation, full reference, reference, bibliographic reference, apa citation, "
    "vancouver citation, formatted citation, source citation",
    Label.DOI: "doi, digital object identifier, doi link, doi url",
    Label.PMID: "pmid, pubmed id, pubmed, pubmed identifier",
    Label.IDS: "identifiers, identifier, ids, doi/pmid, pmid/doi, doi and pmid, links",
    Label.KEY: "bibtex key, bibtex-key, bibtexkey, bibtex, bib key, bibkey, citation key, citekey, cite key, key, "
    "reference key, store key, entry key",
    Label.TITLE: "title, full title, article title, paper title",
    Label.CERTAINTY: "certainty, certainty assessment, certainty score, certainty rating, certainty level, "
    "overall certainty, evidence certainty, certainty of evidence, certainty of the evidence, evidence grade, "
    "grade certainty, grade rating, evidence level, certainty (grade)",
    Label.AUTHOR: "author, authors, author(s), journal",
}
KNOWN: Mapping[str, Label] = {name: label for label, names in _NAMES.items() for name in names.split(", ")}
"""The names of labels, in lower case."""

RATINGS: Mapping[str, int] = {
    **dict.fromkeys(("overall", "overall score", "score", "certainty", "certainty score", "overall certainty"), 0),
    **dict.fromkeys(("grade", "rating", "level", "overall rating", "evidence grade"), 1),
    **dict.fromkeys(("quality", "overall quality", "evidence quality", "quality of evidence"), 2),
}
"""What an assessment of certainty rates under labels of its own; lower numbers are nearer to the whole."""

# Words that begin sentences and lists too are labels only where they are set off by markup.
_ONLY_MARKED = {"key", "links", "pubmed", "journal", "source citation", "identifier", "author", "bibtex", "reference"}
_PLAIN = "|".join(sorted(map(re.escape, KNOWN.keys() - _ONLY_MARKED), key=len, reverse=True))
PLAIN = regex(rf"(?P<name>{_PLAIN})[ \t]*+:(?!//)", re.IGNORECASE)
"""A known label without markup, where a line begins."""

ROW = regex(
    rf"\|[ \t]*+(?P<mark>\*\*|__)?(?P<name>{_PLAIN}|key|reference|pubmed)(?(mark)(?P=mark))[ \t]*+:?[ \t]*+\|",
    re.IGNORECASE,
)
"""A known label in the first cell of a table's row."""


def folded(name: str) -> str:
    """A label's name as it is compared."""
    return " ".join(name.replace(" / ", "/").casefold().rstrip(": .").split())
