"""The folders of literature: which there are, and what they hold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from ketreview.diagnostics import Diagnostic, Severity
from ketreview.model.stated import ReadingFolder
from ketreview.pipeline.gathering import Gathering


def gather_folders(gathering: Gathering) -> list[ReadingFolder]:
    """Reads every folder that directly holds a text which the setting `literature` names."""
    paths = sorted(gathering.paths("literature"))
    if not paths:
        return []
    from ketreview.parsing.literature import folders_of, parse_folder  # noqa: PLC0415  loaded where there are some

    found = []
    for folder, names in folders_of(paths).items():
        texts = [data for name in names if (data := gathering.parse_one(name, lambda path, text: (path, text)))]
        own = set(names)
        parsed = parse_folder(folder, texts, [path for path in _below(folder, paths) if path not in own])
        found.append(replace(parsed, diagnostics=tuple(map(_as_warning, parsed.diagnostics))))
    return found


def _as_warning(finding: Diagnostic) -> Diagnostic:
    """A fault of a text that was kept and not written here: a project is not wrong for it."""
    return replace(finding, severity=Severity.WARNING, ceiling=Severity.WARNING)


def _below(folder: str, paths: Sequence[str]) -> Sequence[str]:
    """The sorted paths that stand in a folder, at any depth."""
    if not folder:
        return paths
    return paths[bisect_left(paths, f"{folder}/") : bisect_left(paths, f"{folder}0")]  # `0` comes right behind `/`
