"""Small projects in a folder, and the command run on them as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KETREVIEW = (sys.executable, "-m", "ketreview")
AS_OF = ("--as-of", "2026-11-20")

HEAD = "schema_version: 1\nid: {id}\ntitle: A review\nstatus: active\n"
REVIEW = HEAD.format(id="good")
STORE = "@misc{good2020, title = {Good}, year = {2020}, doi = {10.1000/182}}\n"
GOOD: Mapping[str, str] = {"reviews/good.yaml": REVIEW, "references.bib": STORE}


@dataclass(frozen=True)
class Run:
    """What a command did."""

    code: int
    raw: bytes
    talk: str

    @property
    def out(self) -> str:
        return self.raw.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def findings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.json["diagnostics"]
        return found


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes a project; texts keep their line ends."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def environment(**extra: str) -> dict[str, str]:
    """A clean environment: no colour, no terminal width, no user's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "HOME": os.devnull, **extra}


def run(root: Path, *arguments: str, stdin: bytes = b"", **extra: str) -> Run:
    """Runs `ketreview` in `root`; the extra names are environment variables."""
    done = subprocess.run(
        [*KETREVIEW, *arguments],
        cwd=root,
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
        env=environment(**extra),
    )
    assert b"Traceback" not in done.stderr + done.stdout, done.stderr.decode()
    return Run(done.returncode, done.stdout, done.stderr.decode())


def check(root: Path, *arguments: str, stdin: bytes = b"", **extra: str) -> Run:
    """`ketreview check` with JSON, on a fixed day."""
    return run(root, "check", *AS_OF, "--output-format", "json", *arguments, stdin=stdin, **extra)


def snapshot(root: Path) -> dict[str, tuple[str, bytes, int]]:
    """Everything below a folder but the cache: what it is, what it holds, and when a file was changed."""
    found: dict[str, tuple[str, bytes, int]] = {}
    for folder, folders, files in os.walk(os.fsencode(root)):
        if b".ketreview_cache" in folders:
            folders.remove(b".ketreview_cache")
        for name in (*folders, *files):
            path = os.path.join(folder, name)  # noqa: PTH118  names may be no text
            stat = os.lstat(path)
            shown = os.fsdecode(os.path.relpath(path, os.fsencode(root)))
            if os.path.islink(path):  # noqa: PTH114
                found[shown] = ("link", os.fsencode(os.readlink(path)), stat.st_mtime_ns)  # noqa: PTH115
            elif name in folders:
                found[shown] = ("folder", b"", 0)
            else:
                found[shown] = ("file", _content(path), stat.st_mtime_ns)
    return found


def _content(path: bytes) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()
