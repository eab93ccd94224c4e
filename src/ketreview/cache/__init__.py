"""Answers and facts worked out before, kept beside the project; safe to delete.

An answer holds while every file it asked for would still answer the same, the facts of a file while that is the same,
and what a run concluded while little of what it asked has changed.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from ketreview.cache.facts import NO_FACTS, Facts
from ketreview.cache.kept import answer_name, recall, run_name
from ketreview.cache.noting import WORTHWHILE, NotingFiles
from ketreview.cache.state import FOLDER, FORMAT, packed, program
from ketreview.edits import sweep_folder, write_atomically

__all__ = ["FOLDER", "FORMAT", "NO_FACTS", "WORTHWHILE", "Facts", "NotingFiles", "program", "recall", "remember"]
_KEPT = 32
_KEPT_RUNS = 2  # each may take some megabytes


def remember(files: NotingFiles, question: str, answer: Any, now: int) -> None:
    """Keeps an answer, given at `now` (nanoseconds since the epoch), beside the project.

    Where that cannot be done, nothing is kept and nothing is said.
    """
    folder = files.root / FOLDER
    if folder.is_symlink():  # what it links to is not the project's
        return
    kept = {"question": question, "written": now, **files.notes()}
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        if not (folder / ".gitignore").exists():
            write_atomically(folder / ".gitignore", b"*\n")
        write_atomically(folder / answer_name(question), packed({**kept, "answer": answer}), durable=False)
        if files.run:
            write_atomically(folder / run_name(question), packed({**kept, **files.run}), durable=False)
        files.facts.save(files.root, now)
        _prune(folder)


def _prune(folder: Path) -> None:
    """Keeps the newest answers, and nothing of runs that were cut short."""
    sweep_folder(folder)
    for pattern, most in ((f"{'[0-9a-f]' * 32}.json", _KEPT), (f"run-{'[0-9a-f]' * 32}.json", _KEPT_RUNS)):
        newest = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in newest[most:]:
            path.unlink(missing_ok=True)
