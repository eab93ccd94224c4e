"""A store file as blocks that can be put in order, each with the text that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from ketreview.frozen import frozen
from ketreview.model.entry import Entry
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.suppressions import MARKER
from ketreview.patterns import regex
from ketreview.source import Span

_COMMENT_BLOCK = regex(r"@[ \t]*comment\b", re.IGNORECASE)
_BLANKS = " \t\r"


class Chunk(NamedTuple):
    """Lines of free text, or an `@comment` as it is written; `apart` says that a blank line follows."""

    rows: tuple[str, ...]
    apart: bool = False


@frozen
class Block:
    """An entry, or an `@string` or `@preamble`, for which there is none.

    `above` is the text that belongs to it, `behind` what stands behind it on its last line.
    """

    span: Span
    entry: Entry | None
    above: tuple[Chunk, ...] = ()
    behind: str = ""


class Blocks(NamedTuple):
    """A store file: the text that opens it, its blocks as they are written, and the text that closes it."""

    head: tuple[Chunk, ...]
    blocks: tuple[Block, ...]
    tail: tuple[Chunk, ...]

    def free_text(self) -> Iterator[str]:
        """Every line that is part of no block, without the blanks around it."""
        for block in self.blocks:
            yield from (row.strip() for chunk in block.above for row in chunk.rows)
            if block.behind:
                yield block.behind
        yield from (row.strip() for chunk in (*self.head, *self.tail) for row in chunk.rows)


def blocks_of(file: BibFile) -> Blocks:
    """The blocks of a file that could be read whole.

    Text belongs to the block below it; what stands above the last blank line before the first block opens the file.
    """
    blocks: list[Block] = []
    above: list[Chunk] = []
    at = 0
    for span, entry in _spans(file):
        _read_gap(file.source.text[at : span.start], blocks, above)
        at = span.end
        if entry is None and _COMMENT_BLOCK.match(span.text):
            above.append(Chunk((span.text,)))
        else:
            blocks.append(Block(span, entry, tuple(above)))
            above = []
    _read_gap(file.source.text[at:] + "\n", blocks, above)
    if not blocks:
        return Blocks((), (), tuple(above))
    head, blocks[0] = _without_head(blocks[0])
    return Blocks(head, tuple(blocks), tuple(above))


def _spans(file: BibFile) -> list[tuple[Span, Entry | None]]:
    spans: list[tuple[Span, Entry | None]] = [(entry.span, entry) for entry in file.entries]
    spans += ((span, None) for span in file.others)
    return sorted(spans, key=lambda pair: pair[0].start)


def _read_gap(text: str, blocks: list[Block], above: list[Chunk]) -> None:
    """Reads what stands between two blocks: the rest of the first one's line, then runs of lines."""
    rows = [row.rstrip(_BLANKS) for row in text.split("\n")]
    if blocks and len(rows) == 1:  # it lies within one line
        rows = [rows[0].strip()]
    elif above or blocks:  # it begins in the midst of a line
        rest = rows.pop(0).strip()
        if rest and not above:
            blocks[-1] = _with_rest_of_line(blocks[-1], rest)
        elif rest:
            above.append(Chunk((rest,)))
    if rows and not rows[-1]:  # it ends in front of the next block's line
        rows.pop()
    _add_runs(rows, above)


def _add_runs(rows: Iterable[str], above: list[Chunk]) -> None:
    """Adds runs of lines that are not blank; a blank line parts them, and what stands above already."""
    run: list[str] = []
    for row in rows:
        if row:
            run.append(row)
        elif run:
            above.append(Chunk(tuple(run), apart=True))
            run = []
        elif above:
            above[-1] = above[-1]._replace(apart=True)
    if run:
        above.append(Chunk(tuple(run)))


def _with_rest_of_line(block: Block, rest: str) -> Block:
    """What stands behind an entry goes above it, where the entry is one line and becomes several, or the reverse."""
    if block.entry is not None and ("\n" not in block.span.text or not block.entry.fields):
        return replace(block, above=(*block.above, Chunk((rest,))))
    return replace(block, behind=rest)


def _without_head(first: Block) -> tuple[tuple[Chunk, ...], Block]:
    """The text that opens the file, and the first block without it; a suppression belongs to the block."""
    ends = [index for index, chunk in enumerate(first.above, 1) if chunk.apart]
    accepting = (index for index, chunk in enumerate(first.above) if any(MARKER in row for row in chunk.rows))
    end = min(max(ends, default=0), next(accepting, len(first.above)))
    return first.above[:end], replace(first, above=first.above[end:])
