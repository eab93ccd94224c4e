"""Identifiers of PubMed and PubMed Central.

A PMID is a number of up to eight digits, a PMCID is `PMC` and a number (NLM, "PMID: PubMed Identifier" and "PMCID").
PubMed Central takes a number without the letters for a PMCID too, and both may end with a point and a version.
"""

from __future__ import annotations

import re

from ketreview.patterns import regex

_PMID = regex(r"0*[1-9]\d{0,7}(?:\.\d{1,2})?", re.ASCII)
_PMCID = regex(r"PMC[1-9]\d{0,8}(?:\.\d{1,2})?", re.IGNORECASE | re.ASCII)
_LABELLED_PMID = regex(
    r"""(?:pubmed\s*)?(?:pmid|pubmed(?:\s*id)?)\s*[:=\#]?\s*([1-9]\d{0,7})\.?
    | (?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|pubmed\.gov)
      /([1-9]\d{0,7})(?:/?|/?\?\S*)
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_LABELLED_PMCID = regex(
    r"""(?:pmcid\s*[:=]?|pubmed\s*central(?:\s*id)?\s*[:=]?|
    (?:https?://)?(?:www\.|europepmc\.org/|pmc\.)?(?:ncbi\.nlm\.nih\.gov/)?(?:pmc/)?articles?/)\s*
    (PMC[1-9]\d{0,8})(?:/|\.|\s*\[[^\]]{1,60}\])?
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_PARTED_PMCID = regex(r"PMC[\s:-]{1,9}([1-9]\d{0,8})", re.IGNORECASE | re.ASCII)


def is_pmid(text: str) -> bool:
    """Whether `text` has the form of a PMID."""
    return _PMID.fullmatch(text) is not None


def is_pmcid(text: str) -> bool:
    """Whether `text` has the form of a PMCID, with its letters."""
    return _PMCID.fullmatch(text) is not None


def labelled_pmid(text: str) -> str:
    """The PMID in a text that is nothing but it and its label or address; else empty."""
    found = _LABELLED_PMID.fullmatch(text)
    return (found[1] or found[2]) if found else ""


def labelled_pmcid(text: str) -> str:
    """The PMCID in a text that is nothing but it and its label or address, or has a blank in it; else empty."""
    if parted := _PARTED_PMCID.fullmatch(text):
        return f"PMC{parted[1]}"
    found = _LABELLED_PMCID.fullmatch(text)
    return found[1].upper() if found else ""
