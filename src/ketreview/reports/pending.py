"""What is still to be integrated: declared beside observed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from ketreview.document import Column, Document, Line, Paragraph, Table, Text, Tone, line
from ketreview.linking import Corpus, listed_path, unkeyed_references
from ketreview.model.integration import Integration
from ketreview.model.review import Review
from ketreview.model.vocabulary import IntegrationKind
from ketreview.source import Span

State = Literal["done", "pending", "absent", "unknown"]
TONES = {"done": Tone.GOOD, "pending": Tone.CAUTION, "absent": Tone.BAD, "unknown": Tone.MUTED}


@dataclass(frozen=True, slots=True)
class PendingItem:
    """One thing to integrate: what the review or its source says of it, and what is seen."""

    review: str | None
    kind: str
    target: str
    declared: State
    observed: State
    drift: bool
    since: str | None
    path: str
    line: int

    @property
    def finished(self) -> bool:
        """Whether it is seen to be done; what cannot be seen is as declared."""
        return (self.declared if self.observed == "unknown" else self.observed) == "done"


@dataclass(frozen=True, slots=True)
class PendingAnswer:
    """Every item, oldest first; those without a date last."""

    version: int
    items: tuple[PendingItem, ...]


def answer(corpus: Corpus, reviews: Collection[str] = ()) -> PendingAnswer:
    """The items of all reviews, or of those named."""
    found = [item for review in corpus.reviews if not reviews or review.id in reviews for item in items(corpus, review)]
    return PendingAnswer(1, tuple(sorted(found, key=lambda item: (item.since or "9999", item.path, item.line))))


def items(corpus: Corpus, review: Review) -> Iterator[PendingItem]:
    """What one review declares, what its sources list, and the references that have no key yet."""
    for item in review.integration:
        observed = _observe(corpus, review, item)
        yield _item(review, item.kind, item.target, item.state.value, observed, item.span("target"), since=item.since)
    for source in review.sources:
        for file in source.files:
            path = listed_path(source, file)
            yield _item(review, "file", path, "done", _file_state(corpus, path), file.span("path"))
    for name, span in unkeyed_references(review):
        yield _item(review, "reference", name, "pending", "absent", span)


def _item(
    review: Review, kind: str, target: str, declared: State, observed: State, span: Span, *, since: object = None
) -> PendingItem:
    drift = observed != "unknown" and (declared == "done") != (observed == "done")
    date = str(since) if since else None
    return PendingItem(review.id, kind, target, declared, observed, drift, date, span.path, span.begin.line)


def _observe(corpus: Corpus, review: Review, item: Integration) -> State:
    """What can be seen: a file is there, a store has every key that the review cites.

    Chapters and appendices cannot be seen yet.
    """
    if item.kind is IntegrationKind.FILE:
        return _file_state(corpus, item.target)
    if item.kind is not IntegrationKind.BIBLIOGRAPHY:
        return "unknown"
    store = next((file for file in corpus.bibliography if file.source.path == item.target), None)
    if store is None:
        return _file_state(corpus, item.target) if corpus.sizes.get(item.target) is None else "unknown"
    here = (any(entry.source is store.source for entry in corpus.entries_with(key)) for key in corpus.cited_by(review))
    return "done" if all(here) else "pending"


def _file_state(corpus: Corpus, path: str) -> State:
    return "done" if corpus.sizes.get(path) else "absent"


def document(answer: PendingAnswer) -> Document:
    """The items as a table, with a sentence that counts them."""
    columns = (
        Column("Since"),
        Column("Review"),
        Column("Kind"),
        Column("Target", width=3),
        Column("Declared"),
        Column("Observed"),
        Column("Where", drop=1, width=2),
    )
    rows = tuple(_row(item) for item in answer.items if not item.finished or item.drift)
    drifting = sum(item.drift for item in answer.items)
    finished = sum(item.finished and not item.drift for item in answer.items)
    words = f"{len(rows)} to look at, {drifting} of them not as declared; {finished} done as declared."
    return Document("Pending integration", (Table(columns, rows), Paragraph(line(Text(words, Tone.MUTED)))))


def _row(item: PendingItem) -> tuple[Line, ...]:
    observed = Text(item.observed, TONES[item.observed])
    mark = (Text(" ≠", Tone.BAD),) if item.drift else ()
    return (
        line(item.since or "—"),
        line(item.review or "—"),
        line(item.kind),
        line(Text(item.target, Tone.STRONG)),
        line(Text(item.declared, TONES[item.declared])),
        (observed, *mark),
        line(Text(f"{item.path}:{item.line}", Tone.MUTED)),
    )
