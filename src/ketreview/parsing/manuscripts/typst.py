"""A Typst file to its citations, its labels, and the files that it includes and lists."""

from __future__ import annotations

from ketreview.model.manuscript import Link, Manuscript, Mention
from ketreview.parsing.manuscripts.typst_scanner import REFERENCE_FORMS, Scanner
from ketreview.parsing.text import decode_text
from ketreview.source import Span

__all__ = ["REFERENCE_FORMS", "parse", "parse_with_labels"]


def parse(path: str, data: bytes) -> Manuscript:
    """Reads the citations of a Typst file. Never raises."""
    return parse_with_labels(path, data)[0]


def parse_with_labels(path: str, data: bytes) -> tuple[Manuscript, frozenset[str]]:
    """What `parse` gives, and the labels that the file defines, or may define by a function it calls.

    A mention whose form is one of `REFERENCE_FORMS` and whose key is in no store may yet be a reference to a label of
    another file, or to one that a function makes.
    """
    source, found = decode_text(path, data)
    scanner = Scanner(source.text)
    scanner.run()
    citations = tuple(
        Mention(source.text[start:end], Span(source, start, end), form)
        for start, end, form in sorted(scanner.mentions)
        if form not in REFERENCE_FORMS or source.text[start:end] not in scanner.labels
    )
    includes, bibliographies = (
        tuple(Link(source.text[start:end], Span(source, start, end)) for start, end in paths)
        for paths in (scanner.includes, scanner.bibliographies)
    )
    return Manuscript(source, "typst", citations, includes, bibliographies, diagnostics=tuple(found)), frozenset(
        scanner.labels | scanner.possible_labels
    )
