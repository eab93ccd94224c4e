"""EndNote's XML export.

No small library for it is kept up, so defusedxml reads the XML, which refuses entities of the file's own (the "billion
laughs") and whatever lies outside it. The records are taken from the events of the reader: there is no tree, so neither
depth nor length costs more than the text itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.handler import ContentHandler  # the class alone; what reads the file is defusedxml's

from ketreview.diagnostics import Diagnostic
from ketreview.model.imported import Imported, ImportedEntry
from ketreview.parsing.exchange.building import Item, dated, entry, faulty, imported
from ketreview.parsing.exchange.values import inverted_name
from ketreview.parsing.text import decode_text
from ketreview.source import Position, Source, Span

_TYPES = {
    "journal article": "article", "electronic article": "article", "magazine article": "article",
    "newspaper article": "article", "book": "book", "electronic book": "book", "edited book": "collection",
    "book section": "incollection", "electronic book section": "incollection", "conference paper": "inproceedings",
    "conference proceedings": "inproceedings", "thesis": "thesis", "report": "report", "web page": "online",
    "blog": "online", "dataset": "dataset", "computer program": "software", "patent": "patent",
    "unpublished work": "unpublished", "manuscript": "unpublished", "generic": "misc",
}  # fmt: skip
_FIELDS = {
    "titles/title": "title", "contributors/authors/author": "author", "volume": "volume", "number": "number",
    "pages": "pages", "edition": "edition", "publisher": "publisher", "pub-location": "location",
    "electronic-resource-num": "doi", "urls/related-urls/url": "url", "urls/web-urls/url": "url",
    "abstract": "abstract",
    "language": "language", "keywords/keyword": "keywords", "dates/year": "date", "access-date": "urldate",
    "work-type": "type",
}  # fmt: skip
_JOURNAL = ("periodical/full-title", "titles/secondary-title", "titles/alt-title", "periodical/abbr-1")
_CONTAINERS = {"article": "journaltitle", "incollection": "booktitle", "inproceedings": "booktitle"}
_BOOKS = {"book": "series", "collection": "series"}
_EDITED = {"incollection", "inproceedings"}
_SILENT = {
    "database", "source-app", "rec-number", "foreign-keys/key", "ref-type", "auth-address", "urls/pdf-urls/url",
    "titles/short-title", "remote-database-name", "remote-database-provider", "periodical/abbr-2",
    "periodical/abbr-3", "alt-periodical/full-title", "alt-periodical/abbr-1", "dates/pub-dates/date", "label",
}  # fmt: skip
_DEEPEST = 5
_CHUNK = 1 << 16

Stated = tuple[str, str, Span]


def parse(path: str, data: bytes) -> Imported:
    """Reads EndNote's XML. Never raises for what is in it.

    Raises:
        ModuleNotFoundError: defusedxml is not installed.
    """
    source, found = decode_text(path, data)
    records, faults = _records(source)
    if not records and not faults:
        faults = [faulty(Span(source, 0, 0), "there is no record in it: no element `record`")]
    return imported(source, found, (*map(_entry, records), *faults))


def _records(source: Source) -> tuple[list[Record], list[Diagnostic]]:
    """The records of a file, those before a fault too."""
    from xml.sax import SAXException  # noqa: PLC0415  needed where there is XML

    from defusedxml import DefusedXmlException  # noqa: PLC0415  of the extra `import`
    from defusedxml.sax import make_parser  # noqa: PLC0415  an extra

    reader = make_parser()
    handler = _Records(source, reader)
    reader.setContentHandler(handler)
    message = ""
    try:
        for start in range(0, len(source.text), _CHUNK):
            reader.feed(source.text[start : start + _CHUNK])
        reader.close()
    except DefusedXmlException:
        message = "the file declares entities of its own or refers to other files, which is not followed"
    except SAXException as error:
        message = f"this is not XML ({error.getMessage()})"
    except ValueError as error:  # what expat refuses before it reads, such as an encoding that it does not know
        message = f"this cannot be read as XML ({error})"
    faults = [faulty(handler.here(), f"{message}; nothing after it is read")] if message else []
    return handler.records, faults


class Record:
    """The texts of one `record`, each with the path of its element below it and its place."""

    def __init__(self, where: Span) -> None:
        self.where = where
        self.type = ""
        self.texts: list[Stated] = []


class _Records(ContentHandler):
    def __init__(self, source: Source, reader: Any) -> None:
        super().__init__()
        self.records: list[Record] = []
        self.source, self.reader = source, reader
        self.path: list[str] = []
        self.inside = False
        self.text: list[str] = []
        self.begun = Span(source, 0, 0)

    def here(self) -> Span:
        """The place that is being read."""
        place = self.source.offset(Position(self.reader.getLineNumber() or 1, (self.reader.getColumnNumber() or 0) + 1))
        return Span(self.source, place, place)

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802  the name is the library's
        if name == "record" and not self.inside:
            self.inside, self.path = True, []
            self.records.append(Record(self.here()))
        elif self.inside and name != "style":
            self.path.append(name)
            self.text, self.begun = [], self.here()
            if self.path == ["ref-type"]:
                self.records[-1].type = attrs.get("name", "")

    def characters(self, content: str) -> None:
        if self.inside:
            self.text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802  the library's name
        if name == "style" or not self.inside:
            return
        if not self.path:
            self.inside = False
            return
        text = "".join(self.text)
        if len(self.path) <= _DEEPEST and text.strip():
            self.records[-1].texts.append(("/".join(self.path), text, self.begun))
        self.text = []
        self.path.pop()


def _entry(record: Record) -> ImportedEntry | Diagnostic:
    kind = _TYPES.get(record.type.casefold(), "misc")
    return entry(kind, _items(record, kind), record.where)


def _items(record: Record, kind: str) -> Iterator[Item]:
    if record.type.casefold() not in _TYPES:
        yield Item("", "ref-type", record.type or "none", record.where)
    order = {path: index for index, path in enumerate(_JOURNAL)}
    for path, text, span in sorted(record.texts, key=lambda stated: order.get(stated[0], 0)):
        field = _field(path, kind, text)
        if path in _SILENT or (path in _JOURNAL and field == "" and kind == "article"):
            continue
        if field in {"date", "urldate"}:
            yield from dated(field, path, text, span)
        else:
            yield Item(field, path, inverted_name(text) if field in {"author", "editor"} else text, span)


def _field(path: str, kind: str, text: str) -> str:
    """The field that an element means in a record of this kind; empty for none."""
    if path in _JOURNAL:
        holder = {**_CONTAINERS, **_BOOKS}.get(kind, "")
        return holder if kind == "article" or path == "titles/secondary-title" else ""
    if path == "contributors/secondary-authors/author":
        return "editor" if kind in _EDITED else ""
    if path == "isbn":
        return "issn" if kind == "article" else "isbn"
    if path == "custom2":  # where EndNote puts the number of PubMed Central
        return "pmcid" if text.strip().upper().startswith("PMC") else ""
    return _FIELDS.get(path, "")
