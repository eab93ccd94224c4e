"""The exports of retractions that the settings name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from ketreview.files import Files, Unreadable
from ketreview.pipeline.gathering import Gathering

if TYPE_CHECKING:
    from ketreview.parsing.retraction_watch import Export


def gather_exports(gathering: Gathering) -> list[Export]:
    """Every export of retractions: as it was gathered in a run before, if it is still the same, else read."""
    paths = gathering.paths("retractions")
    return list(_exports(gathering, paths)) if paths else []


def _exports(gathering: Gathering, paths: tuple[str, ...]) -> Iterator[Export]:
    from ketreview.parsing.retraction_watch import packed, parse_export, unpacked  # noqa: PLC0415  where there is one

    files = gathering.files
    for path in paths:
        with suppress(ValueError, TypeError):
            if (kept := files.recall(path)) is not None:
                yield unpacked(path, kept, _reading(files, path))
                continue
        export = gathering.parse_one(path, parse_export)
        if export is not None:
            if (facts := packed(export)) is not None:
                files.keep(path, facts)
            yield export


def _reading(files: Files, path: str) -> Callable[[], bytes]:
    def read() -> bytes:
        data = files.read(path)
        return b"" if isinstance(data, Unreadable) else data

    return read
