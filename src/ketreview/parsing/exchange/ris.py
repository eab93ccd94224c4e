"""RIS, as reference managers and publishers export it (Research Information Systems' specification, 2011).

rispy reads each record and names what its tags mean; what that is to an entry is decided here. Several tags mean one
thing (`T1` and `TI`, `PY` and `Y1`), and the first that has a text counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ketreview.diagnostics import Diagnostic, shown
from ketreview.model.imported import Imported, ImportedEntry
from ketreview.parsing.exchange.building import Item, dated, entry, faulty, imported
from ketreview.parsing.exchange.tagged import Tag, TaggedRecord, closed_records
from ketreview.parsing.exchange.values import inverted_name
from ketreview.parsing.text import decode_text
from ketreview.patterns import regex
from ketreview.source import Span

_TAG = regex(r"([A-Z][A-Z0-9])  -(?: |(?=[\r\n])|\Z)")
_TYPES = {
    **dict.fromkeys(("JOUR", "JFULL", "EJOUR", "INPR", "MGZN", "NEWS", "ABST"), "article"),
    **dict.fromkeys(("BOOK", "EBOOK"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP"), "incollection"),
    **dict.fromkeys(("CONF", "CPAPER"), "inproceedings"),
    **dict.fromkeys(("ELEC", "WEB", "BLOG"), "online"),
    "EDBOOK": "collection", "THES": "thesis", "RPRT": "report", "DATA": "dataset", "COMP": "software",
    "UNPB": "unpublished", "PAT": "patent", "GEN": "misc",
}  # fmt: skip
_FIELDS = {
    "title": "title", "primary_title": "title", "authors": "author", "first_authors": "author", "year": "date",
    "publication_year": "date", "date": "date", "volume": "volume", "number": "number", "doi": "doi", "urls": "url",
    "publisher": "publisher", "place_published": "location", "edition": "edition", "language": "language",
    "abstract": "abstract", "notes_abstract": "abstract", "keywords": "keywords", "access_date": "urldate",
}  # fmt: skip
"""rispy's names of what means the same in every type of record."""
_JOURNAL = ("alternate_title3", "journal_name", "secondary_title", "alternate_title2", "alternate_title1")
_CONTAINERS = {"article": "journaltitle", "incollection": "booktitle", "inproceedings": "booktitle"}
_EDITED = ("incollection", "inproceedings", "book", "collection")
_LISTS = {"KW", "SN", "UR"}
_TYPED = {"thesis", "report"}
_SILENT = {
    "type_of_reference", "id", "name_of_database", "database_provider", "start_page", "end_page", "file_attachments1",
    "file_attachments2", "figure", "short_title", "reprint_edition", "caption", "author_address",
}  # fmt: skip
"""What says nothing of the work, or says it a second time."""


def parse(path: str, data: bytes) -> Imported:
    """Reads a RIS file. Never raises for what is in it.

    Raises:
        ModuleNotFoundError: rispy is not installed.
    """
    import rispy  # noqa: F401, PLC0415  of the extra `import`; missed here rather than in each record

    source, found = decode_text(path, data)
    read = closed_records(source, _TAG, "TY", "ER")
    if not read:
        found.append(faulty(Span(source, 0, 0), "there is no record in it: none begins with a line `TY  - `"))
    return imported(source, found, (made for record in read for made in _record(record)))


def _record(record: TaggedRecord) -> Iterator[ImportedEntry | Diagnostic]:
    if record.tags[0].name != "TY":
        yield faulty(record.span, f"a record begins with `TY`, not with {shown(record.tags[0].name)}; it is left out")
        return
    if not record.closed:
        yield faulty(record.span, "the record is not closed by a line `ER  - `; what follows may be missing from it")
    kind = _TYPES.get(record.tags[0].text.upper(), "misc")
    try:
        named = list(_named(TaggedRecord(list(_split(record.tags)))))
    except Exception as error:  # whatever the library raises for a record is the record's fault
        yield faulty(record.span, f"the record cannot be read: {type(error).__name__}")
        return
    yield entry(kind, list(_items(record, kind, named)), record.span)


def _items(record: TaggedRecord, kind: str, named: list[tuple[str, Tag, str]]) -> Iterator[Item]:
    if record.tags[0].text.upper() not in _TYPES:
        yield Item("", "TY", record.tags[0].text, record.span)
    order = {name: index for index, name in enumerate(_JOURNAL)}
    for name, tag, text in sorted(named, key=lambda found: order.get(found[0], 0)):
        if name in _SILENT or not text or (name == "type_of_work" and kind not in _TYPED):
            continue
        field = _field(name, kind, text)
        if field in {"date", "urldate"}:
            yield from dated(field, tag.name, text, tag.span)
        elif field in {"author", "editor"}:
            yield Item(field, tag.name, inverted_name(text), tag.span)
        else:
            yield Item(field, tag.name, text, tag.span)
    yield from _pages(named)


def _split(tags: list[Tag]) -> Iterator[Tag]:
    """EndNote writes a list under one tag, with a line for each item."""
    for tag in tags:
        if tag.name in _LISTS:
            yield from (tag._replace(text=row) for row in tag.rows)
        else:
            yield tag


def _named(record: TaggedRecord) -> Iterator[tuple[str, Tag, str]]:
    """Each tag with rispy's name and text of it."""
    from rispy import RisParser  # noqa: PLC0415  an extra
    from rispy.config import TAG_KEY_MAPPING  # noqa: PLC0415  an extra

    text = "".join(f"{name}  - {text}\n" for name, text in record.lines())
    (read,) = RisParser(delimiter_tags_mapping={}, enforce_list_tags=False).parse(f"{text}ER  - \n")
    texts: dict[str, Iterator[Any]] = {
        name: iter(value if isinstance(value, list) else [value]) for name, value in read.items()
    }
    for tag in record.tags:
        name = TAG_KEY_MAPPING.get(tag.name, "")
        yield name, tag, str(next(texts[name])) if name else tag.text


def _field(name: str, kind: str, text: str) -> str:
    """The field that a name of rispy's means in a record of this kind; empty for none."""
    if name in _JOURNAL and (kind == "article" or name == "secondary_title"):
        return _CONTAINERS.get(kind, "series" if kind in {"book", "collection"} else "")
    if name == "secondary_authors":
        return "editor" if kind in _EDITED else ""
    if name == "type_of_work":
        return "type"
    if name == "issn":
        return "issn" if kind == "article" else "isbn"
    if name == "custom2":  # where EndNote puts the number of PubMed Central
        return "pmcid" if text.upper().startswith("PMC") else ""
    return _FIELDS.get(name, "")


def _pages(named: list[tuple[str, Tag, str]]) -> Iterator[Item]:
    """The first and the last page as one field."""
    first = next((found for found in named if found[0] == "start_page" and found[2]), None)
    last = next((found for found in named if found[0] == "end_page" and found[2]), None)
    if first is not None:
        joined = first[2] if last is None or "-" in first[2] else f"{first[2]}-{last[2]}"
        yield Item("pages", first[1].name, joined, first[1].span)
    elif last is not None:
        yield Item("", last[1].name, last[2], last[1].span)
