"""Projects in memory, and what is found in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from tests.projects import HEAD

NOWHERE = Path("/nowhere/at/all")
SETTINGS = Settings(bibliography=("*.bib", "refs/*.bib"), chapters=("text/*.typ", "text/*.md"), staging=("new/*.bib",))
AS_OF = date(2026, 11, 20)
BASELINE = "ketreview-baseline.json"
FEW = Selection(("KR101", "KR104", "KR2", "KR301", "KR317", "KR6", "KR7", "KR9"))
"""Some rules, so that a new one changes no test of what is done with findings."""
KEYS = [f"key{number}" for number in range(6)]
FAULTS = {
    "pages": "pages = {359--49}",
    "doi": "doi = {10.1/x y}",
    "twice": "note = {a}, note = {b}",
    "fine": "year = {2020}",
}
Entries = Sequence[tuple[str, str]]


def entry(key: str, fault: str) -> str:
    return f"@article{{{key},\n  title = {{On {key}}},\n  {FAULTS[fault]}\n}}\n"


def store(entries: Entries, *, gap: str = "\n") -> str:
    return gap.join(entry(*one) for one in entries)


def chapter(cited: Sequence[str], *, gap: str = "\n\n") -> str:
    return "= A chapter\n" + gap.join(f"It is so @{key}." for key in cited) + "\n"


def review(cited: Sequence[str]) -> str:
    studies = "".join(f"- {{id: s-{key}, cites: [{key}], design: cohort, state: read}}\n" for key in cited)
    return HEAD.format(id="a") + (f"studies:\n{studies}" if cited else "")


class Checked:
    """What is found in the files of a project."""

    def __init__(self, texts: Mapping[str, str], selection: Selection | None = None) -> None:
        selection = selection or FEW
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


def line_of(code: str, path: str, **more: object) -> dict[str, object]:
    """A line of a baseline, as JSON has it."""
    return {"path": path, "code": code, "message": "m", "fingerprint": "0123456789abcdef", **more}


TWO = {"a.bib": store([("key0", "pages"), ("key1", "doi")]), "text/a.typ": chapter(["key0", "key1", "lost1"])}
FINE = {"a.bib": entry("key0", "fine"), "text/a.typ": chapter(["key0"])}
