"""A Typst file to its citations, its labels, and the files that it includes and lists."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from ketreview.diagnostics import Diagnostic, Severity, fault, shown
from ketreview.model.manuscript import MAX_CITATIONS, Link, Manuscript, Mention
from ketreview.parsing.file_faults import MANUSCRIPT_SYNTAX
from ketreview.parsing.manuscripts import REFERENCE_FORMS
from ketreview.parsing.manuscripts.typst_scanner import Scanner
from ketreview.parsing.suppressions import MARKER, in_chapter
from ketreview.parsing.text import decode_text
from ketreview.source import Span


def parse(path: str, data: bytes) -> Manuscript:
    """Reads the citations and labels of a Typst file. Never raises.

    A mention whose form is one of `REFERENCE_FORMS` and whose key is in no store may yet be a reference to a label of
    another file, or to one that a function makes; a reference to a label of the same file is left out.
    """
    source, found = decode_text(path, data)
    scanner = Scanner(source.text)
    scanner.run()
    citations = (
        Mention(source.text[start:end], Span(source, start, end), form)
        for start, end, form in sorted(scanner.mentions)
        if form not in REFERENCE_FORMS or source.text[start:end] not in scanner.labels
    )
    includes, bibliographies = (
        tuple(Link(source.text[start:end], Span(source, start, end)) for start, end in paths)
        for paths in (scanner.includes, scanner.bibliographies)
    )
    whole = scanner.unclosed == (0, 0)
    if not whole:
        found.append(_unclosed(Span(source, *scanner.unclosed)))
    return Manuscript(
        source,
        "typst",
        tuple(islice(citations, MAX_CITATIONS + 1)),  # with one too many, which is told
        includes,
        bibliographies,
        labels=frozenset(scanner.labels | scanner.possible_labels),
        diagnostics=tuple(found),
        suppressions=in_chapter(source, scanner.comments) if MARKER in source.text else (),
        whole=whole,
    )


def _unclosed(opened: Span) -> Diagnostic:
    """What hides the rest; Typst lets a comment do so without a word, and somebody may mean it."""
    message = f"{shown(opened.text)} is never closed, and hides all that follows"
    if opened.text != "/*":
        return fault(MANUSCRIPT_SYNTAX, opened, message)
    nested = "; a `/*` in a comment needs a `*/` of its own" if "*/" in opened.source.text[opened.end :] else ""
    return replace(fault(MANUSCRIPT_SYNTAX, opened, message + nested), severity=Severity.WARNING)
