"""What is wrong with one name of a list, and what it should be where that is certain.

BibTeX knows a name by its commas alone (see `names`): what is no person, more than one person, or more than a name is
printed and sorted as if it were one. biber leaves out a name with more than two commas, and warns of two in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from ketreview.appraisal.institutions import INSTITUTION_WORDS, is_institution
from ketreview.appraisal.names import OTHERS, Name, names_in, unbraced
from ketreview.appraisal.several_persons import several_persons
from ketreview.frozen import frozen
from ketreview.patterns import regex

_URL = regex(r"https?:\s?/|\bwww\.\w|\\(?:url|href)\b", re.IGNORECASE)
_ET_AL = regex(r"(?<![^\W_])et\.?[\s~]{0,3}al(?![^\W_])\.?", re.IGNORECASE)
_TITLE = regex(
    r"""(?<![\w.'-])(?:Ph\.?D|D\.?Phil|Pharm\.?D|Dr\.?PH|Psy\.?D|Ed\.?D|M\.?Sc|B\.?Sc|D\.?Sc|M\.?Phil|MBChB|Dr\.|Prof\.
    |Professor(?=\s))(?![\w'-])\.?""",
    re.VERBOSE,
)
_LEADING = regex(r"(?:Dr|Prof)\s+(?=\w)")
_BESIDE_TITLE = regex(r"(?:(?:Assoc|Assist|Priv|PD|med|habil|phil|rer|nat|Dipl)\.?[\s-]+)+")
_DEGREES = regex(r"(?:(?:M\.?D|D\.?O|R\.?N|M\.?P\.?H|M\.?S|M\.?A|B\.?A|MBBS|FRCP|FACP|MBA)\.?(?:[\s/]+|$))+")
_FULL_NAME = regex(r"\w[\w'’-]*\.?\s(?:\w\.\s)+\w")
_SUFFIX = regex(r"[JS]r\.?|JR\.?|SR\.?|II|III|IV|2nd|3rd|4th")
_LAST_WORD = regex(r"[JS]r\.?|III")
_MOST_COMMAS = 2
_LONGEST = 2000

_WORDS = INSTITUTION_WORDS | {
    "et", "Et", "ET", "et.", "Dr.", "Dr", "Prof.", "Prof", "Professor", "PhD", "Ph.D.", "PhD.", "DPhil", "PharmD",
    "MSc", "PhD,", "Ph.D.,", "DPhil,", "PharmD,", "MSc,", "MD", "M.D.", "Jr", "Jr.", "Sr", "Sr.", "III", "&", r"\&",
    "of", "for", "on", "force", "Force", "Party", "Nations", "Union",
}  # fmt: skip
_SIGNS = (";", "://", "www.", "al.", "url{", " and and", ", and", ",,")


class NameFault(NamedTuple):
    """What is wrong with a name, and the text that it should be; empty where nobody can know."""

    why: str
    meant: str = ""


def may_be_faulty(text: str) -> bool:
    """Whether anything in a list of names asks for a second look; nearly none does."""
    words = text.split()
    if not words or not _WORDS.isdisjoint(words):
        return bool(words)
    flat = " ".join(words) if "\n" in text else text
    for sign in _SIGNS:  # a generator takes twice as long
        if sign in flat:
            return True
    if "and" in (words[0], words[-1]) or words[-1].endswith(","):
        return True
    commas, names = flat.count(","), flat.count(" and ") + 1
    if commas == names and words[-1] != OTHERS:
        return False  # each name has its comma
    return commas > names or any(name.count(",") > 1 for name in flat.split(" and "))


def faults_of(text: str) -> Iterator[tuple[Name, NameFault]]:
    """Each name of a list that is not written as one, with what is wrong. A name in braces is taken as it is."""
    names = _Names(names_in(text))
    for index, name in enumerate(names.all):
        if found := _fault(name, index, names):
            yield name, found


@frozen(slots=False)
class _Names:
    """A list of names."""

    all: tuple[Name, ...]

    @cached_property
    def certain(self) -> bool:
        """Whether each name but one at most has a comma or braces: then no `and` parts a name of several words."""
        return sum(not ("," in name.bare or name.is_braced or name.text == OTHERS) for name in self.all) <= 1


def _fault(name: Name, index: int, names: _Names) -> NameFault | None:
    text = name.text[:_LONGEST]
    if _URL.search(text):
        return NameFault("is an address on the web, not a name")
    if found := _ET_AL.search(text):
        last = index == len(names.all) - 1
        meant = _with_others(name.text, found, first=not index) if last else ""
        return NameFault("is or ends in `et al.`, which BibTeX writes `and others`", meant)
    if name.is_braced or name.is_extended or name.text == OTHERS:
        return None
    bare = unbraced(text)
    if is_institution(bare):
        return _institution(name, certain=names.certain)
    if several := several_persons(name.text, bare):
        why = f"parts persons by {several.how}; BibTeX parts them by `and`"
        return NameFault(why + (", and takes an institution in braces" if "&" in why else ""), several.meant)
    return _titled(name, bare) or _suffixed(name) or _commas(name, bare)


def _with_others(text: str, found: re.Match[str], *, first: bool) -> str:
    """The last name of a list with `and others` behind it; empty if there would be no name before them."""
    rest = text[: found.start()].rstrip(" ,~\n\t\r")
    if text[found.end() :].strip() or "{" in rest:
        return ""
    return f"{rest} and {OTHERS}" if rest else "" if first else OTHERS


def _institution(name: Name, *, certain: bool) -> NameFault:
    cut = "" if certain else "; an `and` in its name may part it in two"
    why = f"is an institution, which BibTeX reads as a person's first and last name unless it stands in braces{cut}"
    return NameFault(why, f"{{{name.text}}}" if certain and "," not in name.text else "")


def _titled(name: Name, bare: str) -> NameFault | None:
    """A title or a degree in a name. `MD` may be somebody's initials, and `Md.` is a name in Bengal."""
    if _without_titles(visible := [part.strip() for part in bare.split(",")]) == visible:
        return None
    kept = [part for part in _without_titles(name.parts) if part]
    whole = 1 < len(kept) <= _MOST_COMMAS + 1 or (len(kept) == 1 and " " in kept[0])
    return NameFault("holds an academic title, which is printed as part of the name", ", ".join(kept) if whole else "")


def _without_titles(parts: Sequence[str]) -> list[str]:
    if not all(parts):
        return list(parts)
    kept = [_untitled(part) for part in parts]
    if (len(parts) > _MOST_COMMAS and not _SUFFIX.fullmatch(parts[1])) or _FULL_NAME.match(parts[0]):
        while len(kept) > 1 and (not kept[-1] or _DEGREES.fullmatch(kept[-1])):
            kept.pop()
    return kept


def _untitled(part: str) -> str:
    without = _TITLE.sub("", _LEADING.sub("", part) if _LEADING.match(part) else part)
    return part if without == part else _BESIDE_TITLE.sub("", " ".join(without.split()), count=1)


def _suffixed(name: Name) -> NameFault | None:
    """`Smith, John, Jr.` and `John Smith Jr.`, whose suffix BibTeX takes for first or last name."""
    parts = name.parts
    if len(parts) == _MOST_COMMAS + 1 and _SUFFIX.fullmatch(parts[2]) and not _SUFFIX.fullmatch(parts[1]):
        meant = f"{parts[0]}, {parts[2]}, {parts[1]}"
        return NameFault("has its suffix last, where BibTeX expects the first name", meant)
    words = name.text.split()
    if len(parts) == 1 and len(words) > _MOST_COMMAS and _LAST_WORD.fullmatch(words[-1]):
        return NameFault(f"has `{words[-1]}` for its last name; BibTeX writes `Last, {words[-1]}, First`")
    return None


def _commas(name: Name, bare: str) -> NameFault | None:
    parts = name.parts
    if not all(parts):
        kept = [part for part in parts if part]
        meant = ", ".join(kept) if 0 < len(kept) <= _MOST_COMMAS + 1 else ""
        return NameFault("has a comma without a name before or behind it", meant)
    if bare.count(",") > _MOST_COMMAS:
        return NameFault("has more than two commas, so that BibTeX cannot part it (`Last, First` or `Last, Jr, First`)")
    return None
