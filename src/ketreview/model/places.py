"""Where the fields of a record stand, in little room: a large project has millions of them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ketreview.source import Source, Span


class Where:
    """The places of a record and of its fields; an item of a list is `name.0`, the record itself is ``""``.

    `names` are those that are written; behind the name of a list, a number stands for as many items. `numbers` holds
    the start and end of each of them, in their order, from `first` on; the records of a file may share it.
    """

    __slots__ = ("_first", "_names", "_numbers", "source")

    def __init__(self, source: Source, names: Sequence[str | int], numbers: array[int], first: int = 0) -> None:
        self.source = source
        self._names = _shared(tuple(names))
        self._numbers = numbers
        self._first = first

    @classmethod
    def of(cls, source: Source, places: Mapping[str, tuple[int, int]]) -> Where:
        """The same of places by name."""
        return cls(source, tuple(places), array("i", [number for place in places.values() for number in place]))

    def __contains__(self, name: str) -> bool:
        """Whether a field is written."""
        return name in self._names.indexes

    @property
    def places(self) -> dict[str, tuple[int, int]]:
        """The start and end of every field, by name."""
        return {name: self._place(index) for name, index in self._names.indexes.items()}

    def span(self, name: str = "") -> Span:
        """The place of field `name`; the record's own where the field is not written."""
        indexes = self._names.indexes
        index = indexes.get(name, indexes.get(""))
        start, end = self._place(index) if index is not None else (0, 0)
        return Span(self.source, start, end)

    def _place(self, index: int) -> tuple[int, int]:
        at = self._first + 2 * index
        return self._numbers[at], self._numbers[at + 1]


@lru_cache(maxsize=4096)
def _shared(names: tuple[str | int, ...]) -> _Names:
    """The same names, once for all records that have these fields."""
    return _Names(names)


class _Names:
    """Which place of a record belongs to which name; worked out when one is asked for."""

    __slots__ = ("_indexes", "_written")

    def __init__(self, written: tuple[str | int, ...]) -> None:
        self._written = written
        self._indexes: dict[str, int] | None = None

    @property
    def indexes(self) -> dict[str, int]:
        """The number of each place, by name."""
        if self._indexes is None:
            full: list[str] = []
            for name in self._written:
                full += [name] if isinstance(name, str) else [f"{full[-1]}.{index}" for index in range(name)]
            self._indexes = {name: index for index, name in enumerate(full)}
        return self._indexes
