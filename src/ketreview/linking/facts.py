"""Facts about single reviews and sources that rules and reports share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import normpath

from ketreview.files import CHAPTER_SUFFIXES
from ketreview.model.integration import Integration
from ketreview.model.record import Record
from ketreview.model.review import Review
from ketreview.model.source_document import ListedFile, SourceDocument
from ketreview.model.vocabulary import IntegrationKind
from ketreview.patterns import regex
from ketreview.source import Span

GUIDE = regex(r"guide", re.IGNORECASE)
"""What the name of a guide to integration has in it."""


def listed_path(source: SourceDocument, file: ListedFile) -> str:
    """The path, from the project's root, of a file that a source lists."""
    return normpath(f"{source.folder}/{file.path}" if source.folder else file.path)


def listed_paths(reviews: Iterable[Review]) -> Iterator[str]:
    """Every path whose presence a rule or a report asks for."""
    for review in reviews:
        for source in review.sources:
            yield from (listed_path(source, file) for file in source.files)
        yield from (item.target for item in review.integration if is_observable(item))


def is_whole(record: Record, name: str) -> bool:
    """Whether no item of the list in field `name` had to be left out."""
    return f"{name}.{len(getattr(record, name))}" not in record.where


def unkeyed_references(review: Review) -> Iterator[tuple[str, Span]]:
    """The works that a review names and has no key for, each once: its studies first, then what its sources list."""
    names = [(study.reference, study.span("reference")) for study in review.studies if not study.cites]
    listed = (reference for source in review.sources for reference in source.references if not reference.cites)
    names += [(reference.label, reference.span("label")) for reference in listed]
    seen: set[str] = set()
    for name, span in names:
        if name and name.casefold() not in seen:
            seen.add(name.casefold())
            yield name, span


def is_observable(item: Integration) -> bool:
    """Whether a declared integration names a file, which can be looked for."""
    return item.kind in {IntegrationKind.FILE, IntegrationKind.BIBLIOGRAPHY} or item.target.endswith(CHAPTER_SUFFIXES)
