"""Projects in memory, and what is found in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ketreview import pipeline
from ketreview.checking import Selection
from ketreview.checking.baseline import Reach, compare, fixed, lines_of
from ketreview.checking.baseline_file import Line, parse_baseline, render
from ketreview.config import Settings
from ketreview.diagnostics import Diagnostic
from ketreview.edits import Edit, edited
from ketreview.files import Files
from ketreview.pipeline.narrowing import reach

NOWHERE = Path("/nowhere/at/all")
SETTINGS = Settings(bibliography=("*.bib", "refs/*.bib"), chapters=("text/*.typ", "text/*.md"), staging=("new/*.bib",))
AS_OF = date(2026, 11, 20)
BASELINE = "ketreview-baseline.json"


class Checked:
    """What is found in the files of a project."""

    def __init__(self, texts: Mapping[str, str], selection: Selection | None = None) -> None:
        selection = selection or Selection()
        self.files = Files(NOWHERE, buffers={path: text.encode() for path, text in texts.items()})
        self.project = pipeline.read(self.files, SETTINGS, AS_OF)
        self.found = pipeline.check(self.project, selection, self.files)
        self.reach: Reach = reach(self.project, selection, self.files, self.found)

    @property
    def baseline(self) -> str:
        """The text of a baseline that accepts all of it."""
        return render(lines_of(self.found))

    def beside(self, baseline: str) -> tuple[list[str], list[Diagnostic]]:
        """The messages that a baseline does not accept, and what is said of its lines."""
        compared = compare(self.lines(baseline), self.found, self.reach.is_there)
        return [finding.message for finding in compared.new], list(fixed(compared.left, self.reach))

    @staticmethod
    def lines(baseline: str) -> tuple[Line, ...]:
        """The lines of a baseline that nothing is wrong with."""
        lines, faults = parse_baseline(BASELINE, baseline.encode())
        assert faults == []
        return lines


def after_fixes(baseline: str, findings: list[Diagnostic]) -> str:
    """A baseline after the fixes of its findings."""
    edits: list[Edit] = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    return edited(edits[0].span.source, edits) if edits else baseline
