"""The DOI that a URL names.

A resolver's URL is `https://doi.org/` and the DOI (DOI Handbook 3.8), also through a library's proxy; what is unsafe in
a URL is percent-encoded. Publishers show a work at `/doi/` and its DOI, or at a word of their platform; what stands
behind the DOI there may be a part of the page.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ketreview.appraisal.identifiers import is_doi, plain_doi
from ketreview.appraisal.web import plain_url
from ketreview.patterns import regex

_LONGEST = 2048
_BLANK = regex(r"\s")
_RESOLVER = regex(
    r"""(?:https?:/?/?)?(?:[^\s?#]*[?&](?:q?url|target)=)?(?:https?(?:://|%3A%2F%2F))?
    (?:(?:dx|www)[.-])?doi[.-](?:org|[a-z]+\.(?:org|com))(?:[.-][\w.-]+)?(?::\d+)?(?:/|%2F)+(?:doi:)?
    (10\.\d{4,9}(?:\.\d+)*(?:/|%2F).+) | (?:info:doi/|doi:\s*)(10\.\d{4,9}.+) | (10\.\d{4,9}/\S+)
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_PUBLISHER = regex(
    r"""https?://[^\s?#]+?/(?:doi/(?:(?:abs|full|pdf|epdf|pdfdirect|reader|epub|ref|book)/)?
    | (?:articles?|chapter|book|content)/ | article\?id=)(10\.\d{4,9}/[^\s?#]+)[^\s]*
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_PAGE = regex(
    r"""(?: /(?:abstract|full|fulltext|pdf|epdf|html?|meta|summary|references|tables|figures)/? | \.pdf
    | (?<=\d)v\d{1,2} | \.(?:full|abstract|short|full-text))$
    """,
    re.VERBOSE,
)


def names_no_doi(url: str) -> bool:
    """A first look, by which nearly all URLs are known to name none."""
    return "10." not in url


class NamedDoi(NamedTuple):
    """A DOI that a URL names; `resolved` says that the URL is a resolver's, so that it names nothing else."""

    doi: str
    resolved: bool


def doi_in_url(text: str) -> NamedDoi | None:
    """The DOI that a URL names, if it names one."""
    if "10." not in text or len(text) > _LONGEST:
        return None
    url = plain_url(text)
    if _BLANK.search(url):
        return None
    if found := _RESOLVER.fullmatch(url):
        name = next(group for group in found.groups() if group)
        doi = plain_doi(re.split(r"[?#]", name, maxsplit=1)[0])
        return NamedDoi(doi, resolved=True) if is_doi(doi) else None
    if found := _PUBLISHER.fullmatch(url):
        doi = plain_doi(found[1].rstrip("/"))
        while _PAGE.search(doi):
            doi = _PAGE.sub("", doi)
        return NamedDoi(doi, resolved=False) if is_doi(doi) else None
    return None
