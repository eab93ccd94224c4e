"""Markdown and Quarto chapters to citations, includes and bibliographies, as Pandoc reads them.

In files that are not Quarto's the roles of MyST cite too: in Pandoc they are text before code, so neither takes the
other's citations. Told from citations: labels of example items (`(@good)`), the `@fig:` of pandoc-crossref, and in
`.qmd` files and notebooks the `@fig-` of Quarto, which reads every key with such a prefix as a cross-reference. In one
point this is not Pandoc: the `@name` in the bare address `example.org/@name` is no citation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from ketreview.diagnostics import Diagnostic, fault
from ketreview.frozen import frozen
from ketreview.model.manuscript import LINKED_FORM, MAX_CITATIONS, Manuscript
from ketreview.parsing.file_faults import MANUSCRIPT_SYNTAX
from ketreview.parsing.manuscripts.markdown_blocks import Found, Note, scan
from ketreview.parsing.manuscripts.markdown_inlines import MOST_KEYS, FoundKey
from ketreview.parsing.manuscripts.markdown_metadata import Metadata, links, mentions, read_metadata
from ketreview.parsing.manuscripts.myst import is_myst
from ketreview.parsing.manuscripts.myst import read as roles_of
from ketreview.parsing.manuscripts.roles import Roles
from ketreview.parsing.suppressions import MARKER, in_chapter
from ketreview.parsing.text import decode_text
from ketreview.patterns import regex
from ketreview.source import Span

_COLON_KINDS = regex(r"(?:fig|tbl|eq|sec|lst):", re.IGNORECASE)
_LABEL = regex(r"\{#([\w:.-]+)")
_PANDOC_FORMS = frozenset({"@", "-@", "@{}", "-@{}", LINKED_FORM, "nocite"})
_DASH_KIND = regex(r"([^\W\d_]+)-")
_KINDS = frozenset(
    "alg cau cnj cor def eq exm exr fig imp lem lst nte prp rem sec sol tbl thm tip wrn".split()  # noqa: SIM905  a list of words is read best so
)


@frozen
class Dialect:
    """How a text is read: with Quarto's cross-references, with MyST's roles, and as a whole document or a part.

    What a footnote cites that a whole document never calls is not cited.
    """

    quarto: bool = False
    myst: bool = False
    whole: bool = True


@frozen
class Reading:
    """What a Markdown text holds, as offsets into it; comments without what closes them.

    From `unread` on, if that is not -1, keys were not looked for: there are far more than a chapter has.
    """

    keys: list[FoundKey]
    includes: list[tuple[int, int]]
    comments: list[tuple[int, int]]
    metadata: Metadata
    unread: int = -1

    def fault(self, where: Span) -> Diagnostic:
        """What is said of keys that were not looked for."""
        message = f"more than {MOST_KEYS:,} keys behind `@`; those from here on are not read"
        return fault(MANUSCRIPT_SYNTAX, where, message)


def dialect_of(path: str) -> Dialect:
    """The dialect of a file: Quarto's, or Markdown as Pandoc and MyST read it.

    A file whose name begins with `_` is a part of others, in Quarto's way.
    """
    name = path.rsplit("/", 1)[-1].lower()
    quarto = name.endswith((".qmd", ".rmd"))
    return Dialect(quarto, not quarto, not name.startswith("_"))


def read(text: str, dialect: Dialect) -> Reading:
    """Reads a Markdown text. Never raises."""
    found, metadata = scan(text), Metadata()
    for start, end in found.metadata:
        read_metadata(text, start, end, metadata)
    keys = _without_uncalled(text, found) if dialect.whole and not found.includes else found.keys
    comments = [(start, end - 3) for start, end in found.comments]
    reading = Reading(keys + metadata.keys, found.includes, comments, metadata, found.unread)
    if dialect.myst and is_myst(text):
        reading = _with_roles(reading, roles_of(text))
    kinds = _KINDS | metadata.kinds if dialect.quarto else frozenset[str]()
    told = {key for key in reading.keys if key.form in _PANDOC_FORMS and _is_reference(text[slice(*key[:2])], kinds)}
    if found.examples:
        told.update(key for key in reading.keys if text[slice(*key[:2])] in found.examples)
    return replace(reading, keys=[key for key in reading.keys if key not in told]) if told else reading


def labels_of(text: str) -> frozenset[str]:
    """The names that a text may give to its parts: `{#name …}`."""
    return frozenset(_LABEL.findall(text)) if "{#" in text else frozenset()


def parse(path: str, data: bytes) -> Manuscript:
    """Reads a Markdown chapter. Never raises."""
    source, found = decode_text(path, data)
    text = source.text
    reading = read(text, dialect_of(path))
    metadata = reading.metadata
    broken = [(at, message) for start, at, message in metadata.faults if start == text.find("\n") + 1]
    found += [fault(MANUSCRIPT_SYNTAX, Span(source, at, at), message) for at, message in broken]
    cut = reading.unread >= 0 and len(reading.keys) <= MAX_CITATIONS  # with more of them it is said of those
    found += [reading.fault(Span(source, reading.unread, reading.unread + 1))] if cut else []
    return Manuscript(
        source,
        "markdown",
        citations=mentions(source, reading.keys),
        includes=links(source, reading.includes),
        bibliographies=links(source, metadata.bibliographies),
        cites_all=metadata.cites_all,
        labels=labels_of(text),
        diagnostics=tuple(found),
        suppressions=in_chapter(source, reading.comments) if MARKER in text else (),
        whole=not broken and not cut,
    )


def _with_roles(reading: Reading, roles: Roles) -> Reading:
    """What MyST reads too. A line that begins with `%` is a comment there."""
    hidden = [span for span in roles.comments if roles.text.startswith("%", span[0])]
    starts = [start for start, _ in hidden]

    def is_hidden(key: FoundKey) -> bool:
        index = bisect_right(starts, key.start) - 1
        return index >= 0 and key.start < hidden[index][1]

    metadata = reading.metadata
    metadata.bibliographies += roles.bibliographies
    metadata.cites_all |= roles.cites_all
    return Reading(
        [key for key in reading.keys if not is_hidden(key)] + roles.keys,
        reading.includes + roles.includes,
        reading.comments + [(a, b - 3 if roles.text.startswith("-->", b - 3) else b) for a, b in roles.comments],
        metadata,
        reading.unread,
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
