"""Projects in memory for changes: what each file holds before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from ketreview import pipeline
from ketreview.changes.change import Change
from ketreview.changes.leftovers import leftovers
from ketreview.changes.verified import JUDGED, require_as_meant, require_no_new_faults
from ketreview.checking import Selection
from ketreview.config import Settings
from ketreview.files import Files
from tests.projects import HEAD, write

SETTINGS = Settings(chapters=("ch/*",), staging=("inbox.bib",))
DAY = date(2026, 1, 1)
Texts = Mapping[str, str | bytes]


def review(studies: str) -> str:
    """A review with studies, of which only what cites is written."""
    for name in ("s", "t"):
        studies = studies.replace(f"{{id: {name},", f"{{id: {name}, design: cohort, state: read,")
        studies = studies.replace(f"- id: {name}\n", f"- id: {name}\n  design: cohort\n  state: read\n")
    return HEAD.format(id="a") + "studies:\n" + studies


def read(root: Path, buffers: Mapping[str, bytes] | None = None) -> pipeline.Project:
    """The project, with some files as they would be."""
    return pipeline.read(Files(root, (), buffers or {}), SETTINGS, DAY)


def after(root: Path, make: Callable[[pipeline.Project], Change]) -> tuple[dict[str, bytes], Change]:
    """What a change makes of each file that it changes; it is held to be what it says."""
    project = read(root)
    change = make(project)
    _, contents = change.contents(Files(root))
    changed = read(root, contents)
    require_as_meant(project.corpus, changed.corpus, change)
    judged = Selection(select=JUDGED)
    require_no_new_faults(pipeline.check(project, judged), pipeline.check(changed, judged))
    return contents, change


def left(root: Path, change: Change) -> list[tuple[str, int, int]]:
    """The places that a change leaves to the person."""
    return [(span.path, *span.begin) for span in leftovers(Files(root), change)]


def project(root: Path, files: Texts) -> Path:
    """A project in a folder."""
    return write(root, files)
