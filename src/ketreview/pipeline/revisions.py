"""A project as a commit has it, under the settings that it had then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ketreview import pipeline
from ketreview.config import Settings, holds_settings, read_settings
from ketreview.diagnostics import Diagnostic
from ketreview.files.revision import RevisionFiles


def read_then(files: RevisionFiles, as_of: date, settings: Settings | None = None) -> pipeline.Project:
    """Reads the project of a commit, to be judged on a day of now; under its own settings where none are given.

    What is wrong with those is among the faults of reading.
    """
    own, faults = settings_then(files) if settings is None else (settings, [])
    project = pipeline.read(replace(files, exclude=own.exclude), own, as_of)
    return replace(project, reading=(*faults, *project.reading))


def settings_then(files: RevisionFiles) -> tuple[Settings, list[Diagnostic]]:
    """The settings that a commit has at the project's root; the defaults where it has none."""
    own, shared = files.read("ketreview.toml"), files.read("pyproject.toml")
    if isinstance(own, bytes):
        return read_settings("ketreview.toml", own)
    if isinstance(shared, bytes) and holds_settings(shared):
        return read_settings("pyproject.toml", shared)
    return Settings(), []
