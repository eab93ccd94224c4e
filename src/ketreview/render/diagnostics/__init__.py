"""Findings to text, one file a format: `render(findings, run)` in a module of its name, and `text` for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib import import_module

from ketreview.diagnostics import Diagnostic, Summary, fingerprint
from ketreview.frozen import frozen


@frozen
class Run:
    """What a format may say of a run beside its findings.

    `project` is the name of the project's folder, `folder` its path within its repository, with `/` at the end and
    empty where it is the root: what runs on a repository wants paths from there.
    """

    summary: Summary
    as_of: date
    project: str = ""
    folder: str = ""


def render_findings(name: str, findings: Sequence[Diagnostic], run: Run) -> str:
    """Findings in one of the formats; its module is loaded when it is asked for."""
    text: str = import_module(f"{__name__}.{name}").render(findings, run)
    return text


def numbered(findings: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str, int]]:
    """Each finding with its fingerprint, and how many have had the same one up to here: both together are unique."""
    seen: Counter[str] = Counter()
    for finding in findings:
        known_by = fingerprint(finding)
        seen[known_by] += 1
        yield finding, known_by, seen[known_by]
