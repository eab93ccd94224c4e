"""Joining what was read into one Corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ketreview.config import Settings
from ketreview.diagnostics import Diagnostic, Related, fault
from ketreview.frozen import field, frozen
from ketreview.linking.books import Book
from ketreview.linking.corpus import Corpus
from ketreview.model.manuscript import Manuscript
from ketreview.model.review import Review
from ketreview.model.stated import Appendix, ReadingFolder
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.faults import DUPLICATE_REVIEW_ID

if TYPE_CHECKING:
    from ketreview.parsing.retraction_watch import Export
    from ketreview.parsing.reviews import ReviewFile  # what reads YAML is loaded where there is a review


@frozen
class Parts:
    """All that was read, to be joined; as in `Corpus`."""

    reviews: Sequence[ReviewFile]
    store: Book
    sizes: Mapping[str, int | None] = field(default_factory=dict)
    folders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reviews_complete: bool = True
    chapters: Sequence[Manuscript] = ()
    books: Sequence[Book] = ()
    staged: Sequence[BibFile] = ()
    appendix: Sequence[Appendix] = ()
    reading: Sequence[ReadingFolder] = ()
    exports: Sequence[Export] = ()


def link(parts: Parts, *, settings: Settings, as_of: date) -> tuple[Corpus, list[Diagnostic]]:
    """Joins what was read. A second review with an id that is taken is reported and left out."""
    kept: dict[str, Review] = {}
    found: list[Diagnostic] = []
    broken: dict[str, frozenset[str]] = {}
    for file in parts.reviews:
        if file.review is None:
            continue
        first = kept.setdefault(file.review.id, file.review)
        if first is file.review:
            broken[first.id] = file.broken
            continue
        related = Related(first.span("id"), "first used here")
        message = f"the review id `{first.id}` is used already by {first.where.source.path}"
        found.append(fault(DUPLICATE_REVIEW_ID, file.review.span("id"), message, related=(related,)))
    corpus = Corpus(
        as_of,
        settings,
        tuple(kept.values()),
        parts.store,
        broken,
        parts.sizes,
        parts.folders,
        parts.reviews_complete and len(kept) == len(parts.reviews),
        tuple(parts.chapters),
        tuple(parts.books),
        tuple(parts.staged),
        tuple(parts.appendix),
        tuple(parts.reading),
        exports=tuple(parts.exports),
    )
    return corpus, found
