"""What became of keys that a store file once had, as git remembers it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_MOST_KEYS = 200
_MOST_COMMITS = "2000"
_MOST_BYTES = 50_000_000
_SECONDS = 5
_ENTRY = re.compile(rb"^[ \t]*@[A-Za-z]+[ \t]*[{(][ \t]*([^\s,{}=\"#%]+)[ \t]*,", re.MULTILINE)
_COMMIT = re.compile(rb"^\0([0-9a-f]+) (\d{4}-\d\d-\d\d)\n", re.MULTILINE)
_HUNK = re.compile(rb"^(?:@@ .*|diff --git .*\n(?:(?!@@ ).*\n)*@@ .*)\n", re.MULTILINE)


class FormerKey(NamedTuple):
    """What became of a key that a store file had; `now` is empty where it was deleted. `commit` is abbreviated."""

    now: str
    commit: str
    date: str


def former_keys(root: Path, keys: Collection[str]) -> Mapping[str, FormerKey]:
    """What the newest commit that took a key out of a .bib file below `root` did to it; only of keys that one did.

    Empty where there is no repository, no git, or so long a history that it cannot be read within seconds: what is said
    never depends on a part of it. Nothing of the repository is changed, and nothing that it configures is run.
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
        f"--max-count={_MOST_COMMITS}", "--format=%x00%h %as", f"-G{pattern}", "--", "*.bib",
    )  # fmt: skip
    for commit, day, changes in _commits(log):
        for key, now in _taken_out(changes):
            if key in wanted and key not in found:
                found[key] = FormerKey(now, commit, day)
    return found


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
    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=true", "--no-pager", *arguments]
    import subprocess  # noqa: PLC0415  seldom needed

    try:
        done = subprocess.run(  # noqa: S603  a list of our own words; keys stand inside one of them
            command, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 and len(done.stdout) <= _MOST_BYTES else b""


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
