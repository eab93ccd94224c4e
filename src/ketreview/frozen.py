"""Frozen classes with slots, as `dataclasses` makes them, at a tenth of the time that they take to import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter, ge, gt, le, lt
from types import MemberDescriptorType
from typing import Any, Generic, NoReturn, TypeVar, cast, dataclass_transform, overload

__all__ = ["FEW", "Maker", "field", "frozen"]

T = TypeVar("T")
FEW = 100
"""Instances of a class, with which compiling something for it begins to pay."""


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(
    *, slots: bool = True, kw_only: bool = False, eq: bool = True, order: bool = False
) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(
    cls: type[T] | None = None,
    /,
    *,
    slots: bool = True,
    kw_only: bool = False,
    eq: bool = True,
    order: bool = False,
) -> type[T] | Callable[[type[T]], type[T]]:
    """Makes a class what `dataclass(frozen=True, slots=True)` makes of it.

    `dataclasses` compiles six methods for each class when it is made, and most classes of a program are not used in a
    run. Here it only collects the fields; `__init__` is compiled when the first instance is made, and the other methods
    need not be. `fields`, `replace`, `copy` and `pickle` work as ever. Without `slots` there is a `__dict__`, for
    `cached_property`; without `eq` two are the same only if they are one.
    """
    if cls is not None:
        return _made(cls, slots=slots, kw_only=kw_only, eq=eq, order=order)
    return lambda later: _made(later, slots=slots, kw_only=kw_only, eq=eq, order=order)


def _made(cls: type[T], *, slots: bool, kw_only: bool, eq: bool, order: bool) -> type[T]:
    own = vars(cls)
    cls.__doc__ = cls.__doc__ or cls.__name__  # else `dataclass` writes one, from a signature that it works out
    made = dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
    methods: dict[str, Callable[..., Any]] = {
        "__init__": _first_init(made),
        "__setattr__": _unchangeable,
        "__delattr__": _unchangeable,
    }
    if made.__repr__ is object.__repr__:
        methods["__repr__"] = _repr
    if eq:
        methods |= _comparing(made, ordered=order)
    if slots:
        methods |= {"__getstate__": _state, "__setstate__": _restore}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _unchangeable(self: object, name: str, *value: object) -> NoReturn:
    del self, value
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _repr(self: Any) -> str:
    shown = (f"{spec.name}={getattr(self, spec.name)!r}" for spec in fields(self) if spec.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _comparing(cls: Any, *, ordered: bool) -> dict[str, Callable[..., Any]]:
    names = [spec.name for spec in fields(cls) if spec.compare]
    values: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def same(self: object, other: object) -> bool:
        return values(self) == values(other) if type(self) is type(other) else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    def by(relation: Callable[[Any, Any], bool]) -> Callable[[object, object], bool]:
        return lambda self, other: (
            relation(values(self), values(other)) if type(self) is type(other) else NotImplemented
        )

    relations = {"__lt__": by(lt), "__le__": by(le), "__gt__": by(gt), "__ge__": by(ge)} if ordered else {}
    return {"__eq__": same, "__hash__": hashed, **relations}


def _state(self: Any) -> list[Any]:
    return [getattr(self, spec.name) for spec in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for spec, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, spec.name, value)


def _first_init(cls: Any) -> Callable[..., None]:
    """The `__init__` of the first instance, which puts the one that it writes in its own place."""

    def first(self: object, /, *args: object, **named: object) -> None:
        init = _init(cls)
        cls.__init__ = init
        init(self, *args, **named)

    return first


def _init(cls: Any) -> Callable[..., None]:
    """Writes `__init__` as `dataclasses` does, but that a slot is set by its own descriptor, which is faster."""
    scope: dict[str, Any] = {"_put": object.__setattr__, "_missing": MISSING}
    specs = fields(cls)
    by_place = [_parameter(spec, scope) for spec in specs if spec.init and not spec.kw_only]
    by_name = [_parameter(spec, scope) for spec in specs if spec.init and spec.kw_only]
    taken = ", ".join(["self", *by_place, *(["*", *by_name] if by_name else [])])
    body = [_setting(cls, spec, scope) for spec in specs if spec.init]
    exec(f"def __init__({taken}):\n " + "\n ".join(body or ["pass"]), scope)  # noqa: S102  the fields' own names
    init: Callable[..., None] = scope["__init__"]
    return init


class Maker(Generic[T]):
    """Makes instances of a frozen class with slots; all arguments by name, and none may lack that has no default.

    The first ones are put together field by field, which needs no compiling: a small project has a few of each class.
    For the others a function is compiled that takes half the time of `__init__`. It sets the fields of a twin, a class
    that lets itself be changed, by plain assignment, and then makes that one of the class itself.
    """

    __slots__ = ("_cls", "_defaults", "_few", "_made", "_puts", "make")

    def __init__(self, cls: type[T]) -> None:
        specs = fields(cast("Any", cls))
        self.make: Callable[..., T] = self._one_of_few
        self._cls = cls
        self._few = FEW
        self._defaults = {spec.name: spec.default for spec in specs}
        self._made = {spec.name: spec.default_factory for spec in specs if spec.default_factory is not MISSING}
        self._puts = [getattr(cls, spec.name).__set__ for spec in specs]

    def _one_of_few(self, **values: Any) -> T:
        self._few -= 1
        if not self._few:
            self.make = _function(self._cls)
        for name, make in self._made.items():
            values.setdefault(name, make())
        made = object.__new__(self._cls)
        for put, value in zip(self._puts, {**self._defaults, **values}.values(), strict=True):
            put(made, value)
        return made


def _function(cls: Any) -> Callable[..., Any]:
    twin = type(cls.__name__, (cls,), {"__slots__": (), "__setattr__": object.__setattr__})
    scope: dict[str, Any] = {"_missing": MISSING, "_new": object.__new__, "_twin": twin, "_cls": cls}
    specs = fields(cls)
    taken = ", ".join(_parameter(spec, scope) for spec in specs)
    body = [f"self.{spec.name} = {_value(spec, scope)}" for spec in specs]
    lines = ["self = _new(_twin)", *body, "self.__class__ = _cls", "return self"]
    exec(f"def make(*, {taken}):\n " + "\n ".join(lines), scope)  # noqa: S102  the fields' own names
    make: Callable[..., Any] = scope["make"]
    return make


def _parameter(spec: Field[Any], scope: dict[str, Any]) -> str:
    if spec.default is MISSING and spec.default_factory is MISSING:
        return spec.name
    scope[f"_default_{spec.name}"] = spec.default
    return f"{spec.name}=_default_{spec.name}"


def _setting(cls: Any, spec: Field[Any], scope: dict[str, Any]) -> str:
    value = _value(spec, scope)
    slot = getattr(cls, spec.name, None)
    if not isinstance(slot, MemberDescriptorType):
        return f"_put(self, {spec.name!r}, {value})"
    scope[f"_set_{spec.name}"] = slot.__set__
    return f"_set_{spec.name}(self, {value})"


def _value(spec: Field[Any], scope: dict[str, Any]) -> str:
    if spec.default_factory is MISSING:
        return spec.name
    scope[f"_make_{spec.name}"] = spec.default_factory
    return f"_make_{spec.name}() if {spec.name} is _missing else {spec.name}"
