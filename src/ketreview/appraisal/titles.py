r"""What two titles say of their works: one work, a notice about one, a translation, or works of their own.

A notice has the title of the work that it is about behind words of its own (`Correction to: …`, `Reply to …`; NLM,
"Errata, Retractions, and Other Linked Citations in PubMed"). A publisher that retracts or withdraws a work writes that
before its title, and the work stays the same one. PubMed puts a title that it translated into brackets.
"""

from __future__ import annotations

import re

from ketreview.appraisal.same_work import folded
from ketreview.nearest import may_be_alike
from ketreview.patterns import regex

_ALIKE = 90
_SHORTEST_PART = 20
_SHORTEST_WORD = 5
_STATUS = regex(
    r"^\W*(?:retracted(?:\s+article)?|withdrawn|removed)\s*[:\]—–-][\s:\]—–-]*"
    r"|[(\[](?:retracted|withdrawn)[^)\]]{0,80}[)\]]\W{0,9}$",
    re.IGNORECASE,
)
_NOTICE = regex(
    r"""^\W*(?:(?:authors?['’]?s?['’]?|publisher['’]?s?|editor['’]?s?|the|an?|in|invited)\s+){0,3}
    (?:(?P<correction>correction|corrigend(?:um|a)|errat(?:um|a)|addend(?:um|a))
    |  (?P<retraction>retraction|withdrawal|expressions?\s+of\s+concern)
    |  (?P<reply>repl(?:y|ies)|responses?|re(?=:))
    |  (?P<comment>comment(?:s|ary|aries)?|letters?|discussion|editorial)
    )\b(?:\s+(?:note|notice|article|letter))?\s*(?:(?:on|to|of|for|by)\b|[:\]—–-]|$)""",
    re.IGNORECASE | re.VERBOSE,
)
_GENERIC = regex(
    r"\b(?:editors?|editorials?|forewords?|prefaces?|introductions?|abstracts?|proceedings|correspondence|memoriam|"
    r"book\s+reviews?|special\s+(?:issue|section)|(?:news|notes|index|contents|issue|meeting|poster|session)s?)\b",
    re.IGNORECASE,
)
_ENGLISH = frozenset(["the", "of", "and", "with", "for", "from", "by"])
_OTHER_LANGUAGES = frozenset(
    [
        "der", "und", "bei", "mit", "für", "zur", "zum", "eine", "einer", "les", "des", "chez", "dans", "une",
        "los", "las", "con", "para", "por", "della", "dei", "nella", "degli", "dos", "não", "uma", "het", "een",
        "voor", "och", "hos", "för", "ved", "til",
    ]
)  # fmt: skip
_WORD = regex(r"[^\W\d_]+")
_LAST_LATIN_LETTER = "\u024f"
_LONGEST = 1000


def without_status(title: str) -> str:
    """A title without the publisher's word that the work was retracted or withdrawn."""
    plain = title.lower()
    known = "retracted" in plain or "thdrawn" in plain or "removed" in plain  # an i may have a dot of another kind
    return _STATUS.sub("", title) if known else title


def notice_of(title: str) -> str:
    """Which notice about another work a title is (`correction`, `retraction`, `reply`, `comment`); empty if none."""
    found = _NOTICE.match(title)
    return found.lastgroup or "" if found else ""


def is_generic(title: str) -> bool:
    """Whether many works may have this title: that of a notice, an editorial, a volume of abstracts."""
    return bool(notice_of(title)) or _GENERIC.search(title) is not None


def titles_alike(one: str, other: str) -> bool:
    """Whether two titles may be of one work: alike by nine tenths, one part of the other, or one missing."""
    short, long = sorted((_name(one), _name(other)), key=len)
    if long.startswith(short) or (len(short) >= _SHORTEST_PART and short in long):
        return True
    if not may_be_alike(short, long, _ALIKE):
        return False
    from rapidfuzz import fuzz  # noqa: PLC0415  loaded only where something is to be compared

    return fuzz.ratio(short, long) >= _ALIKE


def in_two_languages(one: str, other: str) -> bool:
    """Whether one title may be the translation of the other: by brackets, by script, or by small words."""
    if _translated(one) != _translated(other) or _is_latin(one) != _is_latin(other):
        return True
    words = [{word.casefold() for word in _WORD.findall(title)} for title in (one, other)]
    english = [bool(_ENGLISH & own) and not _OTHER_LANGUAGES & own for own in words]
    foreign = [bool(_OTHER_LANGUAGES & own) and not _ENGLISH & own for own in words]
    return (english[0] and foreign[1]) or (english[1] and foreign[0])


def one_slip_apart(one: str, other: str) -> bool:
    """Whether two titles differ in one letter of one long word, as by a slip of the pen.

    A digit, a short word (`B`, `II`, `men`) and the beginning of a word (`typical`, `atypical`) make other works.
    """
    words = [[folded(word) for word in re.split(r"[\s\-–—/]+", title)] for title in (one, other)]
    pairs = [pair for pair in zip(*words, strict=False) if pair[0] != pair[1]]
    if len(words[0]) != len(words[1]) or len(pairs) != 1:
        return False
    short, long = sorted(pairs[0], key=len)
    if len(short) < _SHORTEST_WORD or short[0] != long[0] or not (short.isalpha() and long.isalpha()):
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415  loaded only where something is to be compared

    return OSA.distance(short, long, score_cutoff=1) == 1


def _name(title: str) -> str:
    return folded(without_status(title[:_LONGEST]))


def _is_latin(title: str) -> bool:
    letters = [character for character in title if character.isalpha()]
    return 2 * sum(letter > _LAST_LATIN_LETTER for letter in letters) <= len(letters)


def _translated(title: str) -> bool:
    bare = title.strip(" .{}")
    return bare.startswith("[") and bare.endswith("]")
