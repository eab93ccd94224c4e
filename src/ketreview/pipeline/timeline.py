"""The reviews of the newest commits that changed one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ketreview.config import Settings
from ketreview.files import REVIEW_SUFFIXES, SITE_FILES
from ketreview.files.revision import RevisionFiles
from ketreview.history import Blob, commits_of, tree_of
from ketreview.parsing.reviews import parse_review
from ketreview.pipeline.revisions import settings_then
from ketreview.reports.status_history import Kept, Moment

if TYPE_CHECKING:
    from collections.abc import Iterator


def timeline(root: Path, head: str, settings: Settings, most: int, *, fixed: bool = False) -> tuple[Moment, ...]:
    """The newest commits before `head`, itself included, that changed a review; oldest first.

    Each has the reviews that its own settings name, or those of now if they are `fixed`. A file that several commits
    have is read once.

    Raises:
        RevisionError: git cannot give them.
    """
    reader = _Reader(settings if fixed else None)
    commits = commits_of(root, head, settings.reviews, most)
    return tuple(
        Moment(commit, dict(reader.reviews(RevisionFiles(root, commit=commit.id, tree=tree_of(root, commit.id)))))
        for commit in reversed(commits)
    )


class _Reader:
    """Reads the reviews of commits, each content once."""

    def __init__(self, settings: Settings | None) -> None:
        self._given = settings
        self._settings: dict[tuple[Blob | None, ...], Settings] = {}
        self._kept: dict[tuple[str, Blob | None], Kept] = {}

    def reviews(self, files: RevisionFiles) -> Iterator[tuple[str, Kept]]:
        settings = self._given or self._settings_of(files)
        own = RevisionFiles(files.root, settings.exclude, commit=files.commit, tree=files.tree)
        found = own.find(settings.reviews)
        for path in dict.fromkeys(path for paths in found.values() for path in paths):
            if path.endswith(REVIEW_SUFFIXES) and not path.endswith(SITE_FILES):
                yield path, self._review(own, path)

    def _settings_of(self, files: RevisionFiles) -> Settings:
        names = tuple(files.tree.get(name) for name in ("ketreview.toml", "pyproject.toml"))
        if names not in self._settings:
            self._settings[names] = settings_then(files)[0]
        return self._settings[names]

    def _review(self, files: RevisionFiles, path: str) -> Kept:
        blob = files.tree.get(path)
        known = (path, blob)
        if blob is None or blob.link:  # what a link leads to may change without it
            return _read(files, path)
        if known not in self._kept:
            self._kept[known] = _read(files, path)
        return self._kept[known]


def _read(files: RevisionFiles, path: str) -> Kept:
    data = files.read(path)
    if not isinstance(data, bytes):
        return Kept("", None)
    return Kept(files.id_of(data), parse_review(path, data).review)
