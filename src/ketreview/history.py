"""What git remembers: the files of a commit, and what became of keys that a store file once had.

Nothing of the repository is changed, nothing that it configures is run, and nothing is fetched.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ketreview.patterns import regex

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_MOST_KEYS = 200
_MOST_COMMITS = "2000"
_MOST_BYTES = 50_000_000
_SECONDS = 5
_SECONDS_TO_READ = 120
_SAFE: Final = {
    "GIT_ALLOW_PROTOCOL": "",  # what a partial clone lacks is not fetched with the programs that it names
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",  # so that a commit is the same for good
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
_ID = regex(rb"[0-9a-f]{40,64}")
_ENTRY = regex(rb"^[ \t]*@[A-Za-z]+[ \t]*[{(][ \t]*([^\s,{}=\"#%]+)[ \t]*,", re.MULTILINE)
_COMMIT = regex(rb"^\0([0-9a-f]+) (\d{4}-\d\d-\d\d)\n", re.MULTILINE)
_HUNK = regex(rb"^(?:@@ .*|diff --git .*\n(?:(?!@@ ).*\n)*@@ .*)\n", re.MULTILINE)


class FormerKey(NamedTuple):
    """What became of a key that a store file had; `now` is empty where it was deleted. `commit` is abbreviated."""

    now: str
    commit: str
    date: str


class RevisionError(Exception):
    """Why git does not give what was asked of a revision, in words."""


class Blob(NamedTuple):
    """A file of a commit; `id` stands for its content."""

    id: str
    size: int
    link: bool


def commit_of(root: Path, revision: str) -> str:
    """The full id of the commit that `revision` names in the repository around `root`.

    Raises:
        RevisionError: there is no git, no repository or no such commit.
    """
    if "\0" in revision or not revision.strip():
        raise RevisionError("it names no commit")
    done = _ran(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    found = done.stdout.strip()
    if done.returncode == 0 and _ID.fullmatch(found):
        return found.decode()
    raise RevisionError(_why_no_commit(root))


def tree_of(root: Path, commit: str) -> dict[str, Blob]:
    """The files and links of a commit that stand below `root`, by their paths from there.

    Raises:
        RevisionError: git cannot list them.
    """
    done = _ran(root, "ls-tree", "-r", "-z", "-l", commit)
    if done.returncode:
        raise RevisionError(_said(done))
    found = {}
    for row in done.stdout.split(b"\0")[:-1]:
        about, _, path = row.partition(b"\t")
        mode, kind, name, size = about.split()
        if kind == b"blob":
            found[os.fsdecode(path)] = Blob(name.decode(), int(size) if size.isdigit() else 0, mode == b"120000")
    return found


def contents(root: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """The contents of blobs by their ids; one that a partial clone does not have is left out.

    Raises:
        RevisionError: git cannot read them.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    done = _ran(root, "cat-file", "--batch", given="".join(f"{name}\n" for name in wanted).encode())
    if done.returncode:
        raise RevisionError(_said(done))
    found, at = {}, 0
    for name in wanted:
        end = done.stdout.index(b"\n", at)
        answer = done.stdout[at:end].split()
        at = end + 1
        if answer[-1].isdigit():
            size = int(answer[-1])
            found[name] = done.stdout[at : at + size]
            at += size + 1
    return found


def former_keys(root: Path, keys: Collection[str], commit: str = "HEAD") -> Mapping[str, FormerKey]:
    """What the newest commit that took a key out of a .bib file below `root` did to it; only of keys that one did.

    `commit` is the newest that is looked at. Empty where there is no repository, no git, or so long a history that it
    cannot be read within seconds: what is said never depends on a part of it.
    """
    wanted = sorted(keys)[:_MOST_KEYS]
    if not wanted:
        return {}
    found: dict[str, FormerKey] = {}
    pattern = (
        "[{(][ \t]*(" + "|".join(re.sub(r"[^\w]", r"[\g<0>]", key) for key in wanted if _is_plain(key)) + ")[ \t]*,"
    )
    log = _git(
        root, "log", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-merges", "-p", "-U0",
        f"--max-count={_MOST_COMMITS}", "--format=%x00%h %as", f"-G{pattern}", commit, "--", "*.bib",
    )  # fmt: skip
    for taken_by, day, changes in _commits(log):
        for key, now in _taken_out(changes):
            if key in wanted and key not in found:
                found[key] = FormerKey(now, taken_by, day)
    return found


class Commit(NamedTuple):
    """A commit by its full id, and the day it was made on."""

    id: str
    date: str


