"""Page ranges whose ends a single hyphen parts, or another dash than the two hyphens of BibTeX.

What a hyphen parts need not be a range: the number of a report (`2019-1234`, while `1926-1933` is as long as an
article is), an article and its page (`054101-5`), a chapter and its page (`12-1--12-15`). A range that runs backwards
is another fault.
"""

from __future__ import annotations

import re

from ketreview.appraisal.identifiers import page_range
from ketreview.patterns import regex

USUAL_PAGES = regex(r"[A-Za-z]{0,3}\d+(?:--[A-Za-z]{0,3}\d+)?", re.ASCII)
"""One page, or a range as BibTeX writes it."""
_PARTS = regex(r"(,\s+|\s*;\s*|\s+\\?&\s+|\s+and\s+)")
_PAGE = r"(?:[A-Za-z]{0,3}\d{1,9}(?:\.[A-Za-z]{0,2}\d{1,4})?[A-Za-z]?|[ivxlcdm]{1,9})"
_DASH = r"\s*(?:-|---|[‐‑‒–—−]{1,2})\s*"
_RANGE = regex(rf"({_PAGE})({_DASH})({_PAGE})", re.ASCII)
_PLAIN = regex(r"([A-Za-z]*)(\d+)(.*)", re.ASCII)
_REPORT = regex(r"((?:19|20)\d\d)\s*-\s*(\d{4})|\d+\s*-\s*0\d*", re.ASCII)
_LONG_ARTICLE = 50
_THREE_ENDS = regex(r"\s*\d+\s*--\s*\d+\s*--\s*\d+\s*", re.ASCII)
_WITH_WORD = regex(r"(?:pp?\.|pages?|pgs?\.?|Seiten?|S\.(?=\s))\s*(?=[A-Za-z]?\d)", re.IGNORECASE)
_LONG_PREFIX = regex(r"-{1,2}\s*\d{1,9}|\d{1,9}\s*\.{2,3}\s*\d{1,9}|\d{1,9}\s+to\s+\d{1,9}", re.ASCII)
_NONE = regex(r"tb[acd]|n/a|x{2,}(?:-+x{2,})?|\?+(?:-+\?+)?|unknown|todo|0+--?0+", re.IGNORECASE)
_ARTICLE_DIGITS, _LONGEST = 6, 400


def double_hyphened(pages: str) -> str:
    """The value with two hyphens in each range that is one for sure; the value itself if there is nothing to mend."""
    if USUAL_PAGES.fullmatch(pages) or len(pages) > _LONGEST or "{" in pages:
        return pages
    return "".join(_mended(part) for part in _PARTS.split(pages))


def pages_fault(pages: str) -> str:
    """What is wrong with a value that is no pages, whatever dash it has; empty where it may be."""
    if USUAL_PAGES.fullmatch(pages) or len(pages) > _LONGEST:
        return ""
    if word := _WITH_WORD.match(pages):
        return f"begin with `{word[0].strip()}`, which styles add by themselves"
    if _THREE_ENDS.fullmatch(pages):
        return "have three ends; a range has two"
    if _LONG_PREFIX.fullmatch(pages):
        return "are not a range as BibTeX writes it, `first--last`"
    return "are no pages; look them up, or leave the field out" if _NONE.fullmatch(pages) else ""


def _mended(part: str) -> str:
    found = _RANGE.fullmatch(part.strip())
    if found is None or _is_report(part.strip()) or not _is_range(found[1], found[3]):
        return part
    return part.replace(found[0], f"{found[1]}--{found[3]}")


def _is_report(text: str) -> bool:
    """Whether a text may be a year and a number, and is no range of pages as long as an article."""
    found = _REPORT.fullmatch(text)
    return found is not None and not (found[1] and 0 < int(found[2]) - int(found[1]) <= _LONG_ARTICLE)


def _is_range(first: str, last: str) -> bool:
    """Whether two pages are of one kind, in order, and neither is an article's number."""
    match _PLAIN.fullmatch(first), _PLAIN.fullmatch(last):
        case re.Match() as begin, re.Match() as end:
            prefix, digits = begin[1], begin[2]
            compared = page_range(f"{prefix}{digits}--{prefix}{end[2]}") if end[1] in {prefix, ""} else None
            return len(digits) < _ARTICLE_DIGITS and compared is not None and compared.first <= compared.last
        case None, None:  # roman numerals
            return first != last
    return False
