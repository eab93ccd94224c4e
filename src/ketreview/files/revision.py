"""The files of a project as a revision of git has them, read from git's own store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha1, sha256
from pathlib import Path
from posixpath import dirname, join, normpath

from ketreview.files.disk import (
    IS_ABSENT,
    IS_FOLDER,
    IS_LARGE,
    IS_OUTSIDE,
    SUFFIXES,
    TOO_LARGE,
    Files,
    Listed,
    Unreadable,
)
from ketreview.frozen import field, frozen
from ketreview.history import Blob, FormerKey, RevisionError, commit_of, contents, former_keys, tree_of

_MOST_LINKS = 40
_SHA256_DIGITS = 64


def files_at(root: Path, exclude: tuple[str, ...], revision: str) -> RevisionFiles:
    """The files below `root` as a revision has them.

    Raises:
        RevisionError: there is no such commit, or no git to ask.
    """
    commit = commit_of(root, revision)
    return RevisionFiles(root, exclude, commit=commit, tree=tree_of(root, commit))


@frozen
class RevisionFiles(Files):
    """The files below `root` as a commit of git has them; what is on disk plays no part, and nothing is checked out."""

    commit: str = ""
    tree: Mapping[str, Blob] = field(default_factory=dict)
    _contents: dict[str, bytes] = field(default_factory=dict)
    _wanted: set[str] = field(default_factory=set)
    _folders: dict[str, list[Listed]] = field(default_factory=dict)

    def read(self, path: str) -> bytes | Unreadable:
        """As `Files.read`."""
        if path in self.buffers:
            return self.buffers[path]
        found = self._resolved(path)
        if not isinstance(found, Blob):
            return found
        if found.size > TOO_LARGE:
            return Unreadable(IS_LARGE)
        data = self._content(found.id)
        return Unreadable("git cannot read it; a partial clone does not have every file") if data is None else data

    def size(self, path: str) -> int | None:
        """As `Files.size`."""
        if path in self.buffers:
            return len(self.buffers[path])
        found = self._resolved(path)
        return found.size if isinstance(found, Blob) else None

    def expect(self, paths: Iterable[str]) -> None:
        """Says which files will be read, so that git is asked for them together."""
        self._wanted.update(paths)

    def is_there(self, path: str) -> bool:
        """Whether a file, a link or a folder stood at a path."""
        return path in self.tree or self._is_folder(normpath(path))

    def find(self, patterns: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """As `Files.find`; what is found is read together when the first of it is asked for."""
        found = Files.find(self, patterns)
        self.expect(path for paths in found.values() for path in paths if path.endswith(SUFFIXES))
        return found

    def former_keys(self, keys: Collection[str]) -> Mapping[str, FormerKey]:
        """As `Files.former_keys`, by what was known then."""
        return former_keys(self.root, keys, self.commit)

    def holds(self, path: str, data: bytes) -> bool:
        """Whether a file had exactly these bytes; it need not be read for that."""
        blob = self.tree.get(path)
        return blob is not None and not blob.link and blob.id == self.id_of(data)

    def id_of(self, data: bytes) -> str:
        """The id by which this repository would know a file of these bytes."""
        digest = sha256 if len(self.commit) == _SHA256_DIGITS else sha1
        return digest(b"blob %d\0" % len(data) + data).hexdigest()

    def _content(self, name: str) -> bytes | None:
        """The content of a blob; with it, that of all others that were found and not read is fetched from git."""
        if name not in self._contents:
            others = [self.tree[path] for path in sorted(self._wanted) if path in self.tree]
            self._wanted.clear()
            ids = [name, *(blob.id for blob in others if blob.size < TOO_LARGE and blob.id not in self._contents)]
            with suppress(RevisionError):
                self._contents.update(contents(self.root, ids))
        return self._contents.get(name)

    def _resolved(self, path: str) -> Blob | Unreadable:
        """The file that a path names, links followed; or why there is none."""
        for _ in range(_MOST_LINKS):
            name = normpath(path)
            if name.startswith(("../", "/")) or name == "..":
                return Unreadable(IS_OUTSIDE)
            link = self._link_in(name)
            if link is None:
                folder = Unreadable(IS_FOLDER if self._is_folder(name) else IS_ABSENT)
                return self.tree.get(name, folder)
            target = (self._content(self.tree[link].id) or b"").decode("utf-8", "surrogateescape")
            path = join(dirname(link), target) + name[len(link) :]
        return Unreadable("too many levels of symbolic links")

    def _link_in(self, name: str) -> str | None:
        """The first part of a path that is a link."""
        ends = [index for index, character in enumerate(name) if character == "/"]
        heads = (name[:end] for end in (*ends, len(name)))
        return next((head for head in heads if (blob := self.tree.get(head)) is not None and blob.link), None)

    def _is_folder(self, name: str) -> bool:
        return name == "." or name in self._by_folder()

    def _literal(self, path: str) -> tuple[str, ...]:
        known = path in self.buffers or self.is_there(path)
        return (path,) if known or isinstance(self._resolved(path), Blob) else ()

    def _listed(self, folder: str) -> Iterator[Listed]:
        return iter(self._by_folder().get(folder, ()))

    def _by_folder(self) -> Mapping[str, list[Listed]]:
        if not self._folders:
            self._folders[""] = []
            for path, blob in self.tree.items():
                folder = dirname(path)
                self._enter(folder)
                self._folders[folder].append(Listed(path, is_folder=False, is_file=not blob.link))
        return self._folders

    def _enter(self, folder: str) -> None:
        """Makes a folder known, and those around it."""
        new = []
        while folder not in self._folders:
            self._folders[folder] = []
            new.append(folder)
            folder = dirname(folder)
        for name in new:
            self._folders[dirname(name)].append(Listed(name, is_folder=True, is_file=False))
