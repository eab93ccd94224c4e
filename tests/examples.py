"""Writes small projects into a folder and checks them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ketreview import pipeline
from ketreview.checking import Selection
from ketreview.checking.baseline_file import parse_baseline
from ketreview.checking.examples import Example
from ketreview.config import Settings, read_settings
from ketreview.diagnostics import Diagnostic
from ketreview.files import Files
from ketreview.pipeline.narrowing import beside, reach


def findings(root: Path, contents: Mapping[str, bytes], as_of: date) -> tuple[Diagnostic, ...]:
    """Every finding of a project that has these files; a ketreview.toml among them holds its settings."""
    for name, data in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    settings, faults = Settings(), list[Diagnostic]()
    if "ketreview.toml" in contents:
        settings, faults = read_settings("ketreview.toml", contents["ketreview.toml"])
    files = Files(root, settings.exclude)
    project = pipeline.read(files, settings, as_of)
    found = pipeline.check(project, Selection.of(settings))
    if settings.baseline:
        lines, more = parse_baseline(settings.baseline, (root / settings.baseline).read_bytes())
        faults += more
        found = beside(lines, found, reach(project, Selection.of(settings), files, found)).new
    return (*faults, *found)


def run(example: Example, root: Path) -> tuple[Diagnostic, ...]:
    """Every finding of a documentation example."""
    return findings(root, {file.path: file.data() for file in example.files}, example.as_of)
