"""A frozen class is what `dataclasses` makes of the same declaration."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

import pytest

from ketreview.frozen import FEW, Maker, frozen


@frozen
class Point:
    """Has no default, a default and a factory."""

    x: int
    y: str = "one"
    z: Mapping[str, int] = field(default_factory=dict)


@frozen(kw_only=True, eq=False)
class Base:
    name: str = ""


@frozen(kw_only=True, eq=False)
class Below(Base):
    number: int

    def __repr__(self) -> str:
        return "its own"


@frozen(order=True)
class Day:
    year: int
    day: int = 0


@frozen
class Empty:
    pass


@frozen(slots=False)
class Looked:
    word: str = "a"

    @cached_property
    def twice(self) -> str:
        return self.word * 2


@dataclass(frozen=True, slots=True)
class Twin:
    x: int
    y: str = "one"
    z: Mapping[str, int] = field(default_factory=dict)


@pytest.mark.parametrize(
    ("by_place", "by_name"),
    [((1,), {}), ((1, "two"), {}), ((), {"x": 1, "z": {"a": 1}}), ((1, "two", {}), {}), ((1,), {"y": "three"})],
)
def test_it_is_made_as_a_dataclass_is(by_place: tuple[Any, ...], by_name: dict[str, Any]) -> None:
    made, twin = Point(*by_place, **by_name), Twin(*by_place, **by_name)
    assert [getattr(made, name) for name in "xyz"] == [getattr(twin, name) for name in "xyz"]
    assert repr(made) == repr(twin).replace("Twin", "Point")
    assert made == Point(*by_place, **by_name)
    assert made != object()
    assert [(spec.name, spec.default) for spec in fields(made)] == [(spec.name, spec.default) for spec in fields(twin)]


@pytest.mark.parametrize(
    ("by_place", "by_name"), [((), {}), ((1, "a", {}, 4), {}), ((1,), {"x": 2}), ((1,), {"w": 2}), ((), {"y": "a"})]
)
def test_it_refuses_what_a_dataclass_refuses(by_place: tuple[Any, ...], by_name: dict[str, Any]) -> None:
    for cls in (Twin, Point, Point):  # the first call of a class writes its `__init__`, the second finds it
        with pytest.raises(TypeError):
            cls(*by_place, **by_name)


def test_factories_make_a_new_value_each_time() -> None:
    assert Point(1).z is not Point(1).z


def test_nothing_of_it_changes() -> None:
    for made in (Point(1), Looked()):
        for name in ("x", "word", "new"):
            with pytest.raises(FrozenInstanceError):
                setattr(made, name, 2)
            with pytest.raises(FrozenInstanceError):
                delattr(made, name)
    assert not hasattr(Point(1), "__dict__")


def test_copies_are_equal_and_frozen() -> None:
    made = Point(1, "two", {"a": 1})
    for same in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made)), replace(made)):
        assert same == made
        assert type(same) is Point
    assert replace(made, x=3) == Point(3, "two", {"a": 1})
    assert is_dataclass(made)


def test_what_is_equal_has_one_hash() -> None:
    assert {Day(1, 2), Day(1, 2), Day(2)} == {Day(2), Day(1, 2)}
    assert Empty() == Empty()
    assert len({Empty(), Empty()}) == 1
    with pytest.raises(TypeError):
        hash(Point(1))  # a mapping has none


def test_without_eq_two_are_the_same_only_if_they_are_one() -> None:
    one = Below(number=1)
    assert one == one  # noqa: PLR0124  the question
    assert one != Below(number=1)
    assert len({one, Below(number=1)}) == 2


def test_fields_of_a_base_class_come_first_and_by_name() -> None:
    made = Below(number=1, name="a")
    assert [spec.name for spec in fields(made)] == ["name", "number"]
    assert (made.name, made.number, repr(made), repr(Base(name="b"))) == ("a", 1, "its own", "Base(name='b')")
    with pytest.raises(TypeError):
        Below("a", 1)  # type: ignore[call-arg]  # on purpose


def test_order_is_that_of_the_fields() -> None:
    assert sorted([Day(2, 1), Day(1, 3), Day(1)]) == [Day(1), Day(1, 3), Day(2, 1)]
    assert Day(1) <= Day(1, 0) < Day(1, 1)
    assert Day(2) >= Day(2) > Day(1, 9)
    with pytest.raises(TypeError):
        assert Point(1) < Point(2)  # type: ignore[operator]  # on purpose


def test_without_slots_a_property_is_worked_out_once() -> None:
    made = Looked("ab")
    assert made.twice is made.twice
    assert made == Looked("ab")
    assert pickle.loads(pickle.dumps(made)) == made


@pytest.mark.parametrize("count", [1, FEW + 2])
def test_a_maker_makes_what_the_class_makes(count: int) -> None:
    makers = Maker(Point), Maker(Below)
    for _ in range(count):
        point, below = makers[0].make(x=1), makers[1].make(number=2)
        assert (type(point), type(below)) == (Point, Below)
        assert point == Point(1)
        assert (below.name, below.number, repr(below)) == ("", 2, "its own")
        assert makers[0].make(z={"a": 1}, x=2, y="two") == Point(2, "two", {"a": 1})
        assert makers[0].make(x=1).z is not point.z
        unchecked: Any = point
        with pytest.raises(FrozenInstanceError):
            unchecked.x = 3
        with pytest.raises(FrozenInstanceError):
            del unchecked.x
        assert not hasattr(point, "__dict__")
        assert pickle.loads(pickle.dumps(point)) == copy.copy(point) == replace(point) == point


@pytest.mark.parametrize("count", [1, FEW + 2])
def test_a_maker_takes_no_other_name(count: int) -> None:
    maker = Maker(Point)
    for _ in range(count):
        maker.make(x=1)
    with pytest.raises((TypeError, ValueError)):
        maker.make(x=1, other=2)
