"""How many records became how many studies, and which of the figures do not add up."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ketreview.appraisal.prisma import AT_MOST, SAME, Mismatch, mismatches
from ketreview.appraisal.prisma_boxes import BOXES, Box
from ketreview.document import Block, Column, Document, Heading, Line, Paragraph, Table, Text, Tone, line
from ketreview.frozen import frozen
from ketreview.linking import Corpus, is_whole
from ketreview.model.flow import PARTS, Flow, FlowPart
from ketreview.model.review import Review


@frozen
class PartAnswer:
    """One part of a figure: a database, a register, a reason."""

    name: str
    count: int


@frozen
class BoxAnswer:
    """One figure. `count` is the sum of its `parts` where it is written as a list."""

    field: str
    phase: str
    count: int
    parts: tuple[PartAnswer, ...]


@frozen
class MismatchAnswer:
    """Figures that do not fit: the first field is `stated` and should be `expected`, at most that, or at least that.

    `relation` is `=`, `<=` or `>=`; `sum` says how it comes about, `doubt` what may explain it in good order.
    """

    fields: tuple[str, ...]
    stated: int
    relation: str
    expected: int
    sum: str
    doubt: str | None


@frozen
class FlowOf:
    """The flow of a review, or the one that a source of it prints."""

    review: str
    source: str | None
    boxes: tuple[BoxAnswer, ...]
    mismatches: tuple[MismatchAnswer, ...]


@frozen
class FlowRow:
    """One figure on a line of its own, or one part of a figure."""

    review: str
    source: str | None
    field: str
    part: str | None
    count: int
    mismatch: str | None


@frozen
class FlowAnswer:
    """Every flow, in the order of the reviews."""

    version: int
    flows: tuple[FlowOf, ...]


def answer(corpus: Corpus, reviews: Collection[str] = ()) -> FlowAnswer:
    """The flows of all reviews, or of those named."""
    wanted = [review for review in corpus.reviews if not reviews or review.id in reviews]
    return FlowAnswer(1, tuple(flow for review in wanted for flow in _flows(review)))


def _flows(review: Review) -> Iterator[FlowOf]:
    if review.flow is not None:
        listed = len(review.studies) if review.studies and is_whole(review, "studies") else None
        yield _flow(review, None, review.flow, listed)
    for source in review.sources:
        if source.flow is not None:
            yield _flow(review, source.id, source.flow, None)


def _flow(review: Review, source: str | None, flow: Flow, listed: int | None) -> FlowOf:
    whole = all(is_whole(flow, name) for name in PARTS)
    found = tuple(mismatches(flow, listed=listed)) if whole else ()
    return FlowOf(review.id, source, tuple(_boxes(flow)), tuple(_mismatch(one) for one in found))


def _boxes(flow: Flow) -> Iterator[BoxAnswer]:
    """The figures that are known, in the diagram's order."""
    for box in BOXES:
        value: int | tuple[FlowPart, ...] | None = getattr(flow, box.field)
        if isinstance(value, tuple) and value:
            parts = tuple(PartAnswer(part.name, part.count) for part in value)
            yield BoxAnswer(box.field, box.phase.lower(), sum(part.count for part in parts), parts)
        elif isinstance(value, int):
            yield BoxAnswer(box.field, box.phase.lower(), value, ())


def _mismatch(found: Mismatch) -> MismatchAnswer:
    return MismatchAnswer(found.fields, found.stated, found.relation, found.expected, found.sum, found.doubt or None)


def rows(answer: FlowAnswer) -> tuple[FlowRow, ...]:
    """Every figure of every flow, and its parts below it."""
    return tuple(row for flow in answer.flows for found in flow.boxes for row in _figures(flow, found))


def _figures(flow: FlowOf, found: BoxAnswer) -> Iterator[FlowRow]:
    wrong = "; ".join(_said(mismatch) for mismatch in _wrong(flow, found))
    yield FlowRow(flow.review, flow.source, found.field, None, found.count, wrong or None)
    for part in found.parts:
        yield FlowRow(flow.review, flow.source, found.field, part.name, part.count, None)


def _wrong(flow: FlowOf, found: BoxAnswer) -> list[MismatchAnswer]:
    return [mismatch for mismatch in flow.mismatches if mismatch.fields[0] == found.field]


def document(answer: FlowAnswer, corpus: Corpus) -> Document:
    """For each flow its boxes, with what each should be where it does not fit."""
    blocks: list[Block] = []
    for flow in answer.flows:
        review = corpus.review(flow.review)
        title = review.title if review else flow.review
        blocks += [Heading(f"{title} (as printed in {flow.source})" if flow.source else title), _table(flow)]
    if not blocks:
        blocks = [Paragraph(line(Text("No review has a PRISMA flow.", Tone.MUTED)))]
    return Document("Flow of records, reports and studies", tuple(blocks))


def _table(flow: FlowOf) -> Table:
    columns = [Column("Phase", drop=1), Column("What", width=2), Column("n", right=True)]
    columns += [Column("Does not add up", width=2)] if flow.mismatches else []
    return Table(tuple(columns), tuple(tuple(row[: len(columns)]) for row in _rows(flow)))


def _rows(flow: FlowOf) -> Iterator[tuple[Line, ...]]:
    words = {box.field: box for box in BOXES}
    phase = ""
    for found in flow.boxes:
        box = words[found.field]
        wrong = _wrong(flow, found)
        tone = Tone.BAD if any(not mismatch.doubt for mismatch in wrong) else Tone.CAUTION if wrong else Tone.PLAIN
        said = line(Text("; ".join(_said(mismatch) for mismatch in wrong), tone)) if wrong else ()
        yield (
            line(box.phase if box.phase != phase else ""),
            line(_named(box)),
            line(Text(f"{found.count:,}", tone)),
            said,
        )
        phase = box.phase
        for part in found.parts:
            yield (), line(Text(f"– {part.name}", Tone.MUTED)), line(Text(f"{part.count:,}", Tone.MUTED)), ()


def _named(box: Box) -> str:
    return box.words[0].upper() + box.words[1:]


def _said(found: MismatchAnswer) -> str:
    if found.relation == SAME:
        words = f"{found.sum} make {found.expected:,}"
    else:
        words = f"{'more' if found.relation == AT_MOST else 'less'} than {found.sum} ({found.expected:,})"
    return f"{words}; {found.doubt}" if found.doubt else words
