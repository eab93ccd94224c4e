"""An entry has nothing to find its work by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.linking.shapes import Shape
from ketreview.model.entry import Entry
from ketreview.patterns import regex
from ketreview.rule import Problem, entries, rule

_FIELDS = frozenset(
    {
        *("doi", "pmid", "pmcid", "pmc", "eprint", "arxiv", "arxivid", "isbn", "url", "ee", "link", "biburl"),
        *("handle", "hdl", "ark", "urn", "bibcode", "adsurl", "mrnumber", "zblnumber", "hal_id", "lccn", "oclc", "pii"),
    }
)
_TEXTS = frozenset(
    {
        *("howpublished", "note", "annote", "annotation", "addendum", "number", "journal", "journaltitle"),
        *("publisher", "institution", "organization", "series", "booktitle", "pages", "volume"),
    }
)
_IN_TEXT = regex(
    r"https?://|\\url\b|\bwww\.|\b10\.\d{4,9}/|\bPMID[:\s]*\d|\bPMC\d|\barXiv\s*:?\s*[\w.-]*\d|\b(?:NCT|ISRCTN)\d|\bISBN\b",
    re.IGNORECASE | re.ASCII,
)
_UNCITED_TYPES = frozenset({"set", "xdata"})
_PARENTS = ("crossref", "xdata", "entryset")
_ABSTRACT = regex(r"\babstracts?\b|\bposter\b", re.IGNORECASE)
_OF_ABSTRACTS = ("howpublished", "type", "entrysubtype", "booktitle", "eventtitle", "series", "number", "pages")
_CALLED_ABSTRACT = regex(
    r"\b(?:conference|meeting|congress|symposium|poster|oral)\s+(?:abstract|presentation)|\bposter\b"
    r"|\babstract\s+(?:no\b|number\b|#|\(?[A-Z]{0,3}-?\d)|\babstract (?:at|of|from) the\b.{0,60}\b(?:meeting|congress)",
    re.IGNORECASE,
)


def _has_identifier(shape: Shape, _corpus: Corpus) -> bool:
    return shape.plain and not _FIELDS.isdisjoint(shape.names)


@rule("KR310", entries(shape=_has_identifier), Severity.WARNING)
def no_identifier(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """An entry has neither DOI, PMID, PMCID, arXiv number, ISBN nor URL.

    Nobody can look up at once whether the work exists and says so, and no program can tell whether it stands in the
    store twice. An identifier in `note`, `howpublished` or another text counts. It is information only for `@misc` with
    `howpublished` or `organization` and for abstracts of conferences, which often have none. Nothing is said of an
    entry that takes fields from another one (`crossref`, `xdata`), nor of one that could not be read whole.

    Bad:

    ```bib references.bib
    @article{jung2008, title = {A}, journal = {Clinical Chemistry}, year = {2008}}
    ```

    Good:

    ```bib references.bib
    @article{jung2008, title = {A}, journal = {Clinical Chemistry}, year = {2008}, pmid = {18824574}}
    ```
    """
    del corpus
    if _is_identified(entry) or entry.type in _UNCITED_TYPES or entry.get(*_PARENTS) or not entry.whole:
        return
    message = f"this `@{entry.type}` has neither DOI, PMID, PMCID, arXiv number, ISBN nor URL"
    if entry.type == "misc" and entry.get("howpublished", "organization"):
        yield Problem(f"{message}, as works outside of journals often do not", entry.key_span, severity=Severity.INFO)
    elif _is_abstract(entry):
        yield Problem(f"{message}, as abstracts of conferences often do not", entry.key_span, severity=Severity.INFO)
    else:
        yield Problem(message, entry.key_span)


def _is_identified(entry: Entry) -> bool:
    names = _FIELDS.intersection(entry.texts)
    if names and (entry.is_usual or any(field.value.strip() for field in entry.fields if field.name in names)):
        return True
    if _TEXTS.isdisjoint(entry.texts):
        return False
    return any(_IN_TEXT.search(field.value) for field in entry.fields if field.name in _TEXTS)


def _is_abstract(entry: Entry) -> bool:
    """Whether it says that it is an abstract of a conference; `note` may speak of another one."""
    return any(_ABSTRACT.search(entry.get(name)) for name in _OF_ABSTRACTS if name in entry.texts) or any(
        _CALLED_ABSTRACT.search(entry.get(name)) for name in ("note", "title", "addendum") if name in entry.texts
    )
