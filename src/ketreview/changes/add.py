"""Entries put into a store file where its order has them and as it writes them; every other byte stays."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from ketreview.changes.dialect import dialect_of
from ketreview.changes.keys import TakenKeys, key_style
from ketreview.changes.manner import manner_of
from ketreview.edits import Edit, edited
from ketreview.frozen import frozen
from ketreview.linking.works import Works, doi_of, pmid_of, title_of
from ketreview.model.entry import Entry
from ketreview.model.imported import ImportedEntry
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.bibtex import parse_bib
from ketreview.patterns import regex
from ketreview.reports.staging import Placement, placement
from ketreview.source import Span

_NEIGHBOURS = 10
_MOST_ALIKE = 20
_LINE_END = regex(r"[ \t,]*(?:%[^\r\n]*)?(?:\r\n|\n|\r|\Z)")
_COMMENT_ABOVE = regex(r"[ \t]*%")


class CannotAddError(Exception):
    """Entries that cannot be put into a store file; the message says why, and nothing was written."""


@frozen
class Addition:
    """What becomes of one record.

    `key` is the key it gets or has, `place` where the store has its work, and `left_out` the fields that no entry of
    its type has there. `within` is set where the same files have the work a second time.
    """

    record: ImportedEntry
    key: str
    place: Placement
    left_out: tuple[str, ...] = ()
    within: bool = False

    @property
    def is_new(self) -> bool:
        """Whether it is to be put into the store."""
        return self.place.state == "absent"


class New(NamedTuple):
    """An entry to be written; `verbatim` is its text where it is to stand as it is."""

    key: str
    type: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    verbatim: str = ""


@frozen
class Plan:
    """What is to be added to a store file: each record with what becomes of it, and the edits."""

    additions: tuple[Addition, ...]
    edits: tuple[Edit, ...]


def planned(records: Iterable[ImportedEntry], store: BibFile, works: Works, waiting: Iterable[str] = ()) -> Plan:
    """What adding records to a file of the store does; `works` are those of the whole store.

    Keys are proposed so that none is used twice, nor one of `waiting`: keys that are cited or staged for other works.

    Raises:
        CannotAddError: the file cannot be added to without changing what it says.
    """
    entries = store.entries or works.entries
    dialect = dialect_of(entries)
    taken = TakenKeys({*(entry.key for entry in works.entries), *waiting}, key_style(entry.key for entry in entries))
    additions, new = [], []
    for addition in _judged(records, works, taken):
        if not addition.is_new:
            additions.append(addition)
        elif addition.record.verbatim:
            additions.append(addition)
            new.append(New(addition.key, verbatim=addition.record.verbatim))
        else:
            adapted = dialect.adapted(addition.record)
            additions.append(replace(addition, left_out=adapted.left_out))
            new.append(New(addition.key, adapted.type, adapted.fields))
    return Plan(tuple(additions), _insertions(store, new))


def _judged(records: Iterable[ImportedEntry], works: Works, taken: TakenKeys) -> Iterator[Addition]:
    """Each record with its key and its place in the store, or among the records before it."""
    before: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for record in records:
        own_key = record.suggested_key if record.is_bibtex else ""  # of another program's key nothing follows
        entry = record.as_entry(own_key)
        place, within = placement(entry, works), False
        if place.state == "absent":
            earlier = [other for name in _names(entry) for other in before.get(name, ())]
            place = placement(entry, Works(tuple(earlier)))
            within = place.state != "absent"
        if place.state == "under another key" and not own_key:
            place = place._replace(state="merged")
        key = own_key or (place.other.key if place.other else "")
        if place.state == "absent":
            key = record.suggested_key if record.is_bibtex else taken.proposed(record)
            taken.add(key)
            added = record.as_entry(key)
            for name in _names(added):
                before[name] = [*before[name][:_MOST_ALIKE], added]
        yield Addition(record, key, place, (), within)


def _names(entry: Entry) -> list[tuple[str, str]]:
    """What names an entry's work, and its key."""
    names = {"doi": doi_of(entry), "pmid": pmid_of(entry), "title": title_of(entry), "key": entry.key.casefold()}
    return [(kind, name) for kind, name in names.items() if name]


