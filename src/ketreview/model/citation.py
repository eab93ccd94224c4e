"""A place that cites an entry of the store."""

from __future__ import annotations

from typing import NamedTuple

from ketreview.source import Span


class Citation(NamedTuple):
    """One occurrence of a citation key.

    In a review, `review` is its id and `record` the id of the record around the key. In a chapter both are empty, and
    `form` is how the citation is written: `@`, `\\autocite`, ….
    """

    key: str
    span: Span
    review: str = ""
    record: str = ""
    form: str = ""

    @property
    def in_chapter(self) -> bool:
        """Whether it stands in a chapter, and not in a review."""
        return not self.review
