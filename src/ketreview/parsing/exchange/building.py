"""The fields that a record states, each with its place, as an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ketreview.appraisal.identifiers import is_doi, plain_doi
from ketreview.diagnostics import Code, Diagnostic, Severity, fault
from ketreview.model.imported import Imported, ImportedEntry, Unmapped
from ketreview.parsing.exchange.dates import iso_date
from ketreview.parsing.exchange.values import address, latex, pages, plain
from ketreview.patterns import regex
from ketreview.source import Source, Span

UNREAD_RECORD = Code(
    "import",
    "unread-record",
    Severity.ERROR,
    "A record of a file that another program wrote cannot be read, or lacks what an entry needs.",
)
MAX_FAULTS = 1000
MAX_RECORDS = 50_000
NAMES = ("author", "editor")
_FIRST_IS_ENOUGH = {"issn", "journaltitle"}
"""A journal has an ISSN for print and one for screens, and a name in full and one made short."""
ORDER = (
    "author", "editor", "title", "journaltitle", "booktitle", "series", "type", "institution", "edition", "date",
    "volume", "number", "pages", "publisher", "location", "language", "isbn", "issn", "doi", "pmid", "pmcid", "url",
    "urldate", "abstract", "keywords",
)  # fmt: skip
"""The fields that records are read to, in the order of an entry."""
_PMCID = regex(r"(?:PMC)?(\d{1,9})", re.ASCII | re.IGNORECASE)
_NUMBER = regex(r"\d{1,8}", re.ASCII)


class Item(NamedTuple):
    """A field that a record states: BibLaTeX's name of it, the record's own, its text, and where it stands.

    A field without a BibLaTeX name cannot be mapped. The text of a person is a name of BibTeX already.
    """

    field: str
    own: str
    text: str
    span: Span


def dated(field: str, own: str, text: str, span: Span) -> Iterator[Item]:
    """A date as a field; where it says more than a date can, that is not mapped."""
    read = iso_date(text)
    if read.date:
        yield Item(field, own, read.date, span)
    if not read.whole:
        yield Item("", own, text, span)


def imported(source: Source, found: list[Diagnostic], made: Iterable[ImportedEntry | Diagnostic]) -> Imported:
    """What a file holds; after a thousand faults, or more records than a search gives, nothing more is read."""
    entries: list[ImportedEntry] = []
    for one in made:
        if isinstance(one, ImportedEntry):
            if len(entries) == MAX_RECORDS:
                more = f"more than {MAX_RECORDS:,} records; those from here on are not read: part the file"
                found.append(faulty(one.where, more))
                break
            entries.append(one)
        else:
            found.append(one)
        if len(found) >= MAX_FAULTS:
            found.append(faulty(found[-1].span, f"{MAX_FAULTS} faults; the rest of the file is not read"))
            break
    return Imported(source, tuple(entries), tuple(found))


def faulty(span: Span, message: str) -> Diagnostic:
    """A fault of a record."""
    return fault(UNREAD_RECORD, span, message)


def entry(
    kind: str, items: Iterable[Item], where: Span, *, key: str = "", lost: Iterable[Unmapped] = ()
) -> ImportedEntry | Diagnostic:
    """The entry of what a record states, or why there is none.

    A field that is stated twice keeps the first text, and another one is not mapped.
    """
    values: dict[str, list[str]] = {}
    unmapped = list(lost)
    for item in items:
        value = _value(item)
        held = values.setdefault(item.field, []) if value else []
        if value and (not held or item.field in {*NAMES, "keywords"}):
            held.append(value)
        elif plain(item.text) and value not in held and item.field not in _FIRST_IS_ENOUGH:
            unmapped.append(Unmapped(item.own, plain(item.text), item.span))
    joined = {name: (" and " if name in NAMES else ", ").join(held) for name, held in values.items() if held}
    if "title" not in joined:
        return faulty(where, "the record has no title, and is left out")
    fields = tuple((name, joined[name]) for name in ORDER if name in joined)
    return ImportedEntry(kind, fields, key, where, tuple(unmapped))


def _value(item: Item) -> str:
    """The text as the value of its field; empty if it is none."""
    if not item.field or item.field in NAMES:
        return item.text if item.field else ""
    return _WRITERS.get(item.field, latex)(item.text)


def _doi(text: str) -> str:
    doi = plain_doi(plain(text))
    return doi if is_doi(doi) and "\\" not in doi else ""


def _pmid(text: str) -> str:
    return plain(text) if _NUMBER.fullmatch(plain(text)) else ""


def _pmcid(text: str) -> str:
    found = _PMCID.fullmatch(plain(text))
    return f"PMC{found[1]}" if found else ""


_WRITERS = {"doi": _doi, "pmid": _pmid, "pmcid": _pmcid, "url": address, "pages": pages}
