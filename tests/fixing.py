"""Small projects in memory, fixed as `check --fix` fixes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ketreview import pipeline
from ketreview.changes.fixing import Fixed, Seen, fixed
from ketreview.changes.verified import JUDGED
from ketreview.checking import Selection
from ketreview.checking.examples import DEFAULT_AS_OF
from ketreview.config import Settings, read_settings
from ketreview.diagnostics import Diagnostic
from ketreview.files import Files

Contents = Mapping[str, bytes]


@dataclass(frozen=True)
class Looking:
    """Checks projects whose files are all in memory; a ketreview.toml among them holds the settings."""

    root: Path
    as_of: date = DEFAULT_AS_OF
    select: tuple[str, ...] = ()

    def __call__(self, files: Files) -> Seen[None]:
        settings, faults = Settings(), list[Diagnostic]()
        if isinstance(data := files.read("ketreview.toml"), bytes):
            settings, faults = read_settings("ketreview.toml", data)
        project = pipeline.read(files, settings, self.as_of)
        shown = (*faults, *pipeline.check(project, Selection.of(settings, self.select)))
        return Seen(shown, pipeline.check(project, Selection(select=JUDGED)), None)

    def findings(self, contents: Contents) -> tuple[Diagnostic, ...]:
        return tuple(self(Files(self.root, buffers=contents)).shown)

    def fixed(self, contents: Contents, *, unsafe: bool = True) -> Fixed[None]:
        return fixed(Files(self.root, buffers=contents), self, unsafe=unsafe)

    def texts(self, contents: Contents, *, unsafe: bool = True) -> dict[str, bytes]:
        """Every file as fixing leaves it."""
        return {**contents, **self.fixed(contents, unsafe=unsafe).after}
