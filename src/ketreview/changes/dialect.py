"""BibLaTeX's names of types and fields, as a store calls them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from ketreview.frozen import frozen
from ketreview.model.entry import Entry
from ketreview.model.imported import ImportedEntry

_CLASSIC_FIELDS = {"journaltitle": "journal", "location": "address"}
_CLASSIC_TYPES = {
    "report": "techreport", "online": "misc", "dataset": "misc", "software": "misc", "patent": "misc",
    "collection": "book",
}  # fmt: skip
_OPTIONAL = frozenset({"abstract", "keywords", "issn", "language", "urldate", "pmcid"})
"""What many stores never have; it is written only where an entry of that type has it."""
_OF_BOOKS = frozenset({"publisher", "location", "address"})
_ISO_MONTH = slice(5, 7)


@frozen
class Adapted:
    """An entry in a store's own words. `left_out` are fields that no entry of its type in the store has."""

    type: str
    fields: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]


@frozen
class Dialect:
    """The types and fields of a store, how often each is used, and which fields each type has."""

    types: Counter[str]
    fields: Counter[str]
    fields_of: Mapping[str, frozenset[str]]

    def adapted(self, entry: ImportedEntry) -> Adapted:
        """An entry with the names that the store uses: BibTeX's own unless it uses BibLaTeX's more."""
        if entry.is_bibtex:
            return Adapted(entry.type, entry.fields, ())
        kind = self._type(entry)
        usual = self.fields_of.get(kind) or frozenset(self.fields)
        optional = _OPTIONAL | (_OF_BOOKS if kind == "article" else frozenset())
        unusual = optional - usual if usual else frozenset()
        named = [(name, value) for field, text in entry.fields for name, value in self._field(entry, field, text)]
        kept = tuple((name, value) for name, value in named if name not in unusual)
        return Adapted(kind, kept, tuple(name for name, _ in named if name in unusual))

    def _field(self, entry: ImportedEntry, name: str, value: str) -> list[tuple[str, str]]:
        if name == "date" and self.fields["date"] <= self.fields["year"]:
            month = value[_ISO_MONTH].lstrip("0")
            wanted = month and 2 * self.fields["month"] > self.fields["year"]
            return [("year", value[:4]), *([("month", month)] if wanted else [])]
        if name == "institution" and entry.type == "thesis" and self._type(entry) != "thesis":
            return [("school", value)]
        classic = _CLASSIC_FIELDS.get(name)
        return [(classic if classic and self.fields[name] <= self.fields[classic] else name, value)]

    def _type(self, entry: ImportedEntry) -> str:
        if self.types[entry.type] or self.fields["journaltitle"]:
            return entry.type
        if entry.type == "thesis":
            words = dict(entry.fields).get("type", "").casefold()
            if "master" in words:
                return "mastersthesis"
            return "phdthesis" if "doctor" in words or "phd" in words else "thesis"
        return _CLASSIC_TYPES.get(entry.type, entry.type)


def dialect_of(entries: Sequence[Entry]) -> Dialect:
    """The dialect of a store."""
    fields_of: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        fields_of[entry.type].update(field.name for field in entry.fields)
    return Dialect(
        Counter(entry.type for entry in entries),
        Counter(field.name for entry in entries for field in entry.fields),
        {kind: frozenset(names) for kind, names in fields_of.items()},
    )
