"""Our named tuples are those of `typing`."""

from __future__ import annotations

import copy
import pickle
import typing
from pathlib import Path
from typing import Any

import pytest

from ketreview.tuples import NamedTuple


class Theirs(typing.NamedTuple):
    """A named tuple."""

    one: str
    two: int = 2
    three: tuple[str, ...] = ()

    @property
    def both(self) -> str:
        """Two of them."""
        return f"{self.one}{self.two}"


class Ours(NamedTuple):
    """A named tuple."""

    one: str
    two: int = 2
    three: tuple[str, ...] = ()

    @property
    def both(self) -> str:
        """Two of them."""
        return f"{self.one}{self.two}"


class Empty(NamedTuple):
    """One without fields."""


CALLS = [(("a",), {}), (("a", 3), {"three": ("x",)}), ((), {"one": "a", "two": 5}), (("a", 1, ("b",)), {})]


@pytest.mark.parametrize(("values", "named"), CALLS)
def test_one_is_as_the_other(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours: Any = Ours(*values, **named)
    theirs: Any = Theirs(*values, **named)
    assert (ours, hash(ours), ours.both) == (theirs, hash(theirs), theirs.both)
    assert (ours.one, ours.two, ours.three) == tuple(ours) == (theirs.one, theirs.two, theirs.three)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert (ours._asdict(), ours._replace(two=9)) == (theirs._asdict(), theirs._replace(two=9))
    assert tuple(sorted([ours, Ours("A")])) == tuple(sorted([theirs, Theirs("A")]))


def test_what_a_class_tells() -> None:
    told = ("_fields", "_field_defaults", "__match_args__", "__doc__", "__slots__")
    assert [getattr(Ours, name) for name in told] == [getattr(Theirs, name) for name in told]
    assert (Ours._make(["a", 1, ()]), Empty()) == (("a", 1, ()), ())
    assert Ours.__new__.__qualname__.startswith("Ours.")
    assert not hasattr(Ours("a"), "__dict__")


def test_copies_are_of_the_class() -> None:
    ours = Ours("a", three=("b",))
    for other in (copy.copy(ours), copy.deepcopy(ours), pickle.loads(pickle.dumps(ours))):
        assert (type(other), other) == (Ours, ours)


def test_a_pattern_takes_it_apart() -> None:
    match Ours("a", 3):
        case Ours(one, two=3):
            assert one == "a"
        case _:
            pytest.fail("it does not match")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda kind: kind(),
        lambda kind: kind("a", four=4),
        lambda kind: kind(1, 2, 3, 4),
        lambda kind: kind._make([1]),
        lambda kind: kind("a")._replace(four=4),
        lambda kind: setattr(kind("a"), "one", "b"),
    ],
)
@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_what_is_wrong(kind: Any, wrong: Any) -> None:
    with pytest.raises((TypeError, ValueError, AttributeError)):
        wrong(kind)


def test_annotations_are_texts_where_they_are_used() -> None:
    """A class is made of what stands in its body as text: nothing is evaluated for it."""
    root = Path(__file__).parent.parent / "src/ketreview"
    users = [text for path in root.rglob("*.py") if "ketreview.tuples import" in (text := path.read_text("utf-8"))]
    assert users
    assert all("from __future__ import annotations" in text for text in users)
