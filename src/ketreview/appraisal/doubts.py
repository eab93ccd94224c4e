"""What a note says against its own entry: that its DOI is another paper's, that its authors are wrong.

Science is full of the same words (a wrong spectrum, incorrect information, fabricated data), so each phrase names what
is in doubt: the entry, its DOI, its authors. `not verified` is no doubt of it: nobody looked.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ketreview.appraisal.names import names_in
from ketreview.appraisal.same_work import doi_name, folded, pmid_name
from ketreview.patterns import regex

_NUMBER = "(?:doi|pmid|pmcid)"
_AUTHORS = "(?:author list|author names?|author field|first author|list of authors)"
_RECORD = "(?:entry|citation|reference|bibliographic (?:data|record|details)|metadata)"
_WRONG = "(?:wrong|incorrect|mistaken|erroneous|fabricated|invented|hallucinated|fictitious|bogus|fake|swapped)"
_INVENTED = "(?:fabricated|invented|hallucinated|fictitious|fictional|bogus|fake|made-up)"
_OTHER = "(?:another|a different|an unrelated|the wrong|a wrong|an entirely different|some other)"
_IS = (
    "(?:is|are|was|were|appears? to be|seems?(?: to be)?|looks?|may be|might be|could be) "
    "(?:likely |probably |possibly |apparently |partly |all |also )?"
)
_NEARBY = r"(?:[^.;]|\.(?!\s)){0,60}?"  # on one sentence; a DOI has full stops
_WORK = "(?:paper|article|work|erratum|record|publication)"
_END = r"\b(?!['’])"


def _pattern(*phrases: str) -> re.Pattern[str]:
    """One pattern of several; a blank in them is any white space."""
    return regex("|".join(f"(?:{phrase})" for phrase in phrases).replace(" ", r"\s+"), re.IGNORECASE)


_DOUBT = _pattern(
    r"\bentry mismatch\b",
    rf"\b(?:{_NUMBER}\b{_NEARBY}|{_AUTHORS}|{_RECORD}) \b{_IS}{_WRONG}\b",
    rf"\bauthors? {_IS}{_INVENTED}\b",
    rf"\b{_WRONG} (?:{_NUMBER}|{_AUTHORS}|authors|citation|metadata|entry){_END}",
    rf"\b{_INVENTED} (?:{_RECORD}|author|authors|paper){_END}",
    rf"\b(?:correct|actual|real|right) {_NUMBER}\b",
    rf"\b(?:correct|actual) (?:{_AUTHORS}|authors?|citation|reference)(?: (?:is|are|should)\b|:)",
    rf"\b(?:{_NUMBER}|entry|link|url)\b{_NEARBY}\b(?:resolves?|resolved|points?|leads?|goes|belongs?) to {_OTHER}\b",
    rf"\b(?:{_NUMBER}|entry)\b{_NEARBY}\bis {_OTHER} (?:[\w-]+ ){{0,2}}{_WORK}\b",
    rf"\b(?:{_NUMBER}|{_RECORD})\b{_NEARBY} (?:do|does|did)(?: not|n't) (?:exist|resolve|match)\b",
    rf"\bno such (?:paper|article|publication|{_NUMBER})\b",
    r"\b(?:paper|article|publication) (?:does not|doesn't) (?:appear to |seem to )?exist\b",
)
_UNSURE = _pattern(
    rf"\b(?:{_NUMBER}|{_AUTHORS}|{_RECORD}|authors)\b{_NEARBY} (?:could|can)(?: ?not|n't) be "
    r"(?:verified|confirmed|found|located)\b",
    rf"\b(?:unable to|could not|cannot|can't) (?:verify|confirm|find|locate) (?:the |this |its )?"
    rf"(?:{_NUMBER}|{_AUTHORS}|{_RECORD}|authors){_END}",
)
_MENDED = _pattern(
    r"(?<![-\w])(?<!be\s)(?<!yet\s)corrected\b(?! (?:for|p|with|by multiple)\b)",
    r"\b(?:has been|have been|was|were|since|now) (?:fixed|replaced|updated|resolved|amended|rectified)\b",
    r"\b(?:fixed|updated|replaced|amended) (?:on|in|to|by|from)\b",
    r"\bnow (?:correct|right|fixed|reads?|points?|resolves?|uses?|set|the|doi|pmid|given|10\.)",
)
_SIGNS = (
    "mismatch", "wrong", "incorrect", "correct ", "correct\n", "actual ", "actual\n", "real doi", "right doi",
    "resolve", "points to", "leads to", "point to", "lead to", "goes to", "belong", "not exist", "n't exist",
    "not match", "n't match", "fabricated", "invented", "hallucinated", "fictitious", "fictional", "bogus", "fake",
    "mistaken", "erroneous", "made-up", "swapped", "unrelated", "not be ", "n't be ", "unable to", "no such",
    "not verify", "not confirm", "not find", "not locate", "is another", "is a different", "real pm", "right pm",
)  # fmt: skip
_SUBJECTS = (
    "doi",
    "author",
    "entry",
    "citation",
    "reference",
    "pmid",
    "pmcid",
    "link",
    "url",
    "metadata",
    "bibliog",
    "paper",
)
_RIGHT_DOI = regex(r"\b(?:correct|actual|real|right)\s+doi\b[^0-9]{0,30}?(10\.\d{4,9}/[^\s,;)\]}]+)", re.IGNORECASE)
_RIGHT_PMID = regex(r"\b(?:correct|actual|real|right)\s+pmid\b\D{0,20}(\d{1,8})\b", re.IGNORECASE)
_RIGHT_AUTHORS = regex(
    r"\b(?:correct|actual|real|right)\s+(?:first\s+)?(?:author\s+list|authors?)\b(?:\s+(?:is|are|was|were))?[\s:]*(.{0,40})",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 20_000


class Doubt(NamedTuple):
    """The words of a note that doubt its entry; `sure` where they say that it is wrong, not that nobody could tell."""

    start: int
    end: int
    sure: bool


def may_doubt(note: str) -> bool:
    """Whether anything in a note asks for a second look."""
    lowered = note[:_LONGEST].lower()
    if not any([subject in lowered for subject in _SUBJECTS]):  # noqa: C419  a list takes half a generator's time
        return False
    return any([sign in lowered for sign in _SIGNS])  # noqa: C419  likewise


def doubt_in(note: str, *, doi: str, pmid: str, author: str) -> Doubt | None:
    """The first words of a note that doubt its own entry, unless it says that the fault was mended.

    `doi`, `pmid` and `author` are the entry's: where it has what the note calls the correct one, that is mended too.
    """
    text = note[:_LONGEST]
    found, sure = _DOUBT.search(text), True
    if found is None:
        found, sure = _UNSURE.search(text), False
    if found is None or _MENDED.search(text) or _has_what_is_right(text, doi, pmid, author):
        return None
    return Doubt(found.start(), found.end(), sure)


def _has_what_is_right(text: str, doi: str, pmid: str, author: str) -> bool:
    if (right := _RIGHT_DOI.search(text)) and doi and doi_name(right[1].rstrip(".")) == doi_name(doi):
        return True
    if (right := _RIGHT_PMID.search(text)) and pmid and pmid_name(right[1]) == pmid_name(pmid):
        return True
    right, names = _RIGHT_AUTHORS.search(text), names_in(author)
    first = folded(names[0].family) if names else ""
    return right is not None and first != "" and folded(right[1]).startswith(first)
