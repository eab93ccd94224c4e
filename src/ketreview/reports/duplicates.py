"""Entries of one work under several keys, and entries whose DOIs or PMIDs contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ketreview.appraisal.field_values import canonical_name, same_value
from ketreview.document import Block, Column, Document, Heading, Item, Items, Paragraph, Table, Text, Tone, line
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.linking.duplicate_words import merge_command, why_kept
from ketreview.linking.duplicates import Clash, Duplicates, Reason, Work
from ketreview.linking.sameness import Verdict
from ketreview.linking.works import doi_of, pmid_of
from ketreview.model.entry import Entry
from ketreview.source import Span

_NAMES = {Reason.DOI: "DOI", Reason.PMID: "PMID", Reason.TITLE: "title"}
_LONGEST = 60
_MOST_PLACES = 3


@frozen
class Place:
    """A place that cites a key."""

    path: str
    line: int
    column: int


@frozen
class Key:
    """A key of a work, its entry, and the places that cite it."""

    key: str
    path: str
    line: int
    cited: int
    fields: int
    places: tuple[Place, ...]


@frozen
class Shared:
    """What makes entries one work: `by` is doi, pmid or title; a title may be the same but for a slip (`nearly`)."""

    by: str
    name: str
    keys: tuple[str, ...]
    nearly: bool


@frozen
class Said:
    """What an entry says in a field."""

    key: str
    value: str


@frozen
class Difference:
    """A field that entries of one work fill differently."""

    field: str
    values: tuple[Said, ...]


@frozen
class SameWork:
    """A work, the key to keep and why, and the command that makes its entries one."""

    title: str
    keep: str
    why: str
    command: str
    shared: tuple[Shared, ...]
    keys: tuple[Key, ...]
    differences: tuple[Difference, ...]


@frozen
class Conflict:
    """Entries that share a DOI or a PMID (`by`) and differ in title, DOI or PMID (`over`).

    One that is not `certain` may have its reason: two titles of one work, or the DOI of a volume.
    """

    by: str
    name: str
    over: str
    certain: bool
    sides: tuple[Said, ...]
    keys: tuple[Key, ...]


@frozen
class Row:
    """A key in a table: `group` counts works, then conflicts; `keep` is empty where only a person can say."""

    group: int
    kind: str
    by: tuple[str, ...]
    key: str
    keep: str
    cited: int
    path: str
    line: int
    differs: tuple[str, ...]


@frozen
class DuplicatesAnswer:
    """Works with several keys in the order of the store, then conflicts."""

    version: int
    works: tuple[SameWork, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """A row for each key."""
        return tuple(_rows(self))


def answer(corpus: Corpus) -> DuplicatesAnswer:
    """What the rules KR401 to KR405 find, by works."""
    found = corpus.duplicates
    works = tuple(_same_work(corpus, found, work) for work in found.works)
    return DuplicatesAnswer(1, works, tuple(_conflict(corpus, clash) for clash in found.clashes))


def _same_work(corpus: Corpus, found: Duplicates, work: Work) -> SameWork:
    shared = tuple(
        Shared(tie.reason.value, tie.name, tuple(entry.key for entry in tie.entries), tie.nearly)
        for tie in found.ties
        if tie.work is work
    )
    return SameWork(
        work.keep.get("title"),
        work.keep.key,
        why_kept(work, corpus),
        merge_command(work.keep, work.firsts),
        shared,
        tuple(_key(corpus, entry) for entry in work.firsts),
        tuple(_differences(work.firsts)),
    )


def _conflict(corpus: Corpus, clash: Clash) -> Conflict:
    return Conflict(
        clash.reason.value,
        clash.name,
        clash.over.value,
        clash.verdict is Verdict.TWO,
        tuple(Said(entry.key, _value(entry, clash.over)) for entry in clash.entries),
        tuple(_key(corpus, entry) for entry in clash.entries),
    )


def _value(entry: Entry, of: Reason) -> str:
    if of is Reason.TITLE:
        return entry.get("title")
    return doi_of(entry) if of is Reason.DOI else pmid_of(entry)


def _key(corpus: Corpus, entry: Entry) -> Key:
    places = tuple(_place(citation.span) for citation in corpus.citations_of(entry.key))
    start = entry.key_span.begin
    return Key(entry.key, entry.source.path, start.line, len(places), len(entry.fields), places)


def _place(span: Span) -> Place:
    return Place(span.path, *span.begin)


def _differences(entries: Sequence[Entry]) -> Iterator[Difference]:
    said: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for entry in entries:
        for field in entry.fields:
            if value := " ".join(field.value.split()):
                name = canonical_name(field.name)
                names.setdefault(name, field.name)
                said.setdefault(name, {}).setdefault(entry.key, value)
    for name, values in said.items():
        first, *others = values.values()
        if not all(same_value(name, first, other) for other in others):
            yield Difference(names[name], tuple(Said(key, value) for key, value in values.items()))


def _rows(answer: DuplicatesAnswer) -> Iterator[Row]:
    for group, work in enumerate(answer.works, 1):
        by = tuple(shared.by for shared in work.shared)
        differs = tuple(difference.field for difference in work.differences)
        for key in work.keys:
            kept = "keep" if key.key == work.keep else "merge"
            yield Row(group, "work", by, key.key, kept, key.cited, key.path, key.line, differs)
    for group, conflict in enumerate(answer.conflicts, len(answer.works) + 1):
        for key in conflict.keys:
            yield Row(group, "conflict", (conflict.by,), key.key, "", key.cited, key.path, key.line, (conflict.over,))


def document(answer: DuplicatesAnswer) -> Document:
    """Each work with its keys, what they share and differ in, and the command; then each conflict with its sides."""
    blocks: list[Block] = []
    for work in answer.works:
        blocks += _of_work(work)
    if answer.conflicts:
        blocks.append(Heading("Identifiers that contradict each other"))
    for conflict in answer.conflicts:
        blocks += _of_conflict(conflict)
    keys = sum(len(work.keys) for work in answer.works)
    words = f"{_counted(len(answer.works), 'work')} under {_counted(keys, 'key')}" if keys else "No work has two keys"
    more = f"; {_counted(len(answer.conflicts), 'conflict')} of identifiers" if answer.conflicts else ""
    return Document("", (*blocks, Paragraph(line(Text(f"{words}{more}.", Tone.MUTED)))))


def _of_work(work: SameWork) -> Iterator[Block]:
    yield Heading(_short(work.title) or work.keep)
    yield _keys(work.keys, work.keep)
    for shared in work.shared:
        same = f"{'nearly ' if shared.nearly else ''}the same {_NAMES[Reason(shared.by)]}"
        name = "" if shared.by == Reason.TITLE else f", {shared.name}"
        yield Paragraph(line(f"{', '.join(shared.keys)}: {same}{name}"))
    if work.differences:
        yield Items(
            tuple(
                Item(line(Text(f"{difference.field}: ", Tone.STRONG), *_sides(difference.values)))
                for difference in work.differences
            )
        )
    yield Paragraph(line(f"Keep {work.keep}, {work.why}: ", Text(work.command, Tone.CODE)))


def _of_conflict(conflict: Conflict) -> Iterator[Block]:
    by, over = (_NAMES[Reason(name)] for name in (conflict.by, conflict.over))
    tone = Tone.BAD if conflict.certain else Tone.CAUTION
    doubt = "" if conflict.certain else " (there may be a reason)"
    yield Paragraph(line(f"{by} {conflict.name}: ", Text(f"more than one {over}{doubt}", tone)))
    yield Items(tuple(Item(line(Text(side.key, Tone.STRONG), f": {_short(side.value)}")) for side in conflict.sides))
    yield _keys(conflict.keys, "")


def _keys(keys: Iterable[Key], keep: str) -> Table:
    columns = (Column("Key"), Column("Cited", right=True), Column("Fields", right=True, drop=2), Column("Entry"))
    rows = (
        (
            line(Text(key.key, Tone.STRONG if key.key == keep else Tone.PLAIN)),
            line(str(key.cited)),
            line(str(key.fields)),
            line(Text(f"{key.path}:{key.line}", Tone.MUTED)),
            line(Text(_cited_at(key), Tone.MUTED)),
        )
        for key in keys
    )
    return Table((*columns, Column("Cited at", width=2, drop=1)), tuple(rows))


def _cited_at(key: Key) -> str:
    more = len(key.places) - _MOST_PLACES
    first = [f"{place.path}:{place.line}" for place in key.places[:_MOST_PLACES]]
    return ", ".join([*first, f"{more} more"] if more > 0 else first)


def _sides(values: Iterable[Said]) -> Iterator[Text]:
    for index, said in enumerate(values):
        yield Text(f"{'; ' if index else ''}{_short(said.value)} ", Tone.PLAIN)
        yield Text(f"({said.key})", Tone.MUTED)


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
