"""One review, study, entry, claim or other record, with every place that names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, fields

from ketreview.document import Block, Column, Document, Heading, Item, Items, Line, Paragraph, Table, Text, Tone, line
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.model.entry import Entry
from ketreview.model.record import Record
from ketreview.model.review import ID_KINDS, Review
from ketreview.model.walk import within
from ketreview.source import Span


@frozen
class Use:
    """A place that names the record."""

    path: str
    line: int
    column: int
    by: str


@frozen
class Falling:
    """Something that rests on a work: a claim, the challenge of one, a rating, a study, or a citation in a chapter."""

    kind: str
    review: str | None
    id: str | None
    path: str
    line: int
    why: str
    alone: bool


@frozen
class PublishedRecord:
    """What exports of retractions say of an entry's work. `standing` is `retracted`, `concern`, …, or `not_found`.

    `falls` is what rests on the work, where it was retracted or is in doubt.
    """

    standing: str
    sure: bool
    date: str | None
    reasons: tuple[str, ...]
    words: str
    falls: tuple[Falling, ...]


@frozen
class Shown:
    """A record: its fields as name and words, and the places that name it.

    `published` is there for an entry where the project has an export of retractions.
    """

    kind: str
    id: str
    review: str | None
    path: str
    line: int
    fields: tuple[tuple[str, str], ...]
    uses: tuple[Use, ...]
    published: PublishedRecord | None = field(default=None, metadata={"omit": True})


@frozen
class ShowAnswer:
    """Everything that the name names; nothing where it names nothing."""

    version: int
    records: tuple[Shown, ...]


def answer(corpus: Corpus, name: str) -> ShowAnswer:
    """The records called `name`: an id, a citation key, or `review:id`."""
    wanted, _, rest = name.rpartition(":")
    found = [
        _record(corpus, review, record)
        for review in corpus.reviews
        if not wanted or review.id == wanted
        for record in within(review)
        if getattr(record, "id", None) == rest and (type(record) in ID_KINDS or record is review)
    ]
    return ShowAnswer(1, (*found, *(_entry(corpus, entry) for entry in corpus.entries_with(name))))


def names(corpus: Corpus) -> Iterator[str]:
    """Everything that can be shown."""
    yield from corpus.keys
    for review in corpus.reviews:
        yield from (
            getattr(record, "id", "") for record in within(review) if type(record) in ID_KINDS or record is review
        )


def _record(corpus: Corpus, review: Review, record: Record) -> Shown:
    kind = ID_KINDS.get(type(record), "review")
    name = getattr(record, "id", "")
    span = record.span()
    uses = () if record is review else tuple(_uses(corpus, review, kind, name))
    described = tuple(_overview(review) if record is review else _fields(record))
    return Shown(kind, name, review.id, span.path, span.begin.line, described, uses)


def _uses(corpus: Corpus, review: Review, kind: str, name: str) -> Iterator[Use]:
    for other in corpus.reviews:
        for by, named in corpus.names_in(other):
            here = other is review and (named.kind == kind or (kind == "claim" and named.kind == "any_claim"))
            elsewhere = kind == "claim" and named.kind == "any_claim" and named.value == f"{review.id}:{name}"
            if (here and named.value == name) or elsewhere:
                yield _use(named.span, f"{other.id}: {getattr(by, 'id', '')}")


def _entry(corpus: Corpus, entry: Entry) -> Shown:
    values = ((item.name, " ".join(item.value.split())) for item in entry.fields)
    uses = tuple(
        _use(citation.span, "a chapter" if citation.in_chapter else f"{citation.review}: {citation.record}")
        for citation in corpus.citations_of(entry.key)
    )
    place = entry.span
    published = _published(corpus, entry) if corpus.exports else None
    return Shown(entry.type, entry.key, None, place.path, place.begin.line, tuple(values), uses, published)


def _published(corpus: Corpus, entry: Entry) -> PublishedRecord:
    from ketreview.linking import retraction_words as words  # noqa: PLC0415  loaded where there is an export
    from ketreview.linking.impact import resting_on  # noqa: PLC0415

    found = corpus.retractions.of(entry)
    if found is None:
        return PublishedRecord("not_found", False, None, (), _bare(words.not_found(entry, corpus)), ())
    resting = resting_on(corpus, entry.key, corpus.retractions.retracted) if words.is_worse(found) else ()
    falls = tuple(
        Falling(
            one.kind, one.review or None, one.id or None, one.span.path, one.span.begin.line, _bare(one.why), one.alone
        )
        for one in resting
    )
    when = str(found.notice.when) if found.notice.when else None
    who = f"Its {found.by.value.upper()} is that of a paper that" if found.another else "It"
    said = _bare(f"{who} {words.happened(found, corpus)}.")
    return PublishedRecord(found.standing.name.lower(), not found.doubt, when, found.notice.reasons, said, falls)


def _bare(words: str) -> str:
    """Words of a message without its backquotes, which are none of a document's."""
    return words.replace("`", "")


