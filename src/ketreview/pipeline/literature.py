"""The folders of literature: which there are, and what they hold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ketreview.diagnostics import Diagnostic, Severity
from ketreview.files import CHAPTER_SUFFIXES
from ketreview.model.stated import ReadingFolder
from ketreview.model.suppression import Suppression
from ketreview.parsing.manuscripts import parse_manuscript
from ketreview.parsing.suppressions import MARKER
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
        warnings = tuple(map(_as_warning, parsed.diagnostics))
        found.append(replace(parsed, diagnostics=warnings, suppressions=tuple(_suppressions(texts))))
    return found


def _suppressions(texts: Iterable[tuple[str, bytes]]) -> Iterator[Suppression]:
    """What is accepted in the texts of a folder, by comments as chapters have them."""
    for path, data in texts:
        if MARKER.encode() in data and path.endswith(CHAPTER_SUFFIXES):
            yield from parse_manuscript(path, data).suppressions


def _as_warning(finding: Diagnostic) -> Diagnostic:
    """A fault of a text that was kept and not written here: a project is not wrong for it."""
    return replace(finding, severity=Severity.WARNING, ceiling=Severity.WARNING)


def _below(folder: str, paths: Sequence[str]) -> Sequence[str]:
    """The sorted paths that stand in a folder, at any depth."""
    if not folder:
        return paths
    return paths[bisect_left(paths, f"{folder}/") : bisect_left(paths, f"{folder}0")]  # `0` comes right behind `/`
