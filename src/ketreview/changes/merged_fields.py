"""The fields of entries that become one: what is added, and what differs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ketreview.appraisal.field_values import canonical_name, same_value
from ketreview.changes.change import Conflict
from ketreview.changes.key_places import NAMING_FIELDS, named_keys
from ketreview.edits import Edit
from ketreview.model.entry import Entry, Field
from ketreview.model.entry_layout import added
from ketreview.parsing.bibtex_values import MONTHS
from ketreview.patterns import regex

_DELIMITED = regex(r"\{.*\}|\"[^\"]*\"|[0-9]+", re.DOTALL)


@dataclass(slots=True)
class _Held:
    """A field of the entry to be: who it is from, and where it stands in the entry that stays (None: it is added)."""

    name: str
    value: str
    raw: str
    key: str
    own: Field | None


@dataclass(slots=True)
class Merged:
    """An entry that stays, with what others bring. `take` says whose value a field is to have, `gone` which keys go."""

    keep: Entry
    gone: Collection[str]
    take: Mapping[str, str]
    conflicts: list[Conflict] = field(default_factory=list)
    _held: dict[str, _Held] = field(default_factory=dict)
    _replaced: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        text = self.keep.source.text
        for own in self.keep.fields:
            raw = text[own.value_start : own.value_end]
            self._held.setdefault(canonical_name(own.name), _Held(own.name, own.value, raw, self.keep.key, own))

    def bring(self, other: Entry) -> None:
        """Takes the fields of another entry into account."""
        for theirs in other.fields:
            name = canonical_name(theirs.name)
            if name in NAMING_FIELDS and any(
                span.text == self.keep.key or span.text in self.gone for span in named_keys(other, theirs)
            ):
                continue  # it would name itself
            brought = _Held(theirs.name, theirs.value, self._raw(other, theirs), other.key, None)
            held = self._held.get(name)
            if not theirs.value.strip():
                continue
            if held is None:
                self._held[name] = brought
            elif not held.value.strip():
                self._replace(name, held, brought)
            elif not same_value(held.name, held.value, brought.value):
                self._decide(name, held, brought)

    def edits(self) -> Iterator[Edit]:
        """The edits of the entry that stays."""
        new = [(held.name, held.raw) for held in self._held.values() if held.own is None]
        yield from added(self.keep, new)
        for name in sorted(self._replaced):
            held = self._held[name]
            if held.own is not None:
                yield Edit(self.keep.value_span(held.own), held.raw)
                if held.name != held.own.name:
                    yield Edit(self.keep.name_span(held.own), held.name)

    def _decide(self, name: str, held: _Held, brought: _Held) -> None:
        wanted = next((self.take[word] for word in (name, held.name, brought.name) if word in self.take), "")
        if wanted == brought.key:
            self.conflicts.append(_conflict(brought, held, decided=True))
            self._replace(name, held, brought)
        else:
            self.conflicts.append(_conflict(held, brought, decided=bool(wanted)))

    def _replace(self, name: str, held: _Held, brought: _Held) -> None:
        self._held[name] = _Held(brought.name, brought.value, brought.raw, brought.key, held.own)
        self._replaced.add(name)

    def _raw(self, other: Entry, theirs: Field) -> str:
        """A value as it is written; one with abbreviations that another file may not have, written out."""
        raw = other.source.text[theirs.value_start : theirs.value_end]
        if other.source is self.keep.source or _DELIMITED.fullmatch(raw) or raw.lower() in MONTHS:
            return raw
        return f"{{{theirs.value}}}"


def unknown_choices(conflicts: Sequence[Conflict], take: Mapping[str, str]) -> list[str]:
    """The fields of `take` that no conflict is about."""
    fields = {canonical_name(conflict.field) for conflict in conflicts}
    return [name for name in take if canonical_name(name) not in fields]


def _conflict(kept: _Held, other: _Held, *, decided: bool) -> Conflict:
    return Conflict(kept.name, kept.value, kept.key, other.value, other.key, decided)
