"""The order of entries in a store, and of fields in an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ketreview.changes.formatting.blocks import Block
from ketreview.model.entry import Entry

FIELDS = (
    "ids", "author", "editor", "editora", "editorb", "editorc", "translator",
    "title", "shorttitle", "subtitle", "titleaddon", "booktitle", "booksubtitle", "booktitleaddon",
    "maintitle", "mainsubtitle",
    "journal", "journaltitle", "journalsubtitle", "shortjournal", "issuetitle", "series", "edition", "version",
    "volume", "volumes", "number", "issue", "chapter", "part", "pages", "eid", "pagetotal",
    "date", "year", "month", "day", "eventtitle", "eventdate", "venue",
    "publisher", "institution", "school", "organization", "howpublished",
    "address", "location", "type",
    "doi", "pmid", "pmcid", "eprint", "eprinttype", "archiveprefix", "primaryclass",
    "eprintclass", "isbn", "issn", "url", "urldate",
    "crossref", "xref", "xdata", "related", "relatedtype", "entryset",
)  # fmt: skip
"""Who, what, in what, where in it, when, by whom, and how to find it; any other field comes behind these."""

LAST_FIELDS = ("keywords", "abstract", "note", "annotation", "annote", "file")
"""What is long, or of the owner's own making, comes last."""

_DEEPEST = 20

_PLACES: Mapping[str, int] = {
    **{name: index for index, name in enumerate(FIELDS)},
    **{name: len(FIELDS) + 1 + index for index, name in enumerate(LAST_FIELDS)},
}


def place_of_field(name: str) -> int:
    """Where a field stands in an entry; those that are not known have one place, and keep their own order."""
    return _PLACES.get(name, len(FIELDS))


def ordered(blocks: Sequence[Block]) -> list[Block]:
    """`@string` and `@preamble` first, then entries by key without regard to case.

    An entry that others name in `crossref` comes behind them all, as BibTeX needs it (btxdoc, 2.3). Blocks that are
    alike in this keep their order: of two entries with one key, BibTeX takes the first.
    """
    generations = _generations(block.entry for block in blocks if block.entry)
    return sorted(blocks, key=lambda block: _place(block, generations))


def _place(block: Block, generations: Mapping[str, int]) -> tuple[int, str]:
    if block.entry is None:
        return -1, ""
    key = block.entry.key.lower()
    return generations.get(key, 0), key


def _generations(entries: Iterable[Entry]) -> dict[str, int]:
    """How many generations of entries are below each parent, by its key in lower case."""
    parents: dict[str, set[str]] = {}
    for entry in entries:
        if parent := entry.get("crossref").lower():
            parents.setdefault(entry.key.lower(), set()).add(parent)
    found: dict[str, int] = {}
    level, children = 0, set(parents)
    while children and level < _DEEPEST:  # entries that name one another in a ring come to no end
        level += 1
        children = {parent for child in children for parent in parents.get(child, ())}
        found |= dict.fromkeys(children, level)
    return found