def _insertions(store: BibFile, entries: Sequence[New]) -> tuple[Edit, ...]:
    """The edits that put entries into a store file: in the order of its keys if it has one, else at its end.

    Raises:
        CannotAddError: the file would not hold then what it holds now, and the new entries.
    """
    newline = store.source.newline
    order = _order(store.entries)
    places: defaultdict[int, list[New]] = defaultdict(list)
    keys = [order(entry.key) for entry in store.entries] if order else []
    for entry in sorted(entries, key=lambda new: order(new.key)) if order else entries:
        places[bisect_right(keys, order(entry.key)) if order else len(store.entries)].append(entry)
    edits = []
    for index, group in places.items():
        near = store.entries[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS]
        manner = manner_of(near, newline)
        written = [
            re.sub(r"\r\n|\n|\r", newline, new.verbatim)
            if new.verbatim
            else manner.written(new.type, new.key, new.fields)
            for new in group
        ]
        edits.append(_insertion(store, index, written, newline))
    _require_kept(store, edits, [entry.key for entry in entries])
    return tuple(edits)


def _order(entries: Sequence[Entry]) -> Callable[[str], str] | None:
    """What sorts the keys as the file has them; None where they are in no order."""
    keys = [entry.key for entry in entries]
    orders: tuple[Callable[[str], str], ...] = (str.casefold, str)
    found = (order for order in orders if all(order(one) <= order(two) for one, two in pairwise(keys)))
    return next(found, None) if len(keys) > 1 else None


def _insertion(store: BibFile, index: int, written: Sequence[str], newline: str) -> Edit:
    """Entries before the one at `index`, behind the line on which the one before it ends."""
    text, entries = store.source.text, store.entries
    gap = _gap(store, newline)
    block = gap.join(written)
    if not entries:
        begun = "" if not text or text.endswith(("\n", "\r")) else newline
        return Edit(Span(store.source, len(text), len(text)), begun + block + newline)
    if index == 0:
        start = _with_comment(text, entries[0].start)
        return Edit(Span(store.source, start, start), block + gap)
    end = entries[index - 1].end
    line = _LINE_END.match(text, end)
    at = line.end() if line else end
    if not line or not text[end:at].endswith(("\n", "\r")):  # the end of the file, or something else on the line
        return Edit(Span(store.source, at, at), gap + block + (newline if line else gap))
    lead = gap.removeprefix(newline)
    return Edit(Span(store.source, at, at), lead + block + newline)


def _gap(store: BibFile, newline: str) -> str:
    """What stands between most entries of the file."""
    text = store.source.text
    gaps = Counter(
        gap.count("\n")
        for one, two in pairwise(store.entries)
        if not (gap := text[one.end : two.start]).strip(", \t\r\n") and "\n" in gap
    )
    return newline * (gaps.most_common(1)[0][0] if gaps else 2)


def _with_comment(text: str, start: int) -> int:
    """Where an entry begins with the comments that stand right above it."""
    start = text.rfind("\n", 0, start) + 1
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not _COMMENT_ABOVE.match(text, above, start):
            break
        start = above
    return start


def _require_kept(store: BibFile, edits: Sequence[Edit], keys: Sequence[str]) -> None:
    """Reads the file as it would be: what it held is there unchanged, and the new entries are."""
    path = store.source.path
    after = parse_bib(path, edited(store.source, edits).encode("utf-8", "replace"))
    old = Counter((entry.key, entry.span.text) for entry in store.entries)
    new = Counter((entry.key, entry.span.text) for entry in after.entries)
    more = sorted(key for key, _ in (new - old).elements())
    if old - new or more != sorted(keys) or len(after.diagnostics) > len(store.diagnostics):
        raise CannotAddError(f"{path} has faults that would take in what is added; `ketreview check {path}` shows them")
