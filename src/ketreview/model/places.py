"""Where the fields of a record stand, in little room: a large project has millions of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from functools import lru_cache
from sys import intern
from typing import Any

MOST = 16
"""Names up to which looking one up in turn is as fast as a dict."""


class Places(Mapping[str, tuple[int, int]]):
    """The start and end of each field of a record; an item of a list is `name.0`, the record itself is ``""``."""

    __slots__ = ("_names", "_numbers")

    def __init__(self, places: Mapping[str, tuple[int, int]]) -> None:
        self._names = _shared(tuple(places))
        self._numbers = array("i", [number for place in places.values() for number in place])

    def __getitem__(self, name: str) -> tuple[int, int]:
        found = self._place(name)
        if found is None:
            raise KeyError(name)
        return found

    def get(self, name: str, default: Any = None) -> Any:
        """As of any mapping, which would raise and catch where there is none: most fields are not written."""
        return self._place(name) or default

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def _place(self, name: str) -> tuple[int, int] | None:
        if name not in self._names:
            return None
        index = 2 * self._names.index(name)
        return self._numbers[index], self._numbers[index + 1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def compact(places: Mapping[str, tuple[int, int]]) -> Mapping[str, tuple[int, int]]:
    """The same places, in a quarter of the room where they are few."""
    return Places(places) if len(places) <= MOST else {intern(name): place for name, place in places.items()}


@lru_cache(maxsize=4096)
def _shared(names: tuple[str, ...]) -> tuple[str, ...]:
    """The same names, once for all records that have these fields."""
    return tuple(map(intern, names))
