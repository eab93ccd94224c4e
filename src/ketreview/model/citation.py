"""A place that cites an entry of the store."""

from __future__ import annotations

from dataclasses import dataclass

from ketreview.source import Span


@dataclass(frozen=True, slots=True)
class Citation:
    """One occurrence of a citation key.

    `review` is the id of the review that it stands in, `record` the record's id.
    """

    key: str
    span: Span
    review: str = ""
    record: str = ""
