"""MEDLINE's display format, which PubMed exports as `.nbib` (NLM, "MEDLINE/PubMed Data Element (Field) Descriptions").

nbib reads the fields of an article. It leaves out what books have, and one unusual line costs it the whole file, so it
is given one record at a time, and of it the lines that are used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from ketreview.diagnostics import Diagnostic
from ketreview.model.imported import Imported, ImportedEntry
from ketreview.parsing.exchange.building import Item, dated, entry, faulty, imported
from ketreview.parsing.exchange.tagged import Tag, TaggedRecord, parted_records
from ketreview.parsing.exchange.values import abbreviated_name, inverted_name, whole_name
from ketreview.parsing.text import decode_text
from ketreview.patterns import regex
from ketreview.source import Span

_TAG = regex(r"(?=[A-Z]{2,4} {0,2}- |[A-Z]{2,4} {0,2}-[\r\n])(?=.{4}-)([A-Z]{2,4}) *- ?")
_READ_BY_LIBRARY = {
    "TI": ("title", "title"), "JT": ("journal", "journaltitle"), "TA": ("journal_abbreviated", "journaltitle"),
    "VI": ("journal_volume", "volume"), "IP": ("journal_issue", "number"), "PG": ("pages", "pages"),
    "DP": ("publication_date", "date"), "LA": ("language", "language"), "AB": ("abstract", "abstract"),
}  # fmt: skip
"""Tags that a record has once: nbib's name, and the field."""
_TAKEN = {
    "BTI": "booktitle",
    "PB": "publisher",
    "PL": "location",
    "EN": "edition",
    "OT": "keywords",
    "CTI": "series",
    "PMID": "pmid",
    "PMC": "pmcid",
    "ISBN": "isbn",
}
_BOOK_ONLY = {"PL"}
_PEOPLE: dict[str, tuple[str, Callable[[str], str]]] = {
    "FAU": ("author", inverted_name), "AU": ("author", abbreviated_name), "CN": ("author", whole_name),
    "FED": ("editor", inverted_name),
}  # fmt: skip
_MARKED = regex(r"(.*) \[(doi|pii|bookaccession)\]", re.DOTALL)
_SERIAL = regex(r"(\d{4}-\d{3}[\dX]) \((Electronic|Print|Linking)\)")
_SILENT = {
    "AD", "AUID", "CI", "COI", "COIS", "CRDT", "CTDT", "DA", "DCOM", "DEP", "EDAT", "GR", "IR", "FIR", "IRAD", "JID",
    "ED", "LR", "MID", "MH", "MHDA", "OTO", "OWN", "PHST", "PMCR", "PST", "RF", "RN", "SB", "SO", "STAT", "TT", "GS",
    "NM", "OCI", "OAB", "OABL", "DRDT",
}  # fmt: skip
"""Of the database's own work, of people's addresses and money, or said by another tag."""
_TOLD = {"Retracted Publication", "Retraction of Publication", "Preprint", "Expression of Concern"}
"""Types of publication that somebody who adds the entry has to see."""
_ARTICLE, _BOOK, _CHAPTER = "article", "book", "incollection"


def parse(path: str, data: bytes) -> Imported:
    """Reads a MEDLINE file. Never raises for what is in it.

    Raises:
        ModuleNotFoundError: nbib is not installed.
    """
    import nbib  # noqa: F401, PLC0415  of the extra `import`; missed here rather than in each record

    source, found = decode_text(path, data)
    read = parted_records(source, _TAG, "PMID")
    if not read:
        found.append(faulty(Span(source, 0, 0), "there is no record in it: no line begins as `PMID- ` does"))
    return imported(source, found, map(_entry, read))


def _entry(record: TaggedRecord) -> ImportedEntry | Diagnostic:
    if not {"PMID", "PMC"} & {tag.name for tag in record.tags}:
        return faulty(record.span, "the record has neither `PMID` nor `PMC`, and is left out")
    kind = _kind(record)
    try:
        read = _by_library(record)
    except Exception as error:  # whatever the library raises for a record is the record's fault
        return faulty(record.span, f"the record cannot be read: {type(error).__name__}")
    return entry(kind, list(_items(record, kind, read)), record.span)


def _kind(record: TaggedRecord) -> str:
    tags = {tag.name for tag in record.tags if tag.text}
    if "BTI" in tags:
        return _CHAPTER if "TI" in tags else _BOOK
    return _ARTICLE


def _items(record: TaggedRecord, kind: str, read: dict[str, Any]) -> Iterator[Item]:
    full = {"JT", "FAU"} & {tag.name for tag in record.tags if tag.text}
    for tag in record.tags:
        if not tag.text or tag.name in _SILENT or (tag.name == "AU" and "FAU" in full):
            continue
        if tag.name == "TA" and ("JT" in full or kind != _ARTICLE):
            continue
        if tag.name in _READ_BY_LIBRARY:
            own, field = _READ_BY_LIBRARY[tag.name]
            yield from _once(field, tag, str(read.pop(own, tag.text)), kind)
        else:
            yield from _other(tag, kind)


def _by_library(record: TaggedRecord) -> dict[str, Any]:
    """What nbib makes of the tags that a record has once."""
    import nbib  # noqa: PLC0415  an extra

    lines = [f"{name:<4}- {text}\n" for name, text in record.lines() if name in _READ_BY_LIBRARY and text]
    read: list[dict[str, Any]] = nbib.read("".join(lines))
    return read[0] if read else {}


def _once(field: str, tag: Tag, text: str, kind: str) -> Iterator[Item]:
    if field == "date":
        yield from dated(field, tag.name, text, tag.span)
    elif field == "title" or (field == "journaltitle" and kind != _ARTICLE):
        yield Item(field if field == "title" else "", tag.name, text.removesuffix("."), tag.span)
    else:
        yield Item(field, tag.name, text, tag.span)


def _other(tag: Tag, kind: str) -> Iterator[Item]:
    """What nbib leaves out, or reads so that several of one tag become one."""
    if tag.name in _PEOPLE:
        field, read = _PEOPLE[tag.name]
        yield Item(field, tag.name, read(tag.text), tag.span)
    elif tag.name in {"AID", "LID"}:
        marked = _MARKED.fullmatch(tag.text)
        if marked is None or marked[2] == "doi":
            yield Item("doi", tag.name, marked[1] if marked else tag.text, tag.span)
    elif tag.name == "IS":
        serial = _SERIAL.fullmatch(tag.text)
        if serial is None or serial[2] != "Linking":
            yield Item("issn", tag.name, serial[1] if serial else tag.text, tag.span)
    elif tag.name == "PT":
        if tag.text in _TOLD:
            yield Item("", tag.name, tag.text, tag.span)
    elif tag.name == "BTI" and kind == _BOOK:
        yield Item("title", tag.name, tag.text.removesuffix("."), tag.span)
    elif tag.name not in _BOOK_ONLY or kind != _ARTICLE:
        yield Item(_TAKEN.get(tag.name, ""), tag.name, tag.text, tag.span)
