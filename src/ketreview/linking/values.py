"""The values of the fields of a store, and what sources print of works, by the names of the fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, compress
from operator import not_

from ketreview.frozen import frozen
from ketreview.linking.grouping import grouped
from ketreview.linking.shapes import Shapes
from ketreview.model.entry import Entry
from ketreview.model.review import Review
from ketreview.model.value import Value

Usual = Callable[[str], object]
"""Whether a text is of a usual form, by what is true or false of the answer."""
Column = tuple[Sequence[str], Sequence[Entry]]
"""The texts of a field, and the entries that have them."""


@frozen(slots=False)
class FieldValues:
    """What the fields of entries hold, and what the sources of reviews print."""

    shapes: Shapes
    reviews: tuple[Review, ...]

    def of(
        self, name: str, usual: Sequence[Usual] = (), usual_beside: Callable[[str, Entry], object] | None = None
    ) -> Iterator[Value]:
        """The values of the fields with this name that are not usual: of entries, then of what sources print.

        Of `usual` each is asked what those before it did not say it of, `usual_beside` also gets the entry. Every value
        of a store is looked at here, by each rule that gets its field: a Value is made of few.
        """
        texts, entries = self._odd(name, tuple(usual))
        if usual_beside is not None:
            texts, entries = _but(map(usual_beside, texts, entries), texts, entries)
        for text, entry in zip(texts, entries, strict=True):
            yield Value(name, text, entry)
        for value in self._others.get(name, ()):
            if not any(is_usual(value.text) for is_usual in usual):
                yield value

    def _odd(self, name: str, usual: tuple[Usual, ...]) -> Column:
        """A column without what is usual; rules that ask the same at first share what it does not hold of."""
        if not usual:
            return self._column(name)
        found = self._known_odd.get((name, usual))
        if found is None:
            texts, entries = self._odd(name, usual[:-1])
            found = self._known_odd[name, usual] = _but(map(usual[-1], texts), texts, entries)
        return found

    def _column(self, name: str) -> Column:
        found = self._known_columns.get(name)
        if found is None:
            entries = self.shapes.having(name)
            found = self._known_columns[name] = [entry.texts[name] for entry in entries], entries
        return found

    @cached_property
    def _known_odd(self) -> dict[tuple[str, tuple[Usual, ...]], Column]:
        return {}

    @cached_property
    def _known_columns(self) -> dict[str, Column]:
        return {}

    @cached_property
    def _others(self) -> dict[str, list[Value]]:
        others = chain(repeated_values(self.shapes.without(lambda shape: shape.plain)), _printed(self.reviews))
        return grouped((value.name, value) for value in others)


def _but(usual: Iterable[object], texts: Sequence[str], entries: Sequence[Entry]) -> Column:
    is_odd = list(map(not_, usual))
    return list(compress(texts, is_odd)), list(compress(entries, is_odd))


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
