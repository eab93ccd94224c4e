"""Markdown and Quarto chapters to citations, includes and bibliographies, as Pandoc reads them.

Told from citations: labels of example items (`(@good)`), the `@fig:` of pandoc-crossref, and in `.qmd` files and
notebooks the `@fig-` of Quarto, which reads every key with such a prefix as a cross-reference. In one point this is not
Pandoc: the `@name` in the bare address `example.org/@name` is no citation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from ketreview.model.manuscript import Manuscript
from ketreview.parsing.manuscripts.markdown_blocks import Found, Note, scan
from ketreview.parsing.manuscripts.markdown_inlines import FoundKey
from ketreview.parsing.manuscripts.markdown_metadata import Metadata, links, mentions, read_metadata
from ketreview.parsing.text import decode_text

_COLON_KINDS = re.compile(r"(?:fig|tbl|eq|sec|lst):", re.IGNORECASE)
_DASH_KIND = re.compile(r"([^\W\d_]+)-")
_KINDS = frozenset(
    "alg cau cnj cor def eq exm exr fig imp lem lst nte prp rem sec sol tbl thm tip wrn".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a Markdown text holds, as offsets into it."""

    keys: list[FoundKey]
    includes: list[tuple[int, int]]
    comments: list[tuple[int, int]]
    metadata: Metadata


def read(text: str, *, quarto: bool, whole: bool = True) -> Reading:
    """Reads a Markdown text; `quarto` says whether Quarto's cross-references are told from citations.

    What a footnote cites that a `whole` document never calls is not cited.
    """
    found, metadata = scan(text), Metadata()
    for start, end in found.metadata:
        read_metadata(text, start, end, metadata)
    kinds = _KINDS | metadata.kinds if quarto else frozenset[str]()
    cited = _without_uncalled(text, found) if whole and not found.includes else found.keys
    keys = [
        key
        for key in cited + metadata.keys
        if not _is_reference(text[key.start : key.end], kinds) and text[key.start : key.end] not in found.examples
    ]
    return Reading(keys, found.includes, found.comments, metadata)


def parse(path: str, data: bytes) -> Manuscript:
    """Reads a Markdown chapter; one that ends in `.qmd` is Quarto's. Never raises."""
    source, diagnostics = decode_text(path, data)
    reading = read(source.text, quarto=path.lower().endswith(".qmd"))
    return Manuscript(
        source,
        "markdown",
        citations=mentions(source, reading.keys),
        includes=links(source, reading.includes),
        bibliographies=links(source, reading.metadata.bibliographies),
        cites_all=reading.metadata.cites_all,
        diagnostics=tuple(diagnostics),
    )


def _without_uncalled(text: str, found: Found) -> list[FoundKey]:
    """The keys, less those of footnotes that are not called; Pandoc reads no call inside of a footnote."""
    if not found.notes:
        return found.keys
    notes = sorted(found.notes, key=lambda note: note.start)
    starts = [note.start for note in notes]

    def note_at(offset: int) -> Note | None:
        index = bisect_right(starts, offset) - 1
        return notes[index] if index >= 0 and offset < notes[index].end else None

    called = {text[start:end] for start, end in found.calls if note_at(start) is None}
    meant = {note.mark: note for note in notes if note.mark in called}  # of two the last one counts
    return [key for key in found.keys if (note := note_at(key.start)) is None or meant.get(note.mark) is note]


def _is_reference(key: str, kinds: frozenset[str]) -> bool:
    if _COLON_KINDS.match(key):
        return True
    kind = _DASH_KIND.match(key) if kinds else None
    return kind is not None and kind[1].lower() in kinds
