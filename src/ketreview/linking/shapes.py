"""Entries by the fields that they have: those of a store have one of a few sets, and much is known by the set alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from ketreview.frozen import frozen
from ketreview.linking.grouping import grouped
from ketreview.model.entry import Entry


class Shape(NamedTuple):
    """The type of entries and the names of their fields; of `plain` ones each stands once, and has something in it."""

    type: str
    names: tuple[str, ...]
    plain: bool


@frozen(slots=False)
class Shapes:
    """The entries of a store, by their shapes."""

    entries: tuple[Entry, ...]

    @cached_property
    def _places(self) -> dict[Shape, list[int]]:
        """The places of the entries of each shape in the store."""
        found = grouped(
            ((entry.type, tuple(entry.texts), callable(entry.placed)), place)
            for place, entry in enumerate(self.entries)
        )
        return {Shape(*shape): places for shape, places in found.items()}

    def without(self, is_usual: Callable[[Shape], object]) -> list[Entry]:
        """The entries whose shape is not usual, in the order of the store; each shape is asked once."""
        odd = [places for shape, places in self._places.items() if not is_usual(shape)]
        if not odd:
            return []
        return [self.entries[place] for place in (sorted(chain.from_iterable(odd)) if len(odd) > 1 else odd[0])]

    def having(self, name: str) -> Sequence[Entry]:
        """The entries that have a field of this name, in the order of the store."""
        if name not in self.names:
            return ()
        found = self.without(lambda shape: name not in shape.names)
        return self.entries if len(found) == len(self.entries) else found

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all fields."""
        return frozenset(name for shape in self._places for name in shape.names)
