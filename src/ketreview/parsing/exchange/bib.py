"""BibTeX, to be taken over as it stands: an entry that is not sound is reported and left out."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Diagnostic
from ketreview.model.entry import Entry
from ketreview.model.imported import Imported, ImportedEntry
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.bibtex import parse_bib
from ketreview.parsing.exchange.building import faulty, imported
from ketreview.patterns import regex

_CONTROL = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_WORD = regex(r"[^\s=,{}()\"#%@']+")


def parse(path: str, data: bytes) -> Imported:
    """Reads a BibTeX file. Never raises."""
    file = parse_bib(path, data)
    return imported(
        file.source, list(file.diagnostics), (made for entry in file.entries for made in _made(entry, file))
    )


def _made(entry: Entry, file: BibFile) -> Iterator[ImportedEntry | Diagnostic]:
    text = entry.span.text
    if not is_sound(entry):
        return  # what is wrong with it is among the file's faults
    if control := _CONTROL.search(text):
        yield faulty(entry.key_span, f"the entry holds the control character U+{ord(control[0]):04X}, and is left out")
        return
    abbreviated = bool(file.strings) and any(_is_abbreviated(entry, index, file) for index in range(len(entry.fields)))
    fields = tuple((field.name, field.value) for field in entry.fields)
    yield ImportedEntry(entry.type, fields, entry.key, entry.key_span, (), "" if abbreviated else text, is_bibtex=True)


def is_sound(entry: Entry) -> bool:
    """Whether the entry's own text is one entry and nothing else, so that it can stand elsewhere."""
    text = entry.span.text
    alone = parse_bib(entry.source.path, text.encode("utf-8", "replace"))
    return not alone.diagnostics and len(alone.entries) == 1 and alone.entries[0].end == len(text)


def _is_abbreviated(entry: Entry, index: int, file: BibFile) -> bool:
    """Whether a value is written with an `@string` of its file, which the store need not have."""
    raw = entry.value_span(entry.fields[index]).text
    bare = raw[:1] not in {"{", '"'} or "#" in raw
    return bare and any(word in file.strings for word in _WORD.findall(raw.lower()))
