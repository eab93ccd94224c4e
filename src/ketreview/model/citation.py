"""A place that cites an entry of the store."""

from __future__ import annotations

from typing import NamedTuple

from ketreview.model.walk import Named
from ketreview.source import Span


class Citation(NamedTuple):
    """One occurrence of a citation key.

    `place` is its span, or the field of a record that names it: nearly no citation is ever asked where it stands. In a
    review, `review` is its id and `record` the id of the record around the key. In a chapter both are empty, and
    `form` is how the citation is written: `@`, `\\autocite`, ….
    """

    key: str
    place: Span | Named
    review: str = ""
    record: str = ""
    form: str = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.place.span if isinstance(self.place, Named) else self.place

    @property
    def path(self) -> str:
        """The path of the file that it stands in."""
        return self.place.record.where.source.path if isinstance(self.place, Named) else self.place.path

    @property
    def in_chapter(self) -> bool:
        """Whether it stands in a chapter, and not in a review."""
        return not self.review
