"""A store file in one form: order, indentation, case and delimiters; values, comments and meaning stay.

bibtexparser's writer is not used: see decision 0014.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ketreview.changes.change import ChangeError, listed
from ketreview.changes.formatting.blocks import Block, Blocks, Chunk, blocks_of
from ketreview.changes.formatting.layout import Layout, parts_of, written
from ketreview.changes.formatting.order import ordered
from ketreview.diagnostics import shown
from ketreview.edits import encoded
from ketreview.model.entry import Entry
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.bibtex import parse_bib
from ketreview.patterns import regex

__all__ = ["Layout", "formatted"]

_TYPE = regex(r"@[ \t]*([A-Za-z]+)")


def formatted(file: BibFile, layout: Layout) -> str:
    """The text of a store file in this layout, with its own line ends; what it says is read again, and is the same.

    Raises:
        ChangeError: the file could not be read whole, or would say something else; the message has the place.
    """
    if file.diagnostics:
        words = "; ".join(f"{listed([finding.span])}: {finding.message}" for finding in file.diagnostics[:5])
        raise ChangeError(f"it cannot be read whole: {words}")
    layout = layout._replace(newline=_newline(file.source.text))
    found = blocks_of(file)
    text = _text(found, layout) if found.blocks else file.source.text
    _require_same(file, found, parse_bib(file.source.path, encoded(text, b"")))
    return text


def _newline(text: str) -> str:
    """How its lines end: CRLF where it has one, else LF, and CR where it has no other."""
    if "\r\n" in text:
        return "\r\n"
    return "\r" if "\r" in text and "\n" not in text else "\n"


def _text(found: Blocks, layout: Layout) -> str:
    newline = layout.newline
    head = [*found.head[:-1], *(chunk._replace(apart=True) for chunk in found.head[-1:])]
    parts = [_chunks(head, newline)]
    before: Block | None = None
    for block in found.blocks if layout.keep_order else ordered(found.blocks):
        close = before is None or (before.entry is None and block.entry is None and not block.above)
        parts += ("" if close else newline, _chunks(block.above, newline), _body(block, layout))
        parts += (f" {block.behind}" if block.behind else "", newline)
        before = block
    if found.tail:
        parts += (newline, _chunks(found.tail, newline).rstrip(newline), newline)
    return "".join(parts)


def _body(block: Block, layout: Layout) -> str:
    if block.entry is not None:
        return written(block.entry, layout)
    return _TYPE.sub(lambda match: f"@{match[1].lower()}", block.span.text, count=1)


def _chunks(chunks: Iterable[Chunk], newline: str) -> str:
    return "".join(newline.join((*chunk.rows, "")) + (newline if chunk.apart else "") for chunk in chunks)


def _require_same(file: BibFile, blocks: Blocks, after: BibFile) -> None:
    """Holds that a file that is read again says what it said.

    Raises:
        ChangeError: it does not.
    """
    if after.diagnostics:
        raise ChangeError(f"it would be read otherwise: {after.diagnostics[0].message}")
    now = _by_key(after)
    for key, entries in _by_key(file).items():
        others = now.pop(key, [])
        if len(others) != len(entries):
            raise ChangeError(f"{listed([entries[0].key_span])}: {shown(key)} would be read otherwise")
        for entry, other in zip(entries, others, strict=True):
            if _said(entry) != _said(other):
                raise ChangeError(
                    f"{listed([entry.key_span])}: {shown(entry.key)} would say something else: an `@string` is used "
                    "above its place, or is written twice; --keep-order leaves all where it is"
                )
    if now or file.strings != after.strings or _free(file, blocks) != _free(after, blocks_of(after)):
        raise ChangeError("an entry, an `@string` or a comment would be read otherwise")


def _by_key(file: BibFile) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in file.entries:
        found.setdefault(entry.key.lower(), []).append(entry)
    return found


def _said(entry: Entry) -> tuple[str, str, dict[str, list[str]]]:
    fields: dict[str, list[str]] = {}
    for field in entry.fields:
        fields.setdefault(field.name, []).append(field.value)
    return entry.type, entry.key, fields


def _free(file: BibFile, blocks: Blocks) -> Counter[str]:
    """Every line of text and every comment."""
    inside = (comment for entry in file.entries for comment in parts_of(entry).comments())
    others = (block.span.text.partition("{")[2] for block in blocks.blocks if block.entry is None)
    return Counter(text for text in (*blocks.free_text(), *inside, *others) if text)
