"""CSL-JSON, as Zotero, Mendeley and Crossref give it (Citation Style Language 1.0.2, `csl-data.json`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from ketreview.diagnostics import Diagnostic, shown
from ketreview.model.imported import Imported, ImportedEntry
from ketreview.parsing.exchange.building import Item, dated, entry, faulty, imported
from ketreview.parsing.exchange.values import name, whole_name
from ketreview.parsing.text import decode_text
from ketreview.patterns import regex
from ketreview.source import Source, Span

_SPACE = regex(r"[ \t\r\n]*")
_TYPES = {
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper", "review"), "article"),
    **dict.fromkeys(("webpage", "post", "post-weblog"), "online"),
    "book": "book", "chapter": "incollection", "entry-encyclopedia": "incollection",
    "paper-conference": "inproceedings",
    "thesis": "thesis", "report": "report", "dataset": "dataset", "software": "software", "patent": "patent",
    "manuscript": "unpublished", "article": "misc", "document": "misc",
}  # fmt: skip
_FIELDS = {
    "title": "title", "volume": "volume", "issue": "number", "page": "pages", "edition": "edition",
    "publisher": "publisher", "publisher-place": "location", "DOI": "doi", "PMID": "pmid", "PMCID": "pmcid",
    "URL": "url", "ISSN": "issn", "ISBN": "isbn", "language": "language", "abstract": "abstract",
    "keyword": "keywords", "collection-title": "series", "genre": "type",
}  # fmt: skip
_PEOPLE = {"author": "author", "editor": "editor"}
_DATES = {"issued": "date", "accessed": "urldate"}
_CONTAINERS = {"article": "journaltitle", "incollection": "booktitle", "inproceedings": "booktitle"}
_ISSUERS = {"thesis", "report"}
_SILENT = {
    "id", "type", "citation-key", "citation-label", "container-title-short", "title-short", "journalAbbreviation",
    "shortTitle", "source", "archive", "archive_location", "call-number", "categories", "number-of-pages", "custom",
    "system_id", "_graph",
}  # fmt: skip
_KEY = regex(r"[A-Za-z0-9][\w:.+-]{0,99}", re.ASCII)
_WHOLE_DATE = 3


def parse(path: str, data: bytes) -> Imported:
    """Reads a CSL-JSON file: a list of items, or one item. Never raises."""
    source, found = decode_text(path, data)
    return imported(source, found, _entries(source))


def _entries(source: Source) -> Iterator[ImportedEntry | Diagnostic]:
    """An entry for each item, read one at a time, as JSON's readers give no places; nothing after one that breaks."""
    text = source.text
    at = _after_space(text, 0)
    listed = text.startswith("[", at)
    at = _after_space(text, at + 1) if listed else at
    while not (listed and text.startswith("]", at)):
        place = Span(source, at, min(at + 1, len(text)))
        try:
            item, end = _DECODER.raw_decode(text, at)
        except RecursionError:
            yield faulty(place, "the item is nested too deep to be read, and nothing after it is read")
            return
        except ValueError as error:
            where = min(getattr(error, "pos", at), len(text))
            reason = getattr(error, "msg", str(error).split(";")[0])
            yield faulty(Span(source, where, where), f"this is not JSON ({reason}), and nothing after it is read")
            return
        yield _entry(item, Span(source, at, end))
        at = _after_space(text, end)
        if not listed:
            break
        if text.startswith(",", at):
            at = _after_space(text, at + 1)
        elif not text.startswith("]", at):
            yield faulty(Span(source, at, at), "a comma or `]` is missing after this item, and nothing more is read")
            return
    if text[_after_space(text, at + listed) :]:
        yield faulty(Span(source, at, at), "what follows the last item is not read")


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_number, strict=False)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _entry(item: Any, place: Span) -> ImportedEntry | Diagnostic:
    begin = Span(place.source, place.start, place.start + 1)
    if not isinstance(item, dict):
        return faulty(begin, "this is no item of CSL-JSON, which is a record; it is left out")
    kind = _TYPES.get(_text(item.get("type")), "misc")
    key = _text(item.get("citation-key"))
    return entry(kind, _items(item, kind, begin), begin, key=key if _KEY.fullmatch(key) else "")


def _items(item: dict[str, Any], kind: str, place: Span) -> Iterator[Item]:
    if _text(item.get("type")) not in _TYPES:
        yield Item("", "type", _text(item.get("type")) or "none", place)
    for own, value in item.items():
        if own in _PEOPLE and isinstance(value, list):
            yield from (Item(_PEOPLE[own], own, _person(person), place) for person in value)
        elif own in _DATES and isinstance(value, dict):
            yield from dated(_DATES[own], own, _date(value), place)
        elif own == "container-title" and kind in _CONTAINERS:
            yield Item(_CONTAINERS[kind], own, _text(value), place)
        elif own == "publisher" and kind in _ISSUERS:
            yield Item("institution", own, _text(value), place)
        elif own not in _SILENT:
            text = _text(value)
            yield Item(_FIELDS.get(own, "") if text else "", shown(own).strip("`"), text or _summary(value), place)


def _text(value: Any) -> str:
    """A text or a number; Crossref gives lists with one text in them."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _summary(value: Any) -> str:
    """What stands for a value that is no text, if it is not empty."""
    return f"{len(value)} values" if isinstance(value, list | dict) and value else ""


def _person(person: Any) -> str:
    if not isinstance(person, dict):
        return ""
    family, given = _text(person.get("family")), _text(person.get("given"))
    if not family:
        return whole_name(_text(person.get("literal")) or _text(person.get("name")) or given)
    particle = " ".join(
        filter(None, (_text(person.get("dropping-particle")), _text(person.get("non-dropping-particle"))))
    )
    return name(f"{particle} {family}".strip(), given, _text(person.get("suffix")))


def _date(value: dict[str, Any]) -> str:
    """A date with the year first; a range is left to be reported."""
    parts = value.get("date-parts")
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], list):
        return _text(value.get("raw")) or _text(value.get("literal"))
    first, *more = (
        "-".join(_text(part) for part in date[:_WHOLE_DATE] if _text(part)) for date in parts if isinstance(date, list)
    )
    return f"{first} to {more[0]}" if more else first
