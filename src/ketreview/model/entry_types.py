"""What the data model says of a type or a field: whether it is known, and what an entry of it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import chain

from ketreview.model import data_model as data
from ketreview.model.data_model import EntryType

Group = tuple[str, ...]
"""Fields of which one is needed, in the order of a dialect's own list."""

DIALECTS: Mapping[str, Mapping[str, EntryType]] = {"bibtex": data.BIBTEX, "biblatex": data.BIBLATEX}

CONTROL_TYPES = frozenset(data.CONTROL_TYPES.split())
"""The types whose entries are no works, but settings of a style."""
KNOWN_TYPES = CONTROL_TYPES | {*data.BIBTEX, *data.BIBLATEX, *data.TYPE_ALIASES, *data.OTHER_TYPES.split()}
"""The types of either dialect, and those that styles and programs add."""


@cache
def known_fields() -> frozenset[str]:
    """The fields of either dialect, and those that programs write."""
    lists = (*data.DATA_TYPES.values(), *(" ".join(kind).replace("|", " ") for kind in data.BIBTEX.values()))
    return frozenset(chain(data.FIELD_ALIASES, data.OTHER_FIELDS.split(), *(names.split() for names in lists)))


@cache
def required(kind: str, dialect: str) -> tuple[Group, ...] | None:
    """The fields that a dialect asks of a type, by its own names; None if it does not know the type."""
    types = DIALECTS[dialect]
    own = types.get(kind) or types.get(data.TYPE_ALIASES.get(kind, ""))
    if own is None:
        return None
    groups = (tuple(group.split("|")) for group in own.required.split())
    implied = data.IMPLIED.get(kind) if kind not in types else None
    return tuple(group for group in groups if group != (implied,))


def missing(kind: str, names: Collection[str], dialect: str = "") -> tuple[Group, ...]:
    """The fields that an entry of a type lacks, each with what may stand for it; `names` are those that it has.

    Without a dialect, a field is missing only if each one that knows the type asks for it.
    """
    lacks = []
    for name in (dialect,) if dialect else DIALECTS:
        wanted = _accepted(kind, name)
        if wanted is None:
            continue
        lacking = [group for group, accepted in wanted if accepted.isdisjoint(names)]
        if not lacking:
            return ()  # nearly every entry ends here
        lacks.append(lacking)
    return tuple(_lacked_by_all(lacks))


@cache
def relevant_fields(kind: str) -> frozenset[str]:
    """Every name that `missing` looks for in an entry of a type."""
    asked = (_accepted(kind, dialect) or () for dialect in DIALECTS)
    return frozenset(name for groups in asked for _, accepted in groups for name in accepted)


def _lacked_by_all(lacks: list[list[Group]]) -> Iterator[Group]:
    for group in lacks[0] if lacks else ():
        own = _names_of(group)
        others = [next((other for other in lacking if own & _names_of(other)), None) for lacking in lacks[1:]]
        found = [other for other in others if other is not None]
        if len(found) == len(others):
            yield tuple(dict.fromkeys(chain(group, *found)))


@cache
def _accepted(kind: str, dialect: str) -> tuple[tuple[Group, frozenset[str]], ...] | None:
    """What a dialect asks of a type, with every name that meets it."""
    groups = required(kind, dialect)
    return None if groups is None else tuple((group, _names_of(group) | _substitutes(group)) for group in groups)


@cache
def _names_of(group: Group) -> frozenset[str]:
    """Fields under all their names."""
    own = {_own_name(name) for name in group}
    aliases = {alias for alias in (*data.FIELD_ALIASES, "year") if _own_name(alias) in own}
    return frozenset(own | aliases)


def _substitutes(group: Group) -> frozenset[str]:
    return frozenset(chain.from_iterable(data.SUBSTITUTES.get(_own_name(name), "").split() for name in group))


def _own_name(name: str) -> str:
    """BibLaTeX's name of a field; `year` counts as `date`."""
    return "date" if name == "year" else data.FIELD_ALIASES.get(name, name)


@cache
def misfits(kind: str) -> Mapping[str, Group]:
    """The fields that say that an entry is of another type, with the types that have them."""
    found = data.MISFITS.get(kind) or data.MISFITS.get(data.TYPE_ALIASES.get(kind, ""), {})
    return {name: tuple(types.split()) for name, types in found.items()}


@cache
def inherited_names(name: str) -> frozenset[str]:
    """What a child may call a field of its parent."""
    return frozenset((name, *data.INHERITED.get(name, "").split()))
