"""What was kept with the questions that it rests on, and whether these would be answered the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from ketreview.cache.state import digest_of, own_bytes, unchanged
from ketreview.files import Earlier, Files
from ketreview.history import RevisionError, commit_of, head

MOST_CHANGED = 30
"""Files that changed since a run was kept, up to which it is of use: with more, all is read, and kept anew."""
_BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def recall(files: Files, question: str) -> Any:
    """The answer to `question`, if it was kept and still holds; else None."""
    try:
        kept = json.loads(own_bytes(files.root, answer_name(question)))
        if kept["question"] == question and next(_changed(files, kept), None) is None and _holds(files, kept):
            return kept["answer"]
    except _BROKEN:
        return None
    return None


def earlier(files: Files, question: str) -> Earlier | None:
    """What a run for the same question concluded, if little has changed of what may change; else None."""
    try:
        kept = json.loads(own_bytes(files.root, run_name(question)))
        if kept["question"] != question:
            return None
        states: dict[str, list[int]] = {}
        changed: list[str] = []
        changing = frozenset(kept["changing"])
        for path in _changed(files, kept, states):
            changed.append(path)
            if path not in changing or len(changed) > MOST_CHANGED:
                return None
        if not _holds(files, kept):
            return None
        reads = {path: digest for path, digest in kept["reads"].items() if path in states}
        finds = {pattern: tuple(paths) for pattern, paths in kept["finds"].items()}
        others = {name: kept[name] for name in ("sizes", "heads", "revisions")}
        return Earlier(kept["run"], tuple(changed), {"reads": reads, "stats": states, "finds": finds, **others})
    except _BROKEN:
        return None


def answer_name(question: str) -> str:
    """Under what name the answer to a question is kept."""
    return f"{_digest(question)}.json"


def run_name(question: str) -> str:
    """Under what name is kept what a run concluded."""
    return f"run-{_digest(question)}.json"


def _digest(question: str) -> str:
    return digest_of(question.encode("utf-8", "replace"))


def _changed(files: Files, kept: Mapping[str, Any], states: dict[str, list[int]] | None = None) -> Iterator[str]:
    """The files whose content is another; `states` takes the state of each that is the same."""
    stats, written = kept["stats"], kept["written"]
    for path, digest in kept["reads"].items():
        state = unchanged(files, path, stats[path], digest, written)
        if state is None:
            yield path
        elif states is not None:
            states[path] = state


def _holds(files: Files, kept: Mapping[str, Any]) -> bool:
    """Whether all else that was asked would be answered the same."""
    finds = {pattern: tuple(paths) for pattern, paths in kept["finds"].items()}
    return (
        files.find(tuple(finds)) == finds
        and all(files.size(path) == size for path, size in kept["sizes"].items())
        and all(head(files.root) == commit for commit in kept["heads"])
        and all(_is_commit(files, revision, commit) for revision, commit in kept["revisions"].items())
    )


def _is_commit(files: Files, revision: str, commit: str) -> bool:
    with suppress(RevisionError):
        return commit_of(files.root, revision) == commit
    return False
