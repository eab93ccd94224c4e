"""Where the store has the works of entries that wait to be merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ketreview.appraisal.titles import titles_alike
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.linking.sameness import are_one_work
from ketreview.linking.works import Works, doi_of, first_author, pmid_of, title_of
from ketreview.model.entry import Entry
from ketreview.source import Span

State = Literal["merged", "under another key", "absent", "conflict"]


class Placement(NamedTuple):
    """Whether the store has a work: as what, under which key, and how that is known.

    `merged`: under its own key. `conflict`: the key, the DOI or the PMID is of an entry that says otherwise, which only
    a person can settle. `other` is the entry of the store that this rests on, `reason` a clause for people.
    """

    state: State
    other: Entry | None
    reason: str


@frozen
class StagedItem:
    """An entry of a staging file, and where the store has its work; `other` is a key of the store, or empty."""

    key: str
    state: State
    other: str
    reason: str
    path: str
    line: int
    span: Span


def staged_items(corpus: Corpus) -> tuple[StagedItem, ...]:
    """Every entry of the staging files, in order."""
    return tuple(_items(corpus))


def _items(corpus: Corpus) -> Iterator[StagedItem]:
    for entry in (entry for file in corpus.staged for entry in file.entries):
        place = placement(entry, corpus.works)
        span = entry.key_span
        other = place.other.key if place.other else ""
        yield StagedItem(entry.key, place.state, other, place.reason, span.path, span.begin.line, span)


def placement(entry: Entry, works: Works) -> Placement:
    """Where the works of a store have that of an entry, which is not one of theirs."""
    by_doi, by_pmid = (works.by_doi.get(doi_of(entry), ()), works.by_pmid.get(pmid_of(entry), ()))
    named = _each_once((*by_doi, *by_pmid, *works.by_title.get(title_of(entry), ())))
    if by_doi and by_pmid and not {one.key for one in by_doi} & {one.key for one in by_pmid}:
        reason = f"its DOI is that of `{by_doi[0].key}`, its PMID that of `{by_pmid[0].key}`"
        return Placement("conflict", by_doi[0], reason)
    own = works.with_key(entry.key)
    for other in own:
        if not _contradiction(entry, other):
            return Placement("merged", other, f"`{other.key}` has the same {_shared(entry, other, 'key')}")
    for other in named:
        if _is_one_work(entry, other):
            return Placement("under another key", other, f"`{other.key}` has the same {_shared(entry, other)}")
    for other in (*own, *works.with_key_like(entry.key)):
        why = _contradiction(entry, other) or "a key that differs in case alone"
        return Placement("conflict", other, f"`{other.key}` is there with {why}")
    for other in named:
        if (shared := _shared(entry, other)) != "title" or _may_be_one_work(entry, other):
            why = _contradiction(entry, other)
            return Placement("conflict", other, f"`{other.key}` has the same {shared} and {why}")
    return Placement("absent", None, "no entry has its DOI, PMID or title")


def _contradiction(one: Entry, other: Entry) -> str:
    """What says that two entries are of two works; empty if nothing does."""
    for name, of in (("DOI", doi_of), ("PMID", pmid_of)):
        if "" not in (pair := (of(one), of(other))) and pair[0] != pair[1]:
            return f"another {name}"
    return "" if titles_alike(one.get("title"), other.get("title")) else "another title"


def _is_one_work(one: Entry, other: Entry) -> bool:
    """Whether two entries are of one work; where only the titles say so, the year may be off by one."""
    if are_one_work(one, other):
        return True
    return _shared(one, other) == "title" and not _contradiction(one, other) and _may_be_one_work(one, other)


def _may_be_one_work(one: Entry, other: Entry) -> bool:
    """Whether two entries with one title have the same first author, and nearly the same year, as far as is said."""
    authors, years = (first_author(one), first_author(other)), (one.year, other.year)
    near = years[0] is None or years[1] is None or abs(years[0] - years[1]) <= 1
    return near and ("" in authors or authors[0] == authors[1])


def _shared(one: Entry, other: Entry, else_: str = "title") -> str:
    """The first name that two entries share: of DOI, PMID and what is left."""
    for name, of in (("DOI", doi_of), ("PMID", pmid_of)):
        if of(one) and of(one) == of(other):
            return name
    return else_


def _each_once(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple({entry.key: entry for entry in entries}.values())
