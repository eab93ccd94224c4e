"""Findings: what is wrong, where, how bad, and how to mend it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from ketreview.edits import Edit
from ketreview.frozen import frozen
from ketreview.patterns import regex
from ketreview.source import KeptSource, Source, Span

RULES_PAGE = "https://github.com/ketreview/ketreview/blob/main/docs/rules.md"
_NAMED = regex(r"`([^`]+)`")
MESSAGE_LENGTH = 60
"""Letters of a value that a message shows."""
_COUNTING = 60
_READ = 10 * _COUNTING


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for information."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@frozen
class Code:
    """A kind of fault. `written` is its documentation, as it stands in the program."""

    id: str
    name: str
    severity: Severity
    written: str
    default: bool = True

    @property
    def documentation(self) -> str:
        """What `explain` shows, with examples that the tests run."""
        return inspect.cleandoc(self.written)

    @property
    def anchor(self) -> str:
        """Where the page of all rules has it."""
        return f"{self.id}-{self.name}".lower()

    @property
    def page(self) -> str:
        """The address of its documentation."""
        return f"{RULES_PAGE}#{self.anchor}"

    @property
    def reading(self) -> bool:
        """Whether it is found while reading: such a finding cannot be ignored."""
        return self.id.startswith("KR0")


@frozen
class Subject:
    """The record a finding is about, for scripts and for recognising it when lines move."""

    review: str = ""
    key: str = ""
    id: str = ""


@frozen
class Related:
    """Another place that matters to a finding."""

    span: Span
    message: str


@frozen
class Fix:
    """Edits that mend a finding; a safe one keeps the meaning and needs nobody's yes."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


@frozen
class Diagnostic:
    """One finding at one place. No setting makes it worse than its `ceiling`.

    `peers` name the records that it is about alike, where their order decides at which of them it is found.
    """

    code: Code
    severity: Severity
    message: str
    span: Span
    subject: Subject = Subject()
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    ceiling: Severity = Severity.ERROR
    peers: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sorts findings by path, line, column, code."""
        line, column = self.span.begin
        return (self.span.path, line, column, self.code.id, self.message)


@frozen
class Summary:
    """What was checked, and how much was found; `citations` and `unresolved` count places.

    Found too, and not reported: what the `baseline` accepts, and what is about records that are `unchanged`; None where
    neither was asked for.
    """

    errors: int
    warnings: int
    infos: int
    reviews: int
    entries: int
    citations: int
    unresolved: int
    baseline: int | None = None
    unchanged: int | None = None


def fault(
    code: Code, span: Span, message: str, *, related: tuple[Related, ...] = (), fix: Fix | None = None
) -> Diagnostic:
    """A finding of `code` at its own severity."""
    return Diagnostic(code, code.severity, message, span, related=related, fix=fix)


def shown(value: object) -> str:
    """A value of a file for a message: in backquotes, on one line, and not longer than a line."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if len(text) > MESSAGE_LENGTH:
        text = text[: MESSAGE_LENGTH - 1] + "…"
    return f"`{printable(text)}`"


def shown_apart(value: str, other: str) -> str:
    """A value for a message that tells it from another one: what both begin with is left out where it is long."""
    pairs = enumerate(zip(value, other, strict=False))
    same = next((index for index, (one, two) in pairs if one != two), min(len(value), len(other)))
    start = 0 if max(len(value), len(other)) <= MESSAGE_LENGTH else max(0, same - MESSAGE_LENGTH // 3)
    return shown(f"{'…' if start else ''}{value[start:]}")


def printable(text: str) -> str:
    """A text on one line, with the code of each character that has no sign of its own."""
    if text.isprintable():  # nearly all are
        return text
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def fingerprint(finding: Diagnostic, *, path: str | None = None) -> str:
    """What a finding is known by when lines move: 16 hex digits of its code, its subject and what stands there.

    Where it has no subject, its path takes that place, or the `path` that is given. Of what stands there the beginning
    counts, white space folded, so that a word further on in a long record makes no other finding of it. Beside it
    counts the first value that the message names, which is what findings at one place differ in; the other words may
    change with the day or with the program. One that has peers is known by all of them, whichever it is found at.
    Findings that are alike in all of it have the same one.
    """
    if finding.peers:
        return _digest(finding.code.id, finding.subject.review, *sorted(finding.peers))
    subject = finding.subject
    about = (subject.review, subject.key, subject.id)
    who = about if any(about) else (finding.span.path if path is None else path,)
    content = " ".join(finding.span.text[:_READ].split())[:_COUNTING]
    named = _NAMED.search(finding.message)
    value = "" if named is None or named[1] in (*who, content) else named[1]
    return _digest(finding.code.id, *who, content, value)


def _digest(*known_by: str) -> str:
    from hashlib import blake2b  # noqa: PLC0415  OpenSSL takes as long to load as a small file to read

    return blake2b(json.dumps(known_by).encode("utf-8", "replace"), digest_size=8).hexdigest()


def packed(finding: Diagnostic) -> list[Any]:
    """A finding as lists and scalars that JSON can hold; its code without the documentation."""
    code, subject, fix = finding.code, finding.subject, finding.fix
    return [
        [code.id, code.name, code.severity],
        finding.severity,
        finding.message,
        packed_span(finding.span),
        [subject.review, subject.key, subject.id],
        [[packed_span(related.span), related.message] for related in finding.related],
        fix and [fix.title, fix.safe, [[packed_span(edit.span), edit.text] for edit in fix.edits]],
        finding.peers,
        finding.ceiling,
    ]


def unpacked(value: list[Any], source_of: Callable[[str], Source]) -> Diagnostic:
    """The finding that `packed` took apart; `source_of` gives the text of a path."""
    (number, name, own), severity, message, place, subject, related, fix, peers, ceiling = value

    def span(parts: list[Any]) -> Span:
        return unpacked_span(parts, source_of)

    return Diagnostic(
        Code(number, name, Severity(own), ""),
        Severity(severity),
        message,
        span(place),
        Subject(*subject),
        tuple(Related(span(where), words) for where, words in related),
        fix and Fix(fix[0], fix[1], tuple(Edit(span(where), text) for where, text in fix[2])),
        Severity(ceiling),
        tuple(peers),
    )


def packed_span(span: Span) -> list[Any]:
    """A span with its lines and columns, so that these need not be counted again."""
    place = [span.path, span.start, span.end]
    return [*place, *span.begin, *span.finish] if span.source.text else place


def unpacked_span(parts: list[Any], source_of: Callable[[str], Source]) -> Span:
    """The span that `packed_span` took apart."""
    path, start, end, *places = parts
    if not places:
        return Span(Source(path, ""), start, end)
    source = source_of(path)
    if isinstance(source, KeptSource):
        source.know(start, *places[:2])
        source.know(end, *places[2:])
    return Span(source, start, end)
