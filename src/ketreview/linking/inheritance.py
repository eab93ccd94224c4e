"""What an entry has from others: its parent, and entries that only hold data."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.linking.corpus import Corpus
from ketreview.model.entry import Entry
from ketreview.model.entry_types import inherited_names
from ketreview.patterns import regex

INHERITING = ("crossref", "xdata")
"""The fields that name what an entry inherits from."""
_MOST = 100
"""How many entries one may inherit from; no store has as many, but one may be made so."""
_SEPARATOR = regex(r"\s*,\s*")


def keys_in(value: str) -> Iterator[str]:
    """The keys that a value lists."""
    return (key for key in _SEPARATOR.split(" ".join(value.split())) if key)


def target(key: str, entry: Entry, corpus: Corpus) -> Entry | None:
    """The entry that `entry` names by `key`, in its own store."""
    found = corpus.entries_with(key) or corpus.store.aliases.get(key, ())
    return next((other for other in found if corpus.one_store(entry, other)), None)


def inherited(entry: Entry, corpus: Corpus) -> frozenset[str] | None:
    """The names of the fields that an entry has from others, and those that a child gives to its parent's fields.

    None where one of those others is not in the store, or where they are more than anybody writes.
    """
    names: set[str] = set()
    met = {entry.key}
    waiting = [entry]
    while waiting:
        child = waiting.pop()
        for key in (key for name in INHERITING for key in keys_in(child.get(name))):
            parent = target(key, child, corpus)
            if parent is None or len(met) > _MOST:
                return None
            for field in parent.fields:
                if not field.is_empty:
                    names |= inherited_names(field.name)
            if parent.key not in met:
                met.add(parent.key)
                waiting.append(parent)
    return frozenset(names)
