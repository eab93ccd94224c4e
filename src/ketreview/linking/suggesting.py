"""What an unresolved key may mean: a work of the same author and year, a key spelt alike, what the key once named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from ketreview.appraisal.same_work import folded
from ketreview.history import FormerKey
from ketreview.linking.grouping import grouped
from ketreview.linking.works import first_author
from ketreview.model.entry import Entry
from ketreview.nearest import nearest_folded
from ketreview.patterns import regex

_AUTHOR = regex(r"[^\W\d_]+")
_YEAR = regex(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_ALIKE = 75
"""From how many percent on two authors' names may be one, slipped in a letter or two."""


class Suggestions:
    """What the store offers for keys that it does not have. Each key is looked up once."""

    def __init__(self, entries: tuple[Entry, ...], former: Mapping[str, FormerKey]) -> None:
        self._entries = entries
        self._former = former
        self._found: dict[str, str] = {}

    def hint(self, key: str) -> str:
        """`; did you mean …?`, what became of the key, or nothing."""
        meant = self.key(key)
        former = self._former.get(key)
        if meant and (former is None or meant != former.now):
            return f"; did you mean `{meant}`?"
        if former is None:
            return ""
        done = f"renamed to `{former.now}`" if former.now else "deleted"
        return f"; it was {done} in {former.commit} ({former.date})"

    def key(self, key: str) -> str:
        """The key that is meant, if one is: the only one of the same author and year, else the one most like it.

        One that was renamed to a key of the store means that one.
        """
        if key not in self._found:
            self._found[key] = next(self._candidates(key), "")
        return self._found[key]

    def _candidates(self, key: str) -> Iterator[str]:
        former = self._former.get(key)
        if former is not None and former.now in self._keys:
            yield former.now
        name = _author_and_year(key)
        if name and len(found := dict.fromkeys(self._by_author.get(name, ()))) == 1:
            yield from found
        near = nearest_folded(key.casefold(), self._by_folded.keys())
        if near is not None and _may_be_meant(key, self._by_folded[near][0]):
            yield self._by_folded[near][0]

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(entry.key for entry in self._entries)

    @cached_property
    def _by_folded(self) -> dict[str, list[str]]:
        return grouped((entry.key.casefold(), entry.key) for entry in self._entries)

    @cached_property
    def _by_author(self) -> dict[tuple[str, int], list[str]]:
        return grouped(
            ((name, entry.year), entry.key)
            for entry in self._entries
            if entry.year is not None and (name := first_author(entry))
        )


def _may_be_meant(key: str, other: str) -> bool:
    """Whether a key of an author and a year may be a slip for another one: in the author or in the year, not in both.

    Where the year differs, what stands behind it has to be alike: one author has many years.
    """
    name, meant = _author_and_year(key), _author_and_year(other)
    if name is None or meant is None:
        return True
    if name[1] == meant[1]:
        return nearest_folded(name[0], [meant[0]], cutoff=_ALIKE) is not None
    digits = sum(one != two for one, two in zip(str(name[1]), str(meant[1]), strict=True))
    near = digits == 1 or abs(name[1] - meant[1]) <= 1
    return near and name[0] == meant[0] and _are_alike(_subject(key), _subject(other))


def _are_alike(one: str, other: str) -> bool:
    if not (one and other):
        return one == other
    return one.startswith(other) or other.startswith(one) or nearest_folded(one, [other]) is not None


def _subject(key: str) -> str:
    """What a key has behind its year: `opioid` in `Klein2020opioid`."""
    year = _YEAR.search(key)
    return folded(key[year.end() :]) if year else ""


def _author_and_year(key: str) -> tuple[str, int] | None:
    """The author and the year that a key is made of (`Klein2020`, `klein_2020_opioid`, `klein:opioid:2020`)."""
    author, year = _AUTHOR.match(key), _YEAR.search(key)
    return (folded(author[0]), int(year[0])) if author and year else None
