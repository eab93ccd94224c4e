"""Names that stand for nobody: what is written, or invented, where an author was not looked up.

Language models that invent a reference fill its authors in with the words and names that are told here; each is so
common in invented lists, and so rare in real ones, that it can be told by itself. The surnames are the most common of
the United States (Census Bureau, "Frequently Occurring Surnames", 2010) and of the United Kingdom. Two common surnames
are no evidence: a paper by Smith and Johnson is an ordinary one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from string import ascii_lowercase
from typing import NamedTuple

from ketreview.appraisal.names import OTHERS, Name, names_in
from ketreview.appraisal.same_work import folded
from ketreview.patterns import regex

_SOME = "multiple|various|several|numerous|many|different|assorted|miscellaneous|diverse"
_WHO = (
    r"(?:sources?|authors?|researchers|investigators|contributors|writers|scientists|experts|studies|papers|articles)"
)
_NOT = "known|listed|specified|available|given|stated|provided|found|applicable|identified"
_NOBODY = regex(
    rf"""(?:{_SOME})\ (?:{_WHO}|(?:online|web|published|academic|research)\ {_WHO}) | multiple | various | several
    | (?:multiple|various)\ (?:sources|authors)\ .{{1,60}} | compiled\ from\ .{{0,40}}
    | (?:unknown|unnamed|unspecified|unidentified|missing)(?:\ (?:authors?|names?))?
    | (?:authors?\ )?not\ (?:{_NOT}) | authors? | authors?\ (?:unknown|missing|names?|list|here|et\ al|tb[acd]|todo)
    | to\ be\ (?:added|announced|confirmed|determined|filled(?:\ in)?) | tb[acd] | todo | fixme | x\ ?x\ ?x[x\ ]*
    | placeholder(?:\ .{{0,40}})? | (?:insert|add|enter)\ (?:the\ )?(?:authors?|names?)(?:\ .{{0,20}})?
    | none | null | nobody | undefined | n\ a | others | et\ al | and\ others | lorem\ ipsum
    """,
    re.VERBOSE,
)
_PLACE = regex(
    r"""(?:first|second|third|fourth|fifth|last|lead|senior|corresponding|some|another|author)?\ ?authors?
        (?:\ (?:[a-z]|\d{1,3}|one|two|three|four|five))? | author\d{1,3} | [a-z]\ author
    | (?:first|given)\ ?name\ (?:last|family|sur)\ ?name | (?:last|family|sur)\ ?name
        (?:\ (?:first|given)\ ?name|\ [a-z])?
    | researcher\ (?:[a-z]|\d{1,3}) | unknown(?:\ (?:unknown|author))? | placeholder | tb[acd] | last\ first
    """,
    re.VERBOSE,
)
_ANYBODY = frozenset(
    {"doe john", "doe jane", "public john q", "bloggs joe", "bloggs fred", "mustermann max", "mustermann erika"}
)
_NOBODY_CHINESE = frozenset({"zhang san", "li si", "wang wu", "zhao liu"})
_TOP = frozenset({"smith", "johnson", "williams", "brown", "jones", "davis", "miller", "wilson", "taylor"})
_COMMON = _TOP | {
    "anderson", "chen", "clark", "evans", "garcia", "gonzalez", "harris", "hernandez", "jackson", "kim", "kumar", "lee",
    "lewis", "li", "liu", "lopez", "martin", "martinez", "moore", "muller", "park", "patel", "robinson", "rodriguez",
    "rossi", "santos", "schmidt", "schneider", "sharma", "silva", "singh", "thomas", "thompson", "walker", "wang",
    "white", "wu", "yang", "zhang",
}  # fmt: skip
_CRYPTOGRAPHERS = frozenset({"alice", "bob", "carol", "charlie", "dave", "david", "emily", "emma"})
_SIGNS = regex(r"[?.…*_/–—-]+")  # replacement characters are another fault
_IN_A_ROW, _TOP_IN_A_ROW = 4, 3
_LONGEST = 400


class Placeholder(NamedTuple):
    """Why a list of names is none; `sure` says that no real list is like it, `name` is the one that shows it."""

    why: str
    sure: bool
    name: str = ""


def placeholder_names(text: str) -> Placeholder | None:
    """What shows that the names of a field stand for nobody; None where they may be real.

    `Anonymous` is what an anonymous work is signed with, and PubMed's `[No authors listed]` says that there are
    none. An institution's name may have any word in it.
    """
    if len(text) <= _LONGEST and _names_nobody(text):
        return Placeholder("it names nobody", sure=True)
    if not _may_be(text):
        return None
    names = [name for name in names_in(text) if name.text != OTHERS]
    if found := next((name for name in names if _is_place(name)), None):
        return Placeholder("is the place of a name, not a name", sure=True, name=found.text)
    return _of_anybody(names) or _of_the_alphabet(names)


def name_somebody(text: str) -> bool:
    """A quick look, which shows of nearly every list of names that it is none of a placeholder."""
    return text[:1].isalpha() and ", " in text and not _may_be(text)


def _names_nobody(text: str) -> bool:
    if text[:1].isalpha() and ", " in text:  # nearly every list of names
        return False
    plain = _plain(text)
    if not plain:
        return _SIGNS.fullmatch(text.strip("{} ")) is not None
    return _NOBODY.fullmatch(plain) is not None or text.strip("{} ") in {"nan", "NaN"}


_ALPHABETICAL = regex(
    r"(?:[^,]{1,40},\s+)?[Aa](?:lice)?\.?\s+and\s+[^,]{1,40},\s+[Bb]|[Aa](?:lice)?\.?\s+[^,]{1,40}?\sand\s+[Bb]"
)
_HINTS = (
    "uthor", "nknown", "name", "Name", "Last, F", "laceholder", "esearcher", "TBD", "TBC", "Doe", "Bloggs", "Public, J",
    "Mustermann", "Zhang, San", "San Zhang",
)  # fmt: skip


def _may_be(text: str) -> bool:
    """A quick look, for nearly every list ends here."""
    for hint in _HINTS:  # a generator takes twice as long
        if hint in text:
            return True
    return text.isupper() or _ALPHABETICAL.match(text) is not None


def _is_place(name: Name) -> bool:
    return len(name.text) <= _LONGEST and _PLACE.fullmatch(_plain(name.text).removesuffix(" et al")) is not None


def _of_anybody(names: Sequence[Name]) -> Placeholder | None:
    """`Doe, John` may be a person's name, who then has the fate of being asked for it; two such names are nobody's."""
    whole = [f"{folded(name.family)} {_plain(name.given)}" for name in names]
    anybody = [one for one in whole if one in _ANYBODY]
    if anybody:
        smith = any(one.startswith(("smith j", "smith a", "johnson")) for one in whole)
        return Placeholder("`John Doe` and the like stand for anybody", sure=smith or len(anybody) > 1)
    if sum(one in _NOBODY_CHINESE for one in whole) > 1:
        return Placeholder("Zhang San, Li Si and Wang Wu stand for anybody", sure=True)
    return None


def _of_the_alphabet(names: Sequence[Name]) -> Placeholder | None:
    """The commonest surnames, with the letters of the alphabet in order for first names."""
    lettered = zip(names, ascii_lowercase, strict=False)
    row = [folded(name.family) for name, _ in takewhile(lambda pair: _is_initial(pair[0].given, pair[1]), lettered)]
    tops = len(list(takewhile(_TOP.__contains__, row)))
    commons = len(list(takewhile(_COMMON.__contains__, row)))
    if tops < _TOP_IN_A_ROW and commons < _IN_A_ROW:
        return None
    count = max(tops, commons)
    last = ascii_lowercase[count - 1].upper()
    return Placeholder(f"{count} of the commonest surnames stand in a row, with the first names A to {last}", sure=True)


def _is_initial(given: str, letter: str) -> bool:
    plain = _plain(given)
    return plain == letter or (plain[:1] == letter and plain in _CRYPTOGRAPHERS)


def _plain(text: str) -> str:
    """Words in lower case, without braces, accents and signs."""
    return " ".join(filter(None, (folded(word) for word in re.split(r"[\s,;:./()\[\]~_&?!-]+", text.strip("{} ")))))
