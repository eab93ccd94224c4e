"""Identifiers that stand where one was to be looked up, and those that look as if somebody had made them up.

For certain: runs of X, `tbc`, and the last part of a DOI that is `12345-6`, `1234567` or letters and then only zeros.
Invented references are full of them. Other digits in order (`123456`) and other repeated ones may be real, and are only
unlikely: some article has the PMID 12345678.

Real and ordinary: `00000-000000000` blocks of Lippincott and Adis (`10.2165/11539240-000000000-00000`), digits that are
the entry's own volume, issue and page (`jcm11123456`), or its article number; parts of longer runs of digits
(`NEJM200107123450202`); five digits in order alone, which every Wiley journal reaches (`jsr.12345`).

Prefixes that are not given to publishers: 10.5072 is DataCite's for tests, and 10.1234 and 10.0000 stand in examples.
Crossref's own for tests, 10.5555, passes, for the ACM uses it for works without a DOI (`10.5555/3295222.3295349`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ketreview.appraisal.identifiers import plain_doi
from ketreview.appraisal.standard_numbers import compact, is_standard
from ketreview.patterns import regex


class Imprint(NamedTuple):
    """What an entry says of where its work was printed."""

    volume: str = ""
    issue: str = ""
    pages: str = ""


UNPRINTED = Imprint()
"""The imprint of what says nothing of it."""


class Suspicion(NamedTuple):
    """Why an identifier is none, in words that go on from it; `certain` where chance does not explain it."""

    reason: str
    certain: bool


_ORDER = "01234567890123456789"
_QUICK = regex(  # literals without flags: three times as fast as with IGNORECASE
    "XX|xx|X-X|x-x|tb|TB|Tb|todo|TODO|fixme|FIXME|placeholder|PLACEHOLDER|Placeholder|to be|To be|TO BE|To Be"
    "|0123|1234|2345|3456|4567|5678|6789|9012|9876|6543|3210|2109"
    "|0000|11111|22222|33333|44444|55555|66666|77777|88888|99999|5072/"
)
_WORD = regex(
    r"(?:\w+\s*[:=]\s*)?[\W_]*"
    r"(?:tb[acd]|todo|fixme|placeholder|to be (?:confirmed|announced|added|determined|checked))[\W_]*",
    re.IGNORECASE,
)
_WORD_IN_DOI = regex(r"(?<=[/._-])tb[acd](?=$|[/._-])", re.IGNORECASE)
_LONG_X = regex(r"x(?:-?x){3,}", re.IGNORECASE)
_SHORT_X = regex(r"(?<![A-Z0-9])x{2,3}(?![A-Z0-9])", re.IGNORECASE | re.ASCII)
_ROMAN_VOLUMES = {2: "20", 3: "30"}
_ENDS = (
    (regex(r"(?<!\d)12345-6$", re.ASCII), "ends in `12345-6`"),
    (regex(r"(?<![^\W_])1234567$", re.ASCII), "ends in `1234567`"),
    (regex(r"(?<![^\W_])[A-Za-z]+0{4,}$", re.ASCII), "ends in letters and then only zeros"),
)
_ISBN_AT_END = regex(r"/(97[89][\d-]{10,14})$", re.ASCII)
_BLOCKS = regex(r"/(?:\d{8}|\d{5})-\d{9}-\d{5}$", re.ASCII)
_CHECKED_END = regex(r"(?<!\d)0*([1-9]\d{3,4})-(\d)$", re.ASCII)
_DIGITS = regex(r"\d+", re.ASCII)
_ROWS = {
    "pmid": regex(r"\b(?:12345(?:6|67|678|6789)?|23456789|(\d)\1{5,})\b", re.ASCII),
    "pmcid": regex(r"(?<!\d)(?:12345(?:6|67|678)?|(\d)\1{5,})\b", re.ASCII),
    "isbn": regex(r"(\d)\1{7}|12345678|23456789"),
    "issn": regex(r"\b(?:1234567|0{7})"),
    "orcid": regex(r"12345678|23456789|0{15}"),
    "eprint": regex(r"(?<=\b\d{4}\.)(?:12345|23456|34567|45678|56789|(\d)\1{4})(?=v|\b)"),
}
_OF_EXAMPLES = frozenset({"10.1234", "10.5072", "10.0000"})
_SHORTEST = 6
_LONGEST = 2048
_SHOWN = 16


def may_be_placeholder(text: str) -> bool:
    """Whether a value has anything that a placeholder has: false for nearly all, and fast."""
    return _QUICK.search(text) is not None and len(text) <= _LONGEST


def suspicion(kind: str, text: str, own: Imprint = UNPRINTED) -> Suspicion | None:
    """Why a value is a placeholder, or looks like one, if it `may_be_placeholder`. `kind` is the name of its field."""
    folded = " ".join(text.split())
    if _WORD.fullmatch(folded):
        return Suspicion("stands where an identifier is to be looked up", certain=True)
    return _of_doi(plain_doi(folded), own) if kind == "doi" else _of_number(kind, folded)


def _of_doi(doi: str, own: Imprint) -> Suspicion | None:
    if _WORD_IN_DOI.search(doi):
        return Suspicion("has a part that is still to be looked up", certain=True)
    if _LONG_X.search(doi) or _is_short_x(doi, own):
        return Suspicion("has X where characters are to be looked up", certain=True)
    if found := next((reason for end, reason in _ENDS if end.search(doi)), ""):
        isbn = _ISBN_AT_END.search(doi)
        return None if isbn and is_standard(compact(isbn[1])) else Suspicion(found, certain=True)
    prefix, _, suffix = doi.partition("/")
    if prefix in _OF_EXAMPLES:
        return Suspicion(f"begins with `{prefix}`, which stands in examples and tests", certain=False)
    if _BLOCKS.search(doi):
        return None
    runs = [run for run in _DIGITS.findall(suffix) if len(run) >= _SHORTEST and _is_row(run) and not _is_own(run, own)]
    if checked := _CHECKED_END.search(suffix):
        runs += [checked[0]] if checked[1] + checked[2] in _ORDER else []
    return _unlikely(runs[0]) if runs else None


def _is_short_x(doi: str, own: Imprint) -> bool:
    """Whether a part is two or three X and nothing else: no Roman page of a book, no Roman number of a volume."""
    found = _SHORT_X.search(doi)
    return found is not None and "/978" not in doi and _ROMAN_VOLUMES[len(found[0])] != own.volume


def _is_own(run: str, own: Imprint) -> bool:
    """Whether digits are the entry's own: a page or article number, or volume, issue and page in a row."""
    pages = _DIGITS.findall(own.pages)
    if run in pages:
        return True
    volume, issue = (_DIGITS.search(text) for text in (own.volume, own.issue))
    middle = issue[0] if issue else ""
    return volume is not None and any(re.fullmatch(f"0*{volume[0]}0*(?:{middle})?0*{page}", run) for page in pages[:1])


def _is_row(run: str) -> bool:
    """Whether digits are in order, or all the same."""
    return run in _ORDER or run in _ORDER[::-1] or len(set(run)) == 1


def _of_number(kind: str, text: str) -> Suspicion | None:
    """Any other number; hyphens in it mean nothing."""
    if _LONG_X.search(text):
        return Suspicion("has X where digits are to be looked up", certain=True)
    found = _ROWS[kind].search(text.replace("-", ""))
    return _unlikely(found[0]) if found else None


def _unlikely(run: str) -> Suspicion:
    kind = "is one digit over and over" if len(set(run)) == 1 else "is a row of digits in order"
    part = run if len(run) <= _SHOWN else f"{run[:_SHOWN]}…"
    return Suspicion(f"looks made up: `{part}` {kind}", certain=False)
