"""What is still to be integrated: declared beside observed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from posixpath import basename, dirname

from ketreview.document import Column, Document, Line, Paragraph, Table, Text, Tone, line
from ketreview.frozen import frozen
from ketreview.linking import Corpus, listed_path, unkeyed_references
from ketreview.linking.observing import Observed, State, file_state, observe, observe_folder
from ketreview.model.review import Review
from ketreview.model.stated import ReadingFolder
from ketreview.reports.staging import StagedItem, staged_items
from ketreview.source import Span

_STAGED: Mapping[str, State] = {
    "merged": "done",
    "under another key": "done",
    "absent": "absent",
    "conflict": "unknown",
}
_UNNAMED: Mapping[str, str] = {"bibliography": "the store", "appendix": "the appendix", "chapter": "a chapter"}
"""What stands for the place of a line that names none."""
TONES = {"done": Tone.GOOD, "pending": Tone.CAUTION, "absent": Tone.BAD, "unknown": Tone.MUTED}


@frozen
class PendingItem:
    """One thing to integrate: what the review, its source or a reading folder says of it, and what is seen.

    `review` is None for what a folder or a staging file holds. `note` says in words what is seen.
    """

    review: str | None
    kind: str
    target: str
    declared: State
    observed: State
    drift: bool
    since: str | None
    path: str
    line: int
    note: str

    @property
    def finished(self) -> bool:
        """Whether it is seen to be done; what cannot be seen is as declared."""
        return (self.declared if self.observed == "unknown" else self.observed) == "done"


@frozen
class PendingAnswer:
    """Every item, oldest first; those without a date last."""

    version: int
    items: tuple[PendingItem, ...]


def answer(corpus: Corpus, reviews: Collection[str] = ()) -> PendingAnswer:
    """The items of all reviews, folders and staging files, or of the reviews named."""
    found = [item for review in corpus.reviews if not reviews or review.id in reviews for item in items(corpus, review)]
    if not reviews:
        found += project_items(corpus)
    return PendingAnswer(1, tuple(sorted(found, key=lambda item: (item.since or "9999", item.path, item.line))))


def items(corpus: Corpus, review: Review) -> Iterator[PendingItem]:
    """What one review declares, what its sources list, and the references that have no key yet."""
    for item in review.integration:
        seen = observe(corpus, review, item)
        yield _item(review.id, item.kind, item.target, item.state.value, seen, item.span("target"), since=item.since)
    for source in review.sources:
        for file in source.files:
            path = listed_path(source, file)
            yield _item(review.id, "file", path, "done", file_state(corpus, path), file.span("path"))
    for name, span in unkeyed_references(review):
        yield _item(review.id, "reference", name, "pending", Observed("absent", "it has no key"), span)


def project_items(corpus: Corpus) -> Iterator[PendingItem]:
    """What reading folders declare and list, and the entries that wait in staging files."""
    for folder in corpus.reading:
        yield from _of_folder(corpus, folder)
    yield from map(_staged, staged_items(corpus))


def _of_folder(corpus: Corpus, folder: ReadingFolder) -> Iterator[PendingItem]:
    """What the status of a reading folder declares, and the files that its texts list."""
    for line_ in folder.declared:
        seen = observe_folder(corpus, folder, line_)
        target = line_.target or _UNNAMED.get(line_.kind, folder.path)
        yield _item(None, line_.kind, target, line_.state.value, seen, line_.span, since=line_.since)
    for listed in folder.listed:
        yield _item(None, "file", listed.value, "done", file_state(corpus, listed.value), listed.span)


def _staged(item: StagedItem) -> PendingItem:
    """A staged entry: it waits, until the store has its work, under its own key or another one."""
    seen = Observed(_STAGED[item.state], f"{item.state}: {item.reason}" if item.reason else item.state)
    return _item(None, "staging", item.key, "pending", seen, item.span)


def _item(
    review: str | None, kind: str, target: str, declared: State, seen: Observed, span: Span, *, since: object = None
) -> PendingItem:
    drift = seen.state != "unknown" and (declared == "done") != (seen.state == "done")
    date = str(since) if since else None
    place = span.begin.line
    return PendingItem(review, kind, target, declared, seen.state, drift, date, span.path, place, seen.words)


def document(answer: PendingAnswer) -> Document:
    """The items as a table, with a sentence that counts them."""
    shown = [item for item in answer.items if not item.finished or item.drift]
    with_review = any(item.review for item in shown)
    columns = (
        Column("Since"),
        *((Column("Review"),) if with_review else ()),
        Column("Kind"),
        Column("Target", width=3),
        Column("Declared"),
        Column("Observed"),
        Column("Seen", drop=2, width=3),
        Column("Where", drop=1, width=3),
    )
    rows = tuple(_row(item, with_review=with_review) for item in shown)
    drifting = sum(item.drift for item in answer.items)
    finished = sum(item.finished and not item.drift for item in answer.items)
    words = f"{len(rows)} to look at, {drifting} of them not as declared; {finished} done as declared."
    table = (Table(columns, rows),) if rows else ()
    return Document("Pending integration", (*table, Paragraph(line(Text(words, Tone.MUTED)))))


def _row(item: PendingItem, *, with_review: bool) -> tuple[Line, ...]:
    observed = Text(item.observed, TONES[item.observed])
    mark = (Text(" ≠", Tone.BAD),) if item.drift else ()
    return (
        line(item.since or "—"),
        *((line(item.review or "—"),) if with_review else ()),
        line(item.kind),
        _target(item),
        line(Text(item.declared, TONES[item.declared])),
        (observed, *mark),
        line(Text(item.note, Tone.MUTED)),
        line(Text(f"{item.path}:{item.line}", Tone.MUTED)),
    )


def _target(item: PendingItem) -> Line:
    """What is to be integrated; where a reading folder says so of a place outside it, also the folder."""
    folder = basename(dirname(item.path)) if item.review is None and item.kind in _UNNAMED else ""
    return line(Text(item.target, Tone.STRONG), f" for {folder}" if folder else "")
