"""Named tuples as `typing` makes them, at a seventh of the time that they take to import."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple"]

_Lettered = namedtuple("_Lettered", "a b c d e f g h i j k l m n o p")  # noqa: PYI024  no one has any
_GETTERS: list[Any] = [vars(_Lettered)[letter] for letter in _Lettered._fields]
"""What gives a value by its place, sooner than a property does: those of one named tuple serve any other."""

if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _Making(type):
        """Makes a class of what its body annotates.

        `typing` compiles the text of each annotation and `__new__` for each class, and most are not used in a run. Here
        `__new__` is compiled at the first instance, and the rest is written once, in `NamedTuple`.
        """

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _Making:
            fields = tuple(body.get("__annotations__", ()))
            body["_fields"] = body["__match_args__"] = fields
            body["_field_defaults"] = {field: body[field] for field in fields if field in body}
            body["__slots__"] = ()
            body.update(zip(fields, _GETTERS[: len(fields)], strict=True))
            made = super().__new__(cls, name, bases, body)
            if fields:
                made.__new__ = _first_new(made)
            return made

    class NamedTuple(tuple, metaclass=_Making):
        """What `typing.NamedTuple` is, but that no class is made from the outside by a call, and none is generic."""

        @classmethod
        def _make(cls, values: Iterable[Any]) -> Any:
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **values: Any) -> Any:
            made = self._make(map(values.pop, self._fields, self))
            if values:
                raise ValueError(f"Got unexpected field names: {list(values)!r}")
            return made

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            shown = (f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({', '.join(shown)})"


def _first_new(made: Any) -> Callable[..., Any]:
    """The `__new__` of the first instance, which puts the one that it writes in its own place."""

    def first(cls: Any, /, *values: Any, **named: Any) -> Any:
        new = made.__new__ = _new(made)
        return new(cls, *values, **named)

    return first


def _new(made: Any) -> Callable[..., Any]:
    names = ", ".join(made._fields)
    new: Callable[..., Any] = eval(f"lambda _cls, {names}: _make(_cls, ({names},))", {"_make": tuple.__new__})  # noqa: S307  the fields' own names
    new.__name__, new.__qualname__ = "__new__", f"{made.__qualname__}.__new__"
    new.__defaults__ = tuple(made._field_defaults.values())
    return new
