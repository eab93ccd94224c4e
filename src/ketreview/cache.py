"""Answers and facts worked out before, kept beside the project; safe to delete.

An answer holds while every file it asked for would still answer the same, the facts of a file while that is the same.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ketreview.edits import sweep_folder, write_atomically
from ketreview.files import Files, Unreadable
from ketreview.frozen import frozen
from ketreview.history import FormerKey, RevisionError, commit_of, head

if TYPE_CHECKING:
    from ketreview.files.revision import RevisionFiles

FOLDER = ".ketreview_cache"
FORMAT = 2
WORTHWHILE = 50_000
"""Bytes read from which an answer is kept: below, working it out anew is as fast."""

_KEPT = 32
_FACTS = "files.json"
_FACT_LENGTH = 3  # the file's state, its digest, what was concluded
_NO_STAT = [0]
_WORTH_WRITING = 50
_LARGE = 100_000
"""Bytes that take as long to read again as a chapter."""
_RACE = 2_000_000_000
"""A file as new as the answer (nanoseconds) may have been changed again in the same tick: its content is compared."""


@dataclass(slots=True)
class Facts:
    """What was concluded of single files, before and in this run.

    `written` is when the former were kept, -1 until they are loaded.
    """

    before: dict[str, list[Any]] = field(default_factory=dict)
    now: dict[str, list[Any]] = field(default_factory=dict)
    written: int = -1
    fresh: int = 0

    def load(self, root: Path) -> None:
        """Reads what was kept by this very program."""
        self.written = 0
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            kept = json.loads(_own(root, _FACTS))
            if kept["program"] == _listed(program()):
                self.before, self.written = dict(kept["files"]), int(kept["written"])

    def save(self, root: Path, now: int) -> None:
        """Writes what holds now, if enough of it is new: a few files are read again sooner than all is written."""
        if self.fresh * _WORTH_WRITING > len(self.now):
            kept = {"program": program(), "written": now, "files": self.now}
            write_atomically(root / FOLDER / _FACTS, _packed(kept), durable=False)


NO_FACTS: Final = Facts(written=0)
"""Stands for facts that are not asked for."""


@frozen
class NotingFiles(Files):
    """Files that note every question and its answer, so that it can be asked again."""

    reads: dict[str, str] = field(default_factory=dict)
    stats: dict[str, list[int]] = field(default_factory=dict)
    sizes: dict[str, int | None] = field(default_factory=dict)
    finds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)
    revisions: dict[str, str] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)

    def read(self, path: str) -> bytes | Unreadable:
        """As `Files.read`."""
        self.stats[path] = _stat(f"{self.root}/{path}")
        data = Files.read(self, path)
        self.reads[path] = "" if self.facts is NO_FACTS else _digest(data)  # nothing will be kept
        return data

    def size(self, path: str) -> int | None:
        """As `Files.size`."""
        self.sizes[path] = Files.size(self, path)
        return self.sizes[path]

    def find(self, patterns: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """As `Files.find`."""
        found = Files.find(self, patterns)
        self.finds.update(found)
        return found

    def former_keys(self, keys: Collection[str]) -> Mapping[str, FormerKey]:
        """As `Files.former_keys`; history is the same as long as its newest commit is."""
        self.heads.append(head(self.root))
        return Files.former_keys(self, keys)

    def at(self, revision: str) -> RevisionFiles:
        """As `Files.at`; the files of a commit are the same for good."""
        found = Files.at(self, revision)
        self.revisions[revision] = found.commit
        return found

    def recall(self, path: str) -> Any:
        """As `Files.recall`: what was concluded before of a file that is the same by size, time and inode."""
        if self.facts.written < 0:
            self.facts.load(self.root)
        kept = self.facts.before.get(path)
        if not isinstance(kept, list) or len(kept) != _FACT_LENGTH:
            return None
        stat = _stat(f"{self.root}/{path}")
        if kept[0] != stat or stat == _NO_STAT or stat[1] + _RACE >= self.facts.written:
            return None
        self.stats[path], self.reads[path] = kept[0], kept[1]
        self.facts.now[path] = kept
        return kept[2]

    def keep(self, path: str, facts: Any) -> None:
        """As `Files.keep`."""
        if path in self.reads and self.facts is not NO_FACTS:
            self.facts.now[path] = [self.stats[path], self.reads[path], facts]
            self.facts.fresh += 1 + self.stats[path][0] // _LARGE

    def notes(self) -> dict[str, Any]:
        """Every question and answer, as JSON has it."""
        return {
            "reads": self.reads,
            "stats": self.stats,
            "sizes": self.sizes,
            "finds": self.finds,
            "heads": self.heads,
            "revisions": self.revisions,
        }

    def worthwhile(self) -> bool:
        """Whether so much was read that the answer is worth keeping; git is slow to ask for whatever is read of it."""
        return bool(self.revisions) or sum(stat[0] for stat in self.stats.values()) >= WORTHWHILE


def recall(files: Files, question: str) -> Any:
    """The answer to `question`, if it was kept and still holds; else None."""
    try:
        kept = json.loads(_own(files.root, _name(question)))
        if kept["question"] == question and _holds(files, kept):
            return kept["answer"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return None


def _own(root: Path, name: str) -> bytes:
    """What was kept under a name; what is a link, or lies in one, is not the project's.

    Raises:
        OSError: nothing is kept.
    """
    folder = root / FOLDER
    if folder.is_symlink() or (folder / name).is_symlink():
        raise FileNotFoundError(name)
    return (folder / name).read_bytes()


def remember(files: NotingFiles, question: str, answer: Any, now: int) -> None:
    """Keeps an answer, given at `now` (nanoseconds since the epoch), beside the project.

    Where that cannot be done, nothing is kept and nothing is said.
    """
    folder = files.root / FOLDER
    if folder.is_symlink():  # what it links to is not the project's
        return
    kept = {"question": question, "written": now, **files.notes(), "answer": answer}
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        if not (folder / ".gitignore").exists():
            write_atomically(folder / ".gitignore", b"*\n")
        write_atomically(folder / _name(question), _packed(kept), durable=False)
        files.facts.save(files.root, now)
        _prune(folder)


def program() -> list[Any]:
    """What this program is: its format and the newest of its own files; a kept answer of another one is not used."""
    own = Path(__file__).parent
    newest = max((path.stat().st_mtime_ns for path in own.rglob("*.py")), default=0)
    return [FORMAT, str(own), newest, sys.version_info[:2]]


def _packed(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("utf-8", "replace")


def _listed(value: Any) -> Any:
    """A value as JSON gives it back."""
    return json.loads(_packed(value))


def _holds(files: Files, kept: Mapping[str, Any]) -> bool:
    finds = {pattern: tuple(paths) for pattern, paths in kept["finds"].items()}
    return (
        all(
            _unchanged(files, path, kept["stats"][path], digest, kept["written"])
            for path, digest in kept["reads"].items()
        )
        and files.find(tuple(finds)) == finds
        and all(files.size(path) == size for path, size in kept["sizes"].items())
        and all(head(files.root) == commit for commit in kept["heads"])
        and all(_is_commit(files, revision, commit) for revision, commit in kept["revisions"].items())
    )


def _is_commit(files: Files, revision: str, commit: str) -> bool:
    with suppress(RevisionError):
        return commit_of(files.root, revision) == commit
    return False


def _unchanged(files: Files, path: str, stat: list[int], digest: str, written: int) -> bool:
    """By size, time and inode, where the file is older than the answer; else by its content."""
    now = _stat(f"{files.root}/{path}")
    if now and now == stat and now[1] + _RACE < written:
        return True
    return _digest(files.read(path)) == digest


def _stat(path: str) -> list[int]:
    try:
        found = os.stat(path)  # noqa: PTH116  asked of every file of a book
    except (OSError, ValueError):
        return _NO_STAT
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def _digest(data: bytes | Unreadable) -> str:
    if isinstance(data, Unreadable):
        return f"unreadable: {data.reason}"
    from hashlib import blake2b  # noqa: PLC0415  OpenSSL takes as long to load as a small file to read

    return blake2b(data, digest_size=16).hexdigest()


def _name(question: str) -> str:
    from hashlib import blake2b  # noqa: PLC0415  OpenSSL takes as long to load as a small file to read

    return blake2b(question.encode("utf-8", "replace"), digest_size=16).hexdigest() + ".json"


def _prune(folder: Path) -> None:
    """Keeps the newest answers, and nothing of runs that were cut short."""
    sweep_folder(folder)
    answers = sorted(folder.glob(f"{'[0-9a-f]' * 32}.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in answers[_KEPT:]:
        path.unlink(missing_ok=True)
