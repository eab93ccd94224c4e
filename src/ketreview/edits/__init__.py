"""Text edits, the diff that shows them, and writing files atomically."""

from __future__ import annotations

from ketreview.edits.journal import finish
from ketreview.edits.temporary import sweep_folder
from ketreview.edits.text import Edit, edited, encoded
from ketreview.edits.unified import diff
from ketreview.edits.writing import (
    ChangedMeanwhileError,
    HalfWrittenError,
    RefusedWriteError,
    write_atomically,
    write_together,
)

__all__ = [
    "ChangedMeanwhileError",
    "Edit",
    "HalfWrittenError",
    "RefusedWriteError",
    "diff",
    "edited",
    "encoded",
    "finish",
    "sweep_folder",
    "write_atomically",
    "write_together",
]
