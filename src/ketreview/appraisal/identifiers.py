r"""Shapes of DOIs and of page ranges.

DOI: `^10\.\d{4,9}/[-._;()/:A-Z0-9]+$` and `^10\.1002/\S+$`, without regard to case, match all but a few of 75 million
registered ones (Crossref, "DOIs and matching regular expressions", 2015); the rest are SICI forms of other publishers
and old forms of 10.1021 and 10.1207, which the same article lists. A prefix may be subdivided (`10.1000.10/…`, DOI
Handbook 2.2).

Pages: a range is abbreviated by leaving out the leading digits that both ends share (207-28 is 207 to 228, as in
Medline).
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from ketreview.patterns import regex

_DOI = regex(
    r"""10\.\d{4,9}(\.\d+)*/[-._;()/:A-Z0-9]+     # what nearly all are
    | 10\.1002/\S+                                # Wiley, old and new
    | 10\.\d{4,9}/[^\s<\[]*[<\[][^\s>\]]*[>\]]\S*  # SICI: <1661::AID-SIM968> or [0573:CTCL]
    | 10\.1021/\S+ | 10\.1207/\S+                 # ACS and Erlbaum, with + and &
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
USUAL_DOI = regex(r"10\.\d{4,9}/[-._;()/:A-Za-z0-9]+", re.ASCII)
"""What nearly all DOIs are, in a pattern that takes less time than `is_doi`, which is true of them."""
_SHORT_DOI = regex(r"10/[a-z0-9]{2,12}", re.IGNORECASE | re.ASCII)
_DOI_BEFORE_TEXT = regex(r"10\.\d{4,9}(\.\d+)*/[-._;()/:A-Z0-9]*[A-Z0-9)]", re.IGNORECASE | re.ASCII)
_RESOLVER = regex(
    r"""(https?:/?/?)?((dx|www)[.-])?doi[.-]org([.-][\w.-]+)?(:\d+)?/+(doi:)?  # also through a library's proxy
    | (info:doi/|urn:doi:) | doi\s*[:=]\s* | doi\s+(?=10\.)
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_ENCODED = regex(r"%[0-9A-F]{2}", re.IGNORECASE | re.ASCII)
_ESCAPES = (
    (regex(r"\\url\b\s*(?=\{)"), ""),
    (regex(r"\\([_%&#$\[\]])"), r"\1"),
    (regex(r"\$?(\\textless|\\lt)\b\s*(\{\})?\$?|\$<\$|&lt;"), "<"),
    (regex(r"\$?(\\textgreater|\\gt)\b\s*(\{\})?\$?|\$>\$|&gt;"), ">"),
    (regex(r"[{}]"), ""),
)
_LONGEST = 2048
_VERSION = regex(r"(?:\.pub|[./-]v)\d{1,3}$", re.IGNORECASE | re.ASCII)
_NUMBERED_VERSION = regex(r"(10\.12688/\w+\.\d+)\.\d{1,3}", re.ASCII)
_ONE_PUBLISHER = frozenset(["10.1002", "10.1034", "10.1046", "10.1111"]), frozenset(["10.1016", "10.1053", "10.1054"])
_SLIPS = (
    (regex(r"^[1lI]?[oO0][.,]\s*(?=\d{4,9}\D)"), "10."),  # 0.1038/…, l0.1038/…, 10,1038/…
    (regex(r"^(10\.\d{4,9})(?:\\|(?=[a-z]))", re.IGNORECASE), r"\1/"),  # 10.1038s41380…
)
"""How the beginning of a DOI is mistyped: the digits of its prefix are all there."""
_DASHES = str.maketrans("‐‑‒–—―−", "-------")


def plain_doi(text: str) -> str:
    """A DOI without what LaTeX, resolvers and the encoding of URLs put around it and into it."""
    for pattern, replacement in _ESCAPES:
        text = pattern.sub(replacement, text)
    text = text.strip()
    if found := _RESOLVER.match(text):
        text = text[found.end() :]
    return unquote(text) if _ENCODED.search(text) else text


def is_doi(text: str) -> bool:
    """Whether `text` has the shape of a registered DOI."""
    return _DOI.fullmatch(text) is not None


def is_short_doi(text: str) -> bool:
    """Whether `text` has the shape of a DOI that the service at shortdoi.org made of another one (`10/cn2h9c`)."""
    return _SHORT_DOI.fullmatch(text) is not None


def nearest_doi(text: str) -> str:
    """The DOI that `text` may mean: well begun, with plain hyphens, no blanks, and nothing around it; else empty."""
    if len(text) > _LONGEST:
        return ""
    hyphened = text.translate(_DASHES)
    for slip, meant in _SLIPS:
        hyphened = slip.sub(meant, hyphened)
    if is_doi(joined := "".join(hyphened.split())):
        return joined
    found = _DOI_BEFORE_TEXT.search(hyphened)
    return found[0] if found else ""


def one_registered_work(one: str, other: str) -> bool:
    """Whether two DOIs may be registered for one work.

    They are its versions (Cochrane `.pub2`, preprints `.v2` and `/v1`, F1000 `10.12688/f1000research.1234.2`), or it
    has an old and a new one, under prefixes that one publisher took over from others.
    """
    if _unversioned(one) == _unversioned(other):
        return True
    (first, _, name), (second, _, other_name) = one.partition("/"), other.partition("/")
    return name == other_name and any({first, second} <= prefixes for prefixes in _ONE_PUBLISHER)


def _unversioned(doi: str) -> str:
    numbered = _NUMBERED_VERSION.fullmatch(doi)
    return numbered[1] if numbered else _VERSION.sub("", doi)


class PageRange(NamedTuple):
    """Two page numbers of one kind, the last one written out. `prefix` is what stands before both (`S`, `e`)."""

    prefix: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.prefix}{self.first}–{self.prefix}{self.last}"


_MARKUP = regex(r"\\textendash\b\s*(\{\})?|\\textemdash\b\s*(\{\})?|\\(?=-)")
_USUAL = regex(r"(\d{1,9})--?(\d{1,9})", re.ASCII)
_LIST = regex(r",\s+|;|\\?&|\band\b")
_PAGE = regex(r"([A-Za-z]*)(\d{1,9})", re.ASCII)
_REPORT = regex(r"(19|20)\d\d-\d{4}|\d+-+0\d*", re.ASCII)
_ARTICLE_DIGITS = 6


def ascends(pages: str) -> bool:
    """Whether a value is one range of numbers that ends where it begins or behind, as nearly all are."""
    found = _USUAL.fullmatch(pages)
    return found is not None and int(found[1]) <= int(found[2])


def descending_range(pages: str) -> PageRange | None:
    """The first range in a `pages` value that ends before it begins, if any.

    Roman numerals, article numbers, `284--284.e1`, ends with different letters before them, and what may be the number
    of a report (`2019-1234`, `2019-0123`) are not compared.
    """
    text = _MARKUP.sub("-", " ".join(pages.split())).translate(_DASHES).replace("{", "").replace("}", "")
    ranges = (page_range(part) for part in _LIST.split(text) if not _REPORT.fullmatch(part.strip()))
    return next((found for found in ranges if found and found.last < found.first), None)


def page_range(text: str) -> PageRange | None:
    """One range with its last page written out; None if `text` is none, or its ends cannot be compared.

    Where a doubled dash stands, a single one is part of a page (`12-1--12-15`). A first page of six digits and more is
    an article's number, and what follows it need not be a page.
    """
    ends = re.split(r"\s*--+\s*" if "--" in text else r"\s*-\s*", text.strip())
    match [_PAGE.fullmatch(end) for end in ends]:
        case [re.Match() as first, re.Match() as last]:
            shortened = len(last[2]) < len(first[2])
            article = shortened and len(first[2]) >= _ARTICLE_DIGITS
            if first[1] == last[1] and not article:
                return PageRange(first[1], int(first[2]), int(expanded(first[2], last[2])))
    return None


def expanded(first: str, last: str) -> str:
    """The last page of an abbreviated range, written out: `28` after `207` is `228`."""
    return first[: max(0, len(first) - len(last))] + last