def commits_of(root: Path, commit: str, patterns: Iterable[str], most: int) -> tuple[Commit, ...]:
    """The newest commits, up to `commit`, that changed a file below `root` that one of the globs matches; newest first.

    Raises:
        RevisionError: git cannot list them.
    """
    globs = [f":(glob){pattern}" for pattern in patterns]
    if not globs:
        return ()
    done = _ran(root, "log", "--no-color", f"--max-count={most}", "--format=%H %as", commit, "--", *globs)
    if done.returncode:
        raise RevisionError(_said(done))
    return tuple(Commit(*row.split()) for row in done.stdout.decode("ascii", "replace").splitlines())


def is_shallow(root: Path) -> bool:
    """Whether a clone has only the newest commits."""
    return _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def head(root: Path) -> str:
    """The commit that is checked out; empty where there is none."""
    return _git(root, "rev-parse", "--verify", "--quiet", "HEAD").decode("ascii", "replace").strip()


def folder_in_repository(root: Path) -> str:
    """The path of `root` from the root of the git repository it lies in, with `/` at its end.

    Empty where both are one, or there is no repository.
    """
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            below = root.relative_to(folder).as_posix()
            return "" if below == "." else f"{below}/"
    return ""


def _is_plain(key: str) -> bool:
    """Whether a key can be sought: a bracket or a caret cannot be written as a set of one."""
    return not set(key) & set("[]^\\\0\n")


def _git(root: Path, *arguments: str) -> bytes:
    """What git prints; nothing if it fails, takes too long or prints too much."""
    try:
        done = _ran(root, *arguments, is_short=True)
    except RevisionError:
        return b""
    return done.stdout if done.returncode == 0 and len(done.stdout) <= _MOST_BYTES else b""


def _ran(root: Path, *arguments: str, given: bytes = b"", is_short: bool = False) -> CompletedProcess[bytes]:
    """What git did.

    Raises:
        RevisionError: it cannot be started, or takes too long.
    """
    import subprocess  # noqa: PLC0415  seldom needed

    settings = ("core.fsmonitor=false", "core.quotePath=true", "log.showSignature=false")
    seconds = _SECONDS if is_short else _SECONDS_TO_READ
    command = ["git", *(word for setting in settings for word in ("-c", setting)), "--no-pager", *arguments]
    try:
        return subprocess.run(  # noqa: S603  a list of our own words; keys and revisions stand inside one of them
            command, cwd=root, env={**os.environ, **_SAFE}, input=given, capture_output=True, timeout=seconds,
            check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise RevisionError("there is no git on this machine") from None
    except (OSError, ValueError) as error:
        raise RevisionError(f"git cannot be run: {error}") from None
    except subprocess.TimeoutExpired:
        raise RevisionError(f"git took more than {seconds} seconds") from None


def _why_no_commit(root: Path) -> str:
    shallow = _ran(root, "rev-parse", "--is-shallow-repository")
    if shallow.returncode:
        return _said(shallow)
    if shallow.stdout.strip() == b"true":
        return (
            "it is no commit of this clone, which is shallow: fetch the whole history "
            "(`git fetch --unshallow`; for actions/checkout, `fetch-depth: 0`)"
        )
    return "it is no commit of this repository; name a branch, a tag or a commit, such as `origin/main`"


def _said(done: CompletedProcess[bytes]) -> str:
    """What git says against it, on one line."""
    said = done.stderr.decode("utf-8", "replace").strip()
    if "not a git repository" in said:
        return "this is no git repository"
    if "promisor remote" in said:
        return "the clone is a partial one and lacks files of it; clone without `--filter`, as nothing is fetched here"
    first = said.split("\n")[0].removeprefix("fatal: ")
    return f"git says: {first or 'nothing'}"


def _commits(log: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Each commit with its day and its changes, newest first."""
    parts = _COMMIT.split(log)
    for commit, day, changes in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        yield commit.decode(), day.decode(), changes


def _taken_out(changes: bytes) -> Iterator[tuple[str, str]]:
    """The keys that a commit took out, each with the one that it wrote in the same place, or nothing."""
    hunks = [(_entries(hunk, b"-"), _entries(hunk, b"+")) for hunk in _HUNK.split(changes)]
    added = {key for _, new in hunks for key, _ in new}
    for old, new in hunks:
        for index, (key, body) in enumerate(old):
            if key not in added:
                beside = new[index][0] if len(old) == len(new) else b""
                same = next((other for other, content in new if content == body), beside)
                yield key.decode("utf-8", "replace"), same.decode("utf-8", "replace")


def _entries(hunk: bytes, sign: bytes) -> list[tuple[bytes, bytes]]:
    """The keys of one side of a hunk, each with what follows it there."""
    side = b"\n".join(line[1:] for line in hunk.split(b"\n") if line.startswith(sign))
    parts = _ENTRY.split(side)
    return [(key, b"".join(body.split())) for key, body in zip(parts[1::2], parts[2::2], strict=True)]
