"""What a key says of its work: a year, and the name or word that it begins with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ketreview.appraisal.names import Name
from ketreview.appraisal.same_work import folded
from ketreview.nearest import may_be_alike
from ketreview.patterns import regex

_YEAR = regex(r"(?<![\d])(?<!\d[-._:/])(?:19|20)\d\d(?![\d])(?![-._:/]\d)")
_SHORT_YEAR = regex(r"[^\W\d_][-_:]?\d\d(?!\d)")
_WORD = regex(r"[A-ZÀ-Þ]?[^\W\d_A-ZÀ-Þ]+|[A-ZÀ-Þ]+(?![^\W\d_A-ZÀ-Þ])|[^\W\d_]+")
_FEWEST_LETTERS = 4
_ALIKE = 75
_GENERAL = frozenset({
    "article", "author", "book", "case", "chapter", "cite", "citation", "data", "dataset", "entry", "final",
    "guide", "guideline", "item", "manual", "meta", "note", "online", "page", "paper", "preprint", "record",
    "reference", "report", "review", "source", "study", "systematic", "test", "thesis", "trial", "website",
})  # fmt: skip


def years_in(key: str) -> tuple[int, ...]:
    """The years that a key names; a number that is part of an identifier (`abs-1907-11692`) is none."""
    return tuple(int(year) for year in _YEAR.findall(key))


def names_a_year(key: str) -> bool:
    """Whether a key names a year, as keys of an author and a year do (`klein2020`, `klein20a`)."""
    return bool(_YEAR.search(key)) or _SHORT_YEAR.search(key) is not None


def leading_letters(key: str) -> str:
    """The word that a key begins with, whatever it is; empty if it begins with none."""
    found = _WORD.match(key)
    return found[0] if found else ""


def first_word(key: str) -> str:
    """The word that a key begins with; empty if it may stand for anything: short, in capitals, or a general one."""
    word = leading_letters(key)
    plain = folded(word)
    return "" if len(plain) < _FEWEST_LETTERS or word[:2].isupper() or plain in _GENERAL else word


def is_near(word: str, names: Iterable[Name]) -> bool:
    """Whether a word is one of a name's, or like one: another spelling, or a slip of the pen."""
    plain = folded(word)
    parts = {folded(part) for name in names for part in (name.family, *re.split(r"[\s,~.-]+", name.text))} - {""}
    if any(plain.startswith(part) or part.startswith(plain) for part in parts if len(part) >= _FEWEST_LETTERS):
        return True
    like = [part for part in parts if may_be_alike(plain, part, _ALIKE)]
    if not like:
        return False
    from rapidfuzz import fuzz, process  # noqa: PLC0415  loaded only where something is to be compared

    return process.extractOne(plain, like, scorer=fuzz.ratio, score_cutoff=_ALIKE) is not None


def is_latin(name: Name) -> bool:
    """Whether a last name is in letters that a key may have."""
    plain = folded(name.family)
    return plain != "" and plain.isascii()


def names_another(key: str, names: Iterable[Name]) -> bool:
    """Whether a later word of a key is an author's last name (`trial_smith2019`)."""
    families = {folded(name.family) for name in names}
    words = [folded(word) for word in _WORD.findall(key)[1:]]
    return any(word in families for word in words if len(word) > _FEWEST_LETTERS - 2)


def is_acronym(word: str, texts: Iterable[str]) -> bool:
    """Whether the letters of a word are first letters of words of one of these texts, in their order."""
    return any(
        _in_order(folded(word), "".join(part[0] for part in map(folded, text.split()) if part)) for text in texts
    )


def _in_order(letters: str, among: str) -> bool:
    rest = iter(among)
    return all(letter in rest for letter in letters)
