"""Findings that are new: beside a baseline."""

from __future__ import annotations

from collections.abc import Sequence

from ketreview.checking import Selection
from ketreview.checking.baseline import Compared, Reach, compare, fixed
from ketreview.checking.baseline_file import Line
from ketreview.diagnostics import Diagnostic
from ketreview.files import Files
from ketreview.pipeline import Project


def reach(project: Project, selection: Selection, files: Files, found: Sequence[Diagnostic]) -> Reach:
    """What a run could find; `found` is what it did."""
    settings = {span.path for span in project.corpus.settings.spans.values()}
    faults = tuple(finding for finding in found if finding.code.reading)
    return Reach(selection, {*project.files, *settings}, lambda path: files.size(path) is not None, faults)


def beside(lines: Sequence[Line], found: Sequence[Diagnostic], reached: Reach) -> Compared:
    """The findings that a baseline accepts, and those that are new, with what is to be taken out of it (KR904)."""
    compared = compare(lines, found, reached.is_there)
    new = sorted([*compared.new, *fixed(compared.left, reached)], key=lambda finding: finding.order)
    return compared._replace(new=tuple(new))
