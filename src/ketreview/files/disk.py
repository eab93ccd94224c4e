"""The files of a project on disk, or in an editor's buffer."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ketreview.frozen import field, frozen
from ketreview.globs import is_glob, matches
from ketreview.history import FormerKey, former_keys

if TYPE_CHECKING:
    from ketreview.files.revision import RevisionFiles

REVIEW_SUFFIXES = (".yaml", ".yml")
BIB_SUFFIXES = (".bib",)
SITE_FILES = ("_quarto.yml", "_quarto.yaml", "_metadata.yml", "_metadata.yaml")
"""What Quarto adds to the metadata of the pages in the same folder and below."""
CHAPTER_SUFFIXES = (".typ", ".tex", ".md", ".markdown", ".qmd", ".Rmd", ".rmd", ".ipynb", ".rst", *SITE_FILES)
SUFFIXES = (*REVIEW_SUFFIXES, *BIB_SUFFIXES, *CHAPTER_SUFFIXES)
"""What can be read."""
TOO_LARGE = 1 << 30
IS_LARGE = "it is larger than 1 GiB"
IS_OUTSIDE = "it is a link out of the project"
IS_FOLDER = "it is a folder"
IS_ABSENT = "there is no such file"


@frozen
class Unreadable:
    """Why a file cannot be read, in words."""

    reason: str


class Listed(NamedTuple):
    """What stands in a folder, by its path from the root."""

    name: str
    is_folder: bool
    is_file: bool


class Earlier(NamedTuple):
    """What a run before concluded, where all that it asked is the same but for the content of files that `changed`."""

    facts: Any
    changed: tuple[str, ...]
    notes: Mapping[str, Any]


@frozen
class Files:
    """The files below `root`. `buffers` (path → bytes) stand in for what is on disk."""

    root: Path
    exclude: tuple[str, ...] = ()
    buffers: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, path: str) -> bytes | Unreadable:
        """The bytes of `path`, or why there are none. Never raises."""
        if path in self.buffers:
            return self.buffers[path]
        location = self.root / path
        try:
            refusal = self._refusal(location)
            return Unreadable(refusal) if refusal else location.read_bytes()
        except FileNotFoundError:
            return Unreadable(IS_ABSENT)
        except (OSError, ValueError) as error:
            return Unreadable(reason_of(error))

    def _refusal(self, location: Path) -> str:
        """Why a file is not to be read at all; empty if it may be."""
        if not self._inside(location):
            return IS_OUTSIDE
        if location.is_dir():
            return IS_FOLDER
        if location.exists() and not location.is_file():
            return "it is not a regular file"
        return IS_LARGE if location.stat().st_size > TOO_LARGE else ""

    def size(self, path: str) -> int | None:
        """The size of a file in bytes; None where there is no such regular file inside the project."""
        if path in self.buffers:
            return len(self.buffers[path])
        location = self.root / path
        try:
            return location.stat().st_size if location.is_file() and self._inside(location) else None
        except (OSError, ValueError):
            return None

    def find(self, patterns: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """The files that each glob matches, sorted.

        A pattern without wildcards matches its path, even if it is a folder.
        """
        globs = [pattern for pattern in patterns if is_glob(pattern)]
        names = sorted({*self._walk(globs), *self.buffers}) if globs else []
        found = {pattern: [name for name in names if matches(pattern, name)] for pattern in globs}
        excluded = set(filter(self._excluded, set().union(*found.values())))
        return {
            pattern: tuple(name for name in found[pattern] if name not in excluded)
            if pattern in found
            else self._literal(pattern)
            for pattern in patterns
        }

    def every(self) -> Iterator[str]:
        """Every regular file, sorted within its folder; none in hidden folders, behind links, or that is excluded."""
        pending = [""]
        while pending:
            for entry in sorted(self._listed(pending.pop())):
                if self._excluded(entry.name):
                    continue
                if entry.is_file:
                    yield entry.name
                elif entry.is_folder and not entry.name.rpartition("/")[2].startswith("."):
                    pending.append(entry.name)

    def recall(self, path: str) -> Any:
        """What was concluded of a file before and kept, as JSON has it; None where nothing is kept that still holds."""
        del path

    def keep(self, path: str, facts: Any) -> None:
        """Keeps what was concluded of a file that was just read, for the next run; here, nothing is kept."""

    @property
    def keeps_runs(self) -> bool:
        """Whether what a run concludes of the whole project is worth keeping for the next; here, it is not."""
        return False

    def earlier(self) -> Earlier | None:
        """What was concluded of the whole project before; None where nothing is kept that still holds."""
        return None

    def resume(self, earlier: Earlier) -> None:
        """Takes what an earlier run asked as asked by this one."""

    def keep_run(self, facts: Any, changing: Iterable[str]) -> None:
        """Keeps what was concluded of the whole project, of use until a file changes that is none of `changing`.

        Here, nothing is kept.
        """

    def former_keys(self, keys: Collection[str]) -> Mapping[str, FormerKey]:
        """What became of keys that a store file once had, as git remembers it."""
        return former_keys(self.root, keys)

    def at(self, revision: str) -> RevisionFiles:
        """The files of the same project as a revision of git has them.

        Raises:
            RevisionError: there is no such commit, or no git to ask.
        """
        from ketreview.files.revision import files_at  # noqa: PLC0415  seldom needed

        return files_at(self.root, self.exclude, revision)

    def _literal(self, path: str) -> tuple[str, ...]:
        known = path in self.buffers or os.path.lexists(self.root / path)
        return (path,) if known else ()

    def _excluded(self, name: str) -> bool:
        parts = name.split("/")
        plain, patterns = _sorted_out(self.exclude)
        if not plain.isdisjoint(parts) or name in plain:
            return True
        return bool(patterns) and any(matches(pattern, part) for pattern in patterns for part in (name, *parts))

    def _inside(self, location: Path) -> bool:
        # not Path.resolve: before Python 3.13 it raises RuntimeError at a link to itself
        return Path(os.path.realpath(location)).is_relative_to(os.path.realpath(self.root))

    def _walk(self, globs: list[str]) -> Iterator[str]:
        """Walks each folder that a glob can match in once, and no deeper than its wildcards reach."""
        tops = {_fixed_part(pattern) for pattern in globs}
        for top in sorted(top for top in tops if not any(top != other and _below(top, other) for other in tops)):
            depths = [_depth(pattern, top) for pattern in globs if _below(_fixed_part(pattern), top)]
            yield from self._walk_folder(top, max(depths))

    def _walk_folder(self, top: str, depth: float) -> Iterator[str]:
        pending = [(top, depth)]
        while pending:
            current, left = pending.pop()
            for name, is_folder, _ in self._listed(current):
                if is_folder and left > 1 and not self._excluded(name):
                    pending.append((name, left - 1))
                if not is_folder or name.endswith(SUFFIXES):  # a folder in place of a file is to be reported
                    yield name

    def _listed(self, folder: str) -> Iterator[Listed]:
        """What stands in a folder, in no order; a link is neither file nor folder."""
        try:
            entries = list(os.scandir(self.root / folder if folder else self.root))
        except OSError:
            return
        for entry in entries:
            name = f"{folder}/{entry.name}" if folder else entry.name
            yield Listed(name, entry.is_dir(follow_symlinks=False), entry.is_file(follow_symlinks=False))


def reason_of(error: OSError | ValueError) -> str:
    """Why a file could not be read or written, in words."""
    return (getattr(error, "strerror", None) or str(error)).lower()


@cache
def _sorted_out(exclude: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The patterns that are mere names, and the others."""
    plain = frozenset(pattern for pattern in exclude if not is_glob(pattern))
    return plain, tuple(pattern for pattern in exclude if is_glob(pattern))


def _fixed_part(pattern: str) -> str:
    parts = pattern.split("/")
    fixed = next((index for index, part in enumerate(parts) if is_glob(part)), len(parts) - 1)
    return "/".join(parts[:fixed])


def _below(folder: str, top: str) -> bool:
    return not top or folder == top or folder.startswith(top + "/")


def _depth(pattern: str, top: str) -> float:
    rest = pattern[len(top) + 1 if top else 0 :]
    return float("inf") if "**" in rest else rest.count("/") + 1
