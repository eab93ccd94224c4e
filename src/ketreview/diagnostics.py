"""Findings: what is wrong, where, how bad, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ketreview.edits import Edit
from ketreview.source import Span


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for information."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of fault. `documentation` is what `explain` shows, with examples that the tests run."""

    id: str
    name: str
    severity: Severity
    documentation: str
    default: bool = True

    @property
    def reading(self) -> bool:
        """Whether it is found while reading: such a finding cannot be ignored."""
        return self.id.startswith("KR0")


@dataclass(frozen=True, slots=True)
class Subject:
    """The record a finding is about, for scripts and for recognising it when lines move."""

    review: str = ""
    key: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that matters to a finding."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a finding; a safe one keeps the meaning and needs nobody's yes."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding at one place."""

    code: Code
    severity: Severity
    message: str
    span: Span
    subject: Subject = Subject()
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sorts findings by path, line, column, code."""
        line, column = self.span.begin
        return (self.span.path, line, column, self.code.id, self.message)


def fault(
    code: Code, span: Span, message: str, *, related: tuple[Related, ...] = (), fix: Fix | None = None
) -> Diagnostic:
    """A finding of `code` at its own severity."""
    return Diagnostic(code, code.severity, message, span, related=related, fix=fix)
