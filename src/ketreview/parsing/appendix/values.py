r"""Identifiers, titles and ratings in the text that stands behind a label.

A DOI is found by its shape (`appraisal.identifiers`); around it stand links of the three languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from ketreview.appraisal.same_work import doi_name, pmid_name
from ketreview.patterns import regex

_SHAPE = r"10\.\d{4,9}(?:\.\d++)*+/(?:[^\s\"<>{}\[\]|`\0]|<[^\s<>\"\0]{1,80}>(?=[\w.;]))++"
_OPENING = (
    r"(?:[\s<\[({\"'`*_]|#link|\\(?:href|doi|url|nolinkurl|texttt)(?![A-Za-z])|\[[^\[\]\n]{0,80}\]\("
    r"|https?://(?:dx\.|www\.)?doi\.org/|https?://(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/"
    r"|https?://pubmed\.ncbi\.nlm\.nih\.gov/|doi:?+(?=[\s\d])|PMID:?+(?=[\s\d]))*+"
)
_LABELLED_DOI = regex(rf"{_OPENING}({_SHAPE})", re.IGNORECASE)
_LABELLED_PMID = regex(rf"{_OPENING}(0*+[1-9]\d{{0,7}})(?!\w|[.,]\d)", re.IGNORECASE | re.ASCII)
_DOI = regex(rf"(?<![\w.])({_SHAPE})")
_PMID = regex(
    r"(?:\bPMID[:\s]\s*+(?:\[|#link\(\"[^\"\n]*\"\)\[)?|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)"
    r"(0*+[1-9]\d{0,7})(?!\w)",
    re.IGNORECASE | re.ASCII,
)
_ESCAPE = regex(r"\\([_%&#$()<>\[\]~*-])")
_PERCENT = regex(r"%[0-9A-Fa-f]{2}")
_LONGEST_DOI = 512

_STATED_KEY = regex(
    r"(?:[\s`*_\[\"'@]|\\(?:texttt|verb|cite[a-z]*)\b\W?|#cite\(<)*+([^\W\d_][\w:.+/&-]{1,99}|\d[\w:.+/&-]{2,99})"
    r"[`*_\]\"'}>|).\s]*+\Z"
)

_NUMBER = r"((?:0|1)?\.\d{1,4}|[01](?:\.\d{1,4})?|\d{1,3}(?:\.\d{1,4})?)"
_STOP = r"(?=\s*+(?:\Z|[(,;\[—–\n\r]|--|\.(?:\s|\Z)))"
_BARE_NUMBER = regex(rf"[\s:*_]*+{_NUMBER}{_STOP}", re.ASCII)
_NAMED_NUMBER = regex(
    rf"\b(?:overall|final|adjusted|discounted|total)\b[^\w\n]{{0,4}}{_NUMBER}{_STOP}",
    re.IGNORECASE | re.ASCII,
)
_WORDS = regex(rf"[\s:*_]*+([^\W\d_]++(?:[ \-–/]{{1,2}}[^\W\d_]++){{0,3}}){_STOP}")
_PARTIAL = regex(r"\b(?:for|in|as|on|with|only|pending)\b", re.IGNORECASE)
_RAW_FIRST = regex(r"[\s:*_]*+raw\b", re.IGNORECASE)
_MOST_RATED = 400


class Found(NamedTuple):
    """A value and its offsets."""

    value: str
    start: int
    end: int


def dois(text: str, start: int, end: int, *, labelled: bool) -> Iterator[Found]:
    """The DOI that a label is followed by, or every one that stands in the text; without a resolver."""
    matches = [_LABELLED_DOI.match(text, start, end)] if labelled else _DOI.finditer(text, start, end)
    for match in matches:
        if match is not None and (found := _doi(text, *match.span(1))):
            yield found


def _doi(text: str, start: int, end: int) -> Found | None:
    end = min(end, start + _LONGEST_DOI)
    while end > start and (text[end - 1] in ".,;:*'\\" or _is_unpaired(text, start, end)):
        end -= 1
    value = _ESCAPE.sub(r"\1", text[start:end])
    if _PERCENT.search(value):
        value = unquote(value)
    if not doi_name(value):
        value = value.rstrip("_")
    return Found(value, start, end) if doi_name(value) else None


def _is_unpaired(text: str, start: int, end: int) -> bool:
    return text[end - 1] == ")" and text.count(")", start, end) > text.count("(", start, end)


def pmids(text: str, start: int, end: int, *, labelled: bool) -> Iterator[Found]:
    """The PMID that a label is followed by, or every one that is named so in the text; digits alone."""
    matches = [_LABELLED_PMID.match(text, start, end)] if labelled else _PMID.finditer(text, start, end)
    for match in matches:
        if match is not None:
            yield Found(pmid_name(match[1]), *match.span(1))


def stated_key(text: str, start: int, end: int) -> Found | None:
    """The key that is the whole of a value; None if the value is words."""
    match = _STATED_KEY.match(text, start, end) if end - start < _MOST_RATED else None
    if match is None:
        return None
    key = match[1].rstrip(".:")
    return Found(key, match.start(1), match.start(1) + len(key))


def rating(text: str, start: int, end: int) -> Found | None:
    """The number or words that a value of certainty begins with, as written: `0.80`, `Medium-High`.

    Where a raw number is given first, the one that is called final is taken. Words that go on, as in `High for the
    outcome, low for the rest`, are no rating of the whole.
    """
    end = min(end, start + _MOST_RATED)
    match = _BARE_NUMBER.match(text, start, end) or _NAMED_NUMBER.search(text, start, end)
    if match is None and not _RAW_FIRST.match(text, start, end):
        match = _WORDS.match(text, start, end)
    return Found(match[1], *match.span(1)) if match and not _PARTIAL.search(match[1]) else None
