"""References: which there are, which match a text, and every place of one key."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from ketreview.document import Column, Document, Paragraph, Table, Text, Tone, line
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.model.citation import Citation
from ketreview.model.entry import Entry
from ketreview.model.stated import Identity
from ketreview.source import Span

_FIELDS = ("author", "editor", "title", "journal", "journaltitle", "booktitle", "year", "date", "doi", "pmid", "note")


@frozen
class Reference:
    """A key, with the entry that it names. `cited` counts places.

    A key is unresolved if it has no entry, or is cited in a build whose store has none.
    """

    key: str
    resolved: bool
    cited: int
    type: str | None
    year: str | None
    authors: str | None
    title: str | None
    path: str
    line: int


@frozen
class Place:
    """One place of a key: its entry, one that waits in a staging file, a review, a chapter, the appendix, a folder.

    `by` is the record that cites, how the chapter writes it, or what names the key.
    """

    kind: str
    path: str
    line: int
    column: int
    by: str


@frozen
class ListAnswer:
    """References, in the order of the store; unresolved keys come last."""

    version: int
    references: tuple[Reference, ...]


@frozen
class WhereAnswer:
    """Every place of a key."""

    version: int
    key: str
    places: tuple[Place, ...]


def listed(
    corpus: Corpus, *, uncited: bool = False, unresolved: bool = False, review: str = "", text: str = ""
) -> ListAnswer:
    """The references that are asked for: uncited ones, unresolved ones, those that a review cites, those with a text in
    them."""
    lost = frozenset(citation.key for citation in corpus.unresolved)
    found = (_of_entry(corpus, entry, lost) for entry in corpus.entries if _holds(entry, text))
    missing = (_of_key(corpus, key) for key in _without_entry(corpus) if text.casefold() in key.casefold())
    references = [*found, *missing]
    in_review = {citation.key for citation in corpus.citations if citation.review == review} if review else set()
    tests: tuple[tuple[object, Callable[[Reference], bool]], ...] = (
        (uncited, lambda reference: not reference.cited),
        (unresolved, lambda reference: not reference.resolved),
        (review, lambda reference: reference.key in in_review),
    )
    wanted = [test for asked, test in tests if asked]
    return ListAnswer(1, tuple(reference for reference in references if all(test(reference) for test in wanted)))


def where(corpus: Corpus, key: str) -> WhereAnswer:
    """Every place of exactly this key; none where nothing knows it."""
    entries = [_place("entry", entry.key_span, f"@{entry.type}") for entry in corpus.entries_with(key)]
    staged = [_place("staging", entry.key_span, f"@{entry.type}") for entry in corpus.staged_keys.get(key, ())]
    cited = [_cited(corpus, citation) for citation in corpus.citations_of(key)]
    known = {(place.path, place.line, place.column) for place in cited}
    stated = [place for place in _stated(corpus, key) if (place.path, place.line, place.column) not in known]
    return WhereAnswer(1, key, (*entries, *staged, *cited, *stated))


def _cited(corpus: Corpus, citation: Citation) -> Place:
    if not citation.in_chapter:
        return _place("review", citation.span, f"{citation.review}: {citation.record}")
    kind = "appendix" if citation.span.path in corpus.appendix_paths else "chapter"
    return _place(kind, citation.span, citation.form)


def _stated(corpus: Corpus, key: str) -> Iterator[Place]:
    """Where the appendix and reading folders name the work of a key: by the key, else by its DOI, PMID or title."""
    for annotation in corpus.annotations:
        yield from _named(corpus, "appendix", annotation.identity, key, annotation.heading.value)
    for folder in corpus.reading:
        yield from _named(corpus, "literature", folder.identity, key, folder.path)


def _named(corpus: Corpus, kind: str, identity: Identity, key: str, by: str) -> Iterator[Place]:
    named = [stated.span for stated in identity.keys if stated.value == key]
    if not named and any(entry.key == key for entry in corpus.same_work(identity)):
        named = [stated.span for stated in (*identity.dois, *identity.pmids, *identity.titles)][:1]
    return (_place(kind, span, by) for span in named)


def _holds(entry: Entry, text: str) -> bool:
    """Whether every word of `text` stands in the key or in a field that describes the work."""
    if not text:
        return True
    described = " ".join((entry.key, *(entry.get(name) for name in _FIELDS))).casefold()
    return all(word in described for word in text.casefold().split())


def _without_entry(corpus: Corpus) -> Iterable[str]:
    return dict.fromkeys(citation.key for citation in corpus.unresolved if corpus.entry(citation.key) is None)


def _of_entry(corpus: Corpus, entry: Entry, lost: Container[str]) -> Reference:
    start = entry.key_span.begin
    return Reference(
        entry.key,
        resolved=entry.key not in lost,
        cited=len(corpus.citations_of(entry.key)),
        type=entry.type,
        year=entry.get("date", "year") or None,
        authors=entry.get("author", "editor") or None,
        title=entry.get("title") or None,
        path=entry.key_span.path,
        line=start.line,
    )


def _of_key(corpus: Corpus, key: str) -> Reference:
    citations = corpus.citations_of(key)
    first = citations[0].span
    return Reference(key, False, len(citations), None, None, None, None, first.path, first.begin.line)


def _place(kind: str, span: Span, by: str) -> Place:
    position = span.begin
    return Place(kind, span.path, position.line, position.column, by)


def list_document(answer: ListAnswer) -> Document:
    """A line for each reference."""
    columns = (
        Column("Key"),
        Column("Year"),
        Column("Title", width=4),
        Column("Cited", right=True),
        Column("Where", drop=1),
    )
    rows = tuple(
        (
            line(Text(reference.key, Tone.STRONG)),
            line(reference.year or "—"),
            line(reference.title or Text("not in the store", Tone.BAD)),
            line(Text(str(reference.cited), Tone.PLAIN if reference.cited else Tone.CAUTION)),
            line(Text(f"{reference.path}:{reference.line}", Tone.MUTED)),
        )
        for reference in answer.references
    )
    number = len(answer.references)
    words = f"{number} reference{'' if number == 1 else 's'}."
    return Document("", (*((Table(columns, rows),) if rows else ()), Paragraph(line(Text(words, Tone.MUTED)))))


def where_document(answer: WhereAnswer) -> Document:
    """A line for each place."""
    rows = tuple(
        (line(place.kind), line(f"{place.path}:{place.line}:{place.column}"), line(place.by)) for place in answer.places
    )
    return Document("", (Table((Column("In"), Column("Where", width=2), Column("By")), rows),))
