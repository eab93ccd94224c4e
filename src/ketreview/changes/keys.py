"""Keys of new entries, in the style of those that a store has."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from string import ascii_lowercase

from ketreview.frozen import frozen
from ketreview.model.imported import ImportedEntry
from ketreview.parsing.names import last_names
from ketreview.patterns import regex

_KEY = regex(r"([A-Za-z][A-Za-z'-]*?)([-_:.]?)(\d{4})([-_:.]?)([A-Za-z][A-Za-z0-9-]*)?", re.ASCII)
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "Ae", "œ": "oe", "ß": "ss"})
_COMMAND = regex(r"\\[A-Za-z]+|\\.|[{}$]")
_WORD = regex(r"[^\W\d_]+")
_YEAR = regex(r"\d{4}", re.ASCII)
_SHORTEST_WORD = 4
_LONGEST = 40
_MOST_NAMES = 2000
_MOST_STYLED = 5000
_IDLE = regex(
    "about|after|among|and|before|between|does|effects?|for|from|into|study|that|the|their|this|through|towards?|trial|"
    "under|using|versus|when|which|with|without"
)


@frozen
class KeyStyle:
    """How a store makes its keys: an author, a year, and perhaps a word of the title."""

    capital: bool = False
    before_year: str = ""
    after_year: str = ""
    word: bool = False
    capital_word: bool = False
    hyphens: bool = True


def key_style(keys: Iterable[str]) -> KeyStyle:
    """The style of most keys; `klein2020` where there are none to learn from."""
    found = [match for key in list(keys)[:_MOST_STYLED] if (match := _KEY.fullmatch(key))]
    if not found:
        return KeyStyle()
    words = [match for match in found if len(match[5] or "") > 1]
    return KeyStyle(
        capital=_most(match[1][0].isupper() for match in found),
        before_year=Counter(match[2] for match in found).most_common(1)[0][0],
        after_year=Counter(match[4] for match in words).most_common(1)[0][0] if words else "",
        word=2 * len(words) > len(found),
        capital_word=_most(match[5][0].isupper() for match in words),
        hyphens=any("-" in match[1] for match in found)
        or not any(re.search("[a-z][A-Z]", match[1]) for match in found),
    )


class TakenKeys:
    """The keys that are taken, to which proposed ones are added; none is proposed that differs in case alone."""

    def __init__(self, keys: Collection[str], style: KeyStyle | None = None) -> None:
        self.style = style if style is not None else key_style(keys)
        self._folded = {key.casefold() for key in keys}

    def __contains__(self, key: str) -> bool:
        return key.casefold() in self._folded

    def add(self, key: str) -> None:
        """Takes a key."""
        self._folded.add(key.casefold())

    def proposed(self, entry: ImportedEntry) -> str:
        """A free key: the one that the record gives, else one in the style."""
        if entry.suggested_key and entry.suggested_key not in self:
            return entry.suggested_key
        base = _base(entry, self.style)
        # `singh2016` is not used where `singh2016a` and `singh2016b` are
        return self._numbered(base) if base in self or f"{base}a" in self else base

    def _numbered(self, base: str) -> str:
        """The base with the letter after the last one used, then with a number."""
        last = max((index for index, letter in enumerate(ascii_lowercase) if f"{base}{letter}" in self), default=0)
        if last + 1 < len(ascii_lowercase):
            return f"{base}{ascii_lowercase[last + 1]}"
        used, free = 1, 2
        while f"{base}-{free}" in self:
            used, free = free, 2 * free
        while free - used > 1:  # thousands may share an author and a year
            middle = (used + free) // 2
            used, free = (middle, free) if f"{base}-{middle}" in self else (used, middle)
        return f"{base}-{free}"


def _base(entry: ImportedEntry, style: KeyStyle) -> str:
    record = entry.as_entry("")
    year = _YEAR.search(record.get("date", "year"))
    author = _author(record.get("author", "editor"), style)
    title = [word for word in map(_ascii, _WORD.findall(_bare(record.get("title")))) if word]
    telling = next((word for word in title if len(word) >= _SHORTEST_WORD and not _IDLE.fullmatch(word.lower())), "")
    if not author:
        author, telling = _cased(telling or "anonymous", capital=style.capital), ""
    key = f"{author}{style.before_year}{year[0]}" if year else author
    if style.word and telling:
        key += style.after_year + _cased(telling, capital=style.capital_word)
    return key


def _author(names: str, style: KeyStyle) -> str:
    few = names if len(names) < _MOST_NAMES else names[:_MOST_NAMES].rpartition(" and ")[0]
    first = next(iter(last_names(few)), "") if few else ""
    parts = [word for word in map(_ascii, re.split(r"[\s-]+", _bare(first))) if word]
    if not style.hyphens:
        return _cased(
            "".join(part[:1].upper() + part[1:] for part in parts)[:_LONGEST], capital=style.capital, rest=True
        )
    return "-".join(_cased(part, capital=style.capital) for part in parts)[:_LONGEST].rstrip("-")


def _cased(word: str, *, capital: bool, rest: bool = False) -> str:
    if not capital:
        return word.lower()
    return word[:1].upper() + (word[1:] if rest else word[1:].lower())


def _bare(text: str) -> str:
    return _COMMAND.sub("", text)


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(letter for letter in decomposed if letter.isascii() and letter.isalnum())


def _most(values: Iterable[bool]) -> bool:
    listed = list(values)
    return 2 * sum(listed) > len(listed)
