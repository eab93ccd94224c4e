"""The values of the fields of a store, and what sources print of works, by the names of the fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain

from ketreview.frozen import frozen
from ketreview.linking.grouping import grouped
from ketreview.model.entry import Entry
from ketreview.model.review import Review
from ketreview.model.value import Value


@frozen(slots=False)
class FieldValues:
    """What the fields of entries hold, and what the sources of reviews print."""

    entries: tuple[Entry, ...]
    reviews: tuple[Review, ...]

    def of(self, name: str, is_usual: Callable[[str], object]) -> Iterator[Value]:
        """The values of the fields with this name whose texts are not usual: of entries, then of what sources print.

        Every value of a store is looked at here, by each rule that gets its field: a Value is made of few.
        """
        if name in self._names:
            for entry in self.entries:
                text = entry.texts.get(name)
                if text is not None and not is_usual(text):
                    yield Value(name, text, entry)
        yield from (value for value in self._others.get(name, ()) if not is_usual(value.text))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset().union(*(entry.texts for entry in self.entries))

    @cached_property
    def _others(self) -> dict[str, list[Value]]:
        others = chain(repeated_values(self.entries), _printed(self.reviews))
        return grouped((value.name, value) for value in others)


def repeated_values(entries: Iterable[Entry]) -> Iterator[Value]:
    """The values of fields that are not the first of their name in their entry."""
    for entry in entries:
        if entry.repeats:
            firsts = {entry.field(name) for name in entry.texts}
            yield from (Value(field.name, field.value, entry, field) for field in entry.fields if field not in firsts)


def _printed(reviews: Iterable[Review]) -> Iterator[Value]:
    for source in (source for review in reviews for source in review.sources):
        for reference in source.references:
            yield from (Value(name, text, source, reference) for name, text in reference.printed.items())
