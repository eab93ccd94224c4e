"""Projects in git repositories, for tests."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.projects import write


def git(root: Path, *arguments: str) -> str:
    """Runs git in a folder as nobody in particular; gives what it prints."""
    who = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)
    return done.stdout.decode().strip()


def repository(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """A new repository with one commit of these files."""
    root.mkdir(exist_ok=True)
    git(root, "init", "-q", "-b", "main")
    return commit(root, files)


def commit(root: Path, files: Mapping[str, str | bytes], *gone: str) -> Path:
    """One more commit: these files, and without those that are gone."""
    write(root, files)
    for path in gone:
        (root / path).unlink()
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "a change")
    return root
