"""The title above an abstract: one line, or the lines of a paragraph as PubMed breaks them, with the authors below."""

from __future__ import annotations

from collections.abc import Sequence

from ketreview.parsing.literature.labels import labelled
from ketreview.parsing.literature.sections import Line, Section
from ketreview.patterns import regex

TITLE_LABELS = frozenset({"title", "full title", "paper title", "article title", "study title"})
_AUTHOR_LABELS = frozenset({"author", "authors"})
_AUTHORS = regex(
    r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,3} [A-Z]{1,4}(?:\(\d{1,2}\)|\d{1,2})*(?:,|\.| and|$)|\bet al\b"
)
_JOURNAL = regex(r"\d+\. .*\b(?:1[89]|20)\d\d\b")
_LINES = 24


def title_of(part: Section) -> tuple[int, int] | None:
    """Where the title of an abstract stands, without its full stop; None if no authors follow, or a label names it."""
    blocks = _paragraphs(part.lines[:_LINES])
    if blocks and _JOURNAL.match(blocks[0][0].text):
        blocks = blocks[1:]  # PubMed's first line is the journal's
    if not blocks or is_authors(blocks[0][0]):
        return None
    title = blocks[0]
    after = [*title[1:], *(line for block in blocks[1:2] for line in block)]
    authors = next((index for index, line in enumerate(after) if is_authors(line)), None)
    label = labelled(title[0])
    if authors is None or (label is not None and label.label in TITLE_LABELS):
        return None
    last = title[min(authors, len(title) - 1)]
    return title[0].start, last.start + len(last.text.rstrip("."))


def is_authors(line: Line) -> bool:
    """Whether a line names authors, or begins with them."""
    found = labelled(line)
    return (found is not None and found.label in _AUTHOR_LABELS) or _AUTHORS.match(line.text) is not None


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    for line in lines:
        if line.apart or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return blocks
