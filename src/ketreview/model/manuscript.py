"""A chapter: the citations in it, and the files that it includes and lists."""

from __future__ import annotations

from typing import NamedTuple

from ketreview.diagnostics import Diagnostic
from ketreview.frozen import frozen
from ketreview.model.suppression import Suppression
from ketreview.source import Source, Span

LINKED_FORM = "[@]()"
"""The form of a key that is all of a link's text in Markdown: a citation, or somebody's name on a network."""


MAX_CITATIONS = 100_000
"""Citations of a chapter that are read: a book has as many in a thousand files."""


class Mention(NamedTuple):
    """A citation key where a chapter cites it.

    The span is the key's alone. `form` is how it is written: `@`, `\\autocite`, …
    """

    key: str
    span: Span
    form: str


class Link(NamedTuple):
    """A path as a chapter writes it; the span is the path's alone."""

    path: str
    span: Span


@frozen
class Manuscript:
    """What a chapter file holds.

    `includes` are the files that become part of it, `bibliographies` the stores that it lists. `cites_all` says that it
    cites every entry of its stores (`\\nocite{*}`), `labels` are what a reference in the same language may mean instead
    of an entry. Paths are as written, from the file's own folder or, with `/` in front, from the project's root, as the
    language has it. One that is not `whole` may cite more than was read; a `plain` one is known to have no comment for
    this program.
    """

    source: Source
    language: str
    citations: tuple[Mention, ...] = ()
    includes: tuple[Link, ...] = ()
    bibliographies: tuple[Link, ...] = ()
    cites_all: bool = False
    labels: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    whole: bool = True
    plain: bool = False