def _use(span: Span, by: str) -> Use:
    position = span.begin
    return Use(span.path, position.line, position.column, by)


_HIDDEN = {"where", "id"}


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    for name, value in _filled(record):
        yield name, _words(value)


def _overview(record: Record) -> Iterator[tuple[str, str]]:
    """A record by its plain fields, the ids of what has one, and how many there are of the rest."""
    for name, value in _filled(record):
        if isinstance(value, Record):
            yield name, "; ".join(f"{inner} {words}" for inner, words in _overview(value))
        elif isinstance(value, tuple) and value and isinstance(value[0], Record) and type(value[0]) not in ID_KINDS:
            yield name, str(len(value))
        else:
            yield name, _words(value)


def _filled(record: Record) -> Iterator[tuple[str, object]]:
    """The fields that say something, as the review file names them."""
    for spec in fields(record):
        value = getattr(record, spec.name)
        if spec.name not in _HIDDEN and value is not False and value not in (None, "", (), {}):
            yield spec.name.rstrip("_"), value


def _words(value: object) -> str:
    if isinstance(value, tuple):
        if value and isinstance(value[0], Record) and type(value[0]) in ID_KINDS:
            return ", ".join(str(getattr(item, "id", "")) for item in value)
        return "; ".join(_words(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {item}" for name, item in value.items())
    if isinstance(value, Record):
        parts = (f"{name} {words}" for name, words in _fields(value))
        own = getattr(value, "id", "")
        return ", ".join([own, *parts] if own else parts)
    return "yes" if value is True else str(value)


def document(answer: ShowAnswer) -> Document:
    """Each record with its fields, then the places that name it."""
    blocks: list[Block] = []
    for shown in answer.records:
        blocks.append(Heading(f"{shown.kind} {shown.id}"))
        blocks.append(Paragraph(line(Text(f"{shown.path}:{shown.line}", Tone.MUTED))))
        blocks += _record_blocks(shown.published) if shown.published else []
        items = tuple(Item(line(Text(f"{name}: ", Tone.STRONG), words)) for name, words in shown.fields)
        blocks += [Items(items)] if items else []
        if shown.uses:
            rows = tuple((line(f"{use.path}:{use.line}:{use.column}"), line(use.by)) for use in shown.uses)
            blocks.append(Table((Column("Used at"), Column("By")), rows))
        elif shown.kind != "review":
            blocks.append(Paragraph(line(Text("Named nowhere.", Tone.CAUTION))))
    return Document("", tuple(blocks))


_FALLING = (Column("Falls with it"), Column("What"), Column("How", width=3), Column("Where", drop=1, width=2))
_TONES = {"retracted": Tone.BAD, "replaced": Tone.BAD, "concern": Tone.CAUTION, "not_found": Tone.MUTED}


def _record_blocks(published: PublishedRecord) -> list[Block]:
    """How the work stands in the published record, and what falls with it."""
    said = Paragraph(line(Text(published.words, _TONES.get(published.standing, Tone.PLAIN))))
    rows = tuple(_falling(one) for one in published.falls)
    return [said, *([Table(_FALLING, rows)] if rows else [])]


def _falling(one: Falling) -> tuple[Line, ...]:
    name = f"{one.review}: {one.id}" if one.id else "—"
    tone = Tone.BAD if one.alone else Tone.PLAIN
    return line(one.kind), line(Text(name, tone)), line(one.why), line(Text(f"{one.path}:{one.line}", Tone.MUTED))
