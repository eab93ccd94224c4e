"""How a work stands in the published record, as far as its own entry says: a preprint, or retracted.

A preprint's DOI: bioRxiv and medRxiv 10.1101 and 10.64898 with a number of six digits, dated or not; Research Square
10.21203; arXiv 10.48550; PsyArXiv and OSF 10.31234 and 10.31219; Preprints.org 10.20944; SSRN 10.2139; ChemRxiv
10.26434; TechRxiv 10.36227; Authorea 10.22541. A publisher that retracts a work writes so before its title.
"""

from __future__ import annotations

import re

from ketreview.patterns import regex

_DOI = regex(
    r"10\.(?:(?:1101|64898)/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,8}(?:v\d+)?|21203/rs\.|48550/arxiv\.|31234/|31219/|20944/preprints"
    r"|2139/ssrn\.|26434/chemrxiv|36227/techrxiv|22541/au\.)",
    re.IGNORECASE,
)
_PREFIXES = tuple(
    f"10.{registrant}/" for registrant in (1101, 64898, 21203, 48550, 31234, 31219, 20944, 2139, 26434, 36227, 22541)
)
_SERVER = regex(
    r"(?:the\s+)?(?:\w{1,8}rxiv(?:\s*\(.{0,40}\))?|ssrn\b.{0,40}|research\s+square|preprints(?:\.org)?|osf\s+preprints|authorea)"
    r"(?:\s*[:,(].{0,80})?|.{0,40}\bpreprints?(?:\s+server)?",
    re.IGNORECASE,
)
_RETRACTED = regex(
    r"^\W{0,9}retracted(?:\s+article)?\s*[:\]—–-]|[(\[]retracted[^)\]]{0,80}[)\]]\W{0,9}$", re.IGNORECASE
)
_LONGEST = 300


def is_preprint(doi: str, venue: str, elsewhere: str) -> bool:
    """Whether a work is a preprint alone.

    `venue` is where it appeared (a journal or a book), `elsewhere` what is said instead (`howpublished`, `eprinttype`,
    `publisher`). One that has a venue which is no server of preprints has been published since, whatever its DOI.
    """
    name = venue.strip(" {}")[:_LONGEST]
    if name:
        return bool(_SERVER.fullmatch(name))
    return bool(_DOI.match(doi.strip())) or bool(_SERVER.fullmatch(elsewhere.strip(" {}")[:_LONGEST]))


def may_be_preprint(doi: str) -> bool:
    """Whether a DOI is of a registrant of preprints, some of whom (10.1101) register articles of journals, too."""
    return doi.casefold().startswith(_PREFIXES)


def is_marked_retracted(title: str) -> bool:
    """Whether a title carries the publisher's word that the work was retracted."""
    if "retracted" not in title.lower():
        return False  # as nearly every one
    return bool(_RETRACTED.search(title[:_LONGEST]) or _RETRACTED.search(title[-_LONGEST:]))
