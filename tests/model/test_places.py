"""The places of a record's fields: what is kept in little room is what was given."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from ketreview.model.places import Where
from ketreview.source import Source

SOURCE = Source("a.yaml", "")
NUMBERS = st.tuples(st.integers(0, 2**24), st.integers(0, 2**24))


@given(st.dictionaries(st.text(max_size=5), NUMBERS, max_size=30))
def test_places_are_kept_as_they_are(places: dict[str, tuple[int, int]]) -> None:
    where = Where.of(SOURCE, places)
    assert where.places == places
    assert all(name in where and where.span(name) == (SOURCE, *place) for name, place in places.items())
    assert "not a name" not in where
    assert where.span("not a name") == (SOURCE, *places.get("", (0, 0)))


def test_a_number_stands_for_the_items_of_the_list_before_it() -> None:
    numbers = array("i", range(100, 124))
    first = Where(SOURCE, ["", "id", "cites", 2, "labels", 0, "from", 1], numbers)
    other = Where(SOURCE, ["", "id"], numbers, first=16)
    assert list(first.places) == ["", "id", "cites", "cites.0", "cites.1", "labels", "from", "from.0"]
    assert first.span("cites.1") == (SOURCE, 108, 109)
    assert first.span("cites.2") == first.span() == (SOURCE, 100, 101)
    assert other.places == {"": (116, 117), "id": (118, 119)}
