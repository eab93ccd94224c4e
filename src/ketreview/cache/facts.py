"""What was concluded of single files, kept as long as each is the same."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ketreview.cache.state import FOLDER, listed, own_bytes, packed, program
from ketreview.edits import write_atomically

_FACTS = "files.json"
_WORTH_WRITING = 50


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
            kept = json.loads(own_bytes(root, _FACTS))
            if kept["program"] == listed(program()):
                self.before, self.written = dict(kept["files"]), int(kept["written"])

    def save(self, root: Path, now: int) -> None:
        """Writes what holds now, if enough of it is new: a few files are read again sooner than all is written."""
        if self.fresh * _WORTH_WRITING > len(self.now):
            kept = {"program": program(), "written": now, "files": self.now}
            write_atomically(root / FOLDER / _FACTS, packed(kept), durable=False)


NO_FACTS: Final = Facts(written=0)
"""Stands for facts that are not asked for."""
