"""The search for entries of one work under several keys, in near-linear time.

Entries are compared only within a class of one DOI, of one PMID, or of one first author and year. There each is
compared with the first entry of a few works at most, and titles with a slip in them only with their neighbours in the
order of titles, read from either end (the sorted neighbourhood of Hernández and Stolfo, SIGMOD 1995): a slip leaves one
half of a title as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import NamedTuple, TypeVar

from ketreview.linking.duplicates import Clash, Duplicates, Reason, Tie, Work
from ketreview.linking.grouping import grouped
from ketreview.linking.sameness import (
    Verdict,
    are_versions,
    by_doi,
    by_near_title,
    by_pmid,
    by_title,
    dois_differ,
)
from ketreview.linking.works import Works, doi_of, fields_filled, first_author, pmid_of, sharing, title_of
from ketreview.model.entry import Entry

T = TypeVar("T")
_MOST_WORKS = 8
_MOST_WITNESSES = 4
_NEIGHBOURS = 3
_TELLING = frozenset(
    ["title", "doi", "pmid", "pages", "volume", "number", "chapter", "part", "edition", "month", "date", "journal"]
)
_TOLD = (Verdict.TWO, Verdict.PERHAPS_TWO, Verdict.TWO_TITLES)


def duplicates_of(works: Works, one_store: Callable[[Entry, Entry], bool], cited: Callable[[str], int]) -> Duplicates:
    """What is found in a store.

    `one_store` says of two entries whether a build has both, `cited` how often a key is cited.
    """
    search = _Search(works, one_store, cited)
    search.run()
    return search.result()


@dataclass(slots=True, eq=False)
class _Part:
    """Entries that are of one work, which has one DOI and one PMID at most."""

    members: list[Entry]
    dois: set[str]
    pmids: set[str]

    def fits(self, other: _Part) -> bool:
        """Whether no DOI and no PMID of the one differs from one of the other."""
        return len(self.dois | other.dois) <= 1 and len(self.pmids | other.pmids) <= 1

    def take(self, other: _Part) -> None:
        self.members += other.members
        self.dois |= other.dois
        self.pmids |= other.pmids


@dataclass(slots=True, eq=False)
class _Group(_Part):
    """Entries of one class that are of one work; not `certain` if one of them says so little that it may be another."""

    certain: bool = True

    def links(self, entry: Entry, same: Callable[[Entry, Entry], bool]) -> bool | None:
        """Whether an entry is the same as its members; None if it is the same as some of them."""
        links = {same(member, entry) for member in self.members[:_MOST_WITNESSES]}
        return links.pop() if len(links) == 1 else None


class _Found(NamedTuple):
    reason: Reason
    name: str
    entries: list[Entry]
    nearly: bool


@dataclass(slots=True)
class _Search:
    works: Works
    one_store: Callable[[Entry, Entry], bool]
    cited: Callable[[str], int]
    parts: dict[int, _Part] = field(default_factory=dict)
    found: list[_Found] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)

    def run(self) -> None:
        every = self.works.entries
        for reason, name_of in ((Reason.DOI, doi_of), (Reason.PMID, pmid_of)):
            for name, entries in sharing(list(map(name_of, every)), every).items():
                self.by_identifier(reason, name, entries)
        authors = list(map(first_author, every))
        classes = sharing([(author, entry.year) for author, entry in zip(authors, every, strict=True)], every)
        order = {author: place for place, author in enumerate(dict.fromkeys(authors))} if classes else {}
        for _, entries in sorted(classes.items(), key=lambda one: order[one[0][0]]):
            self.by_titles(grouped((title, entry) for entry in entries if (title := title_of(entry))))

    def by_identifier(self, reason: Reason, name: str, entries: Sequence[Entry]) -> None:
        judge = by_doi if reason is Reason.DOI else by_pmid
        groups = self.by_work(entries, lambda one, other: judge(one, other) is Verdict.SAME)
        for group in groups:
            self.join(reason, name, group)
        told: dict[tuple[Reason, Verdict], list[Entry]] = {}
        for one, other in combinations(groups, 2):
            if one[0].key != other[0].key and self.one_store(one[0], other[0]):
                over, verdict, pair = _between(reason, one, other)
                if pair[0].key != pair[1].key:
                    told.setdefault((over, verdict), []).extend(pair)
        for over in dict.fromkeys(over for over, _ in told):
            verdict = next((verdict for verdict in _TOLD if (over, verdict) in told), Verdict.UNSURE)
            sides = {id(entry): entry for entry in sorted(told.get((over, verdict), ()), key=self.position)}
            if verdict is not Verdict.UNSURE:
                self.clashes.append(Clash(reason, over, name, tuple(sides.values()), verdict))

    def by_titles(self, titles: dict[str, list[Entry]]) -> None:
        for _, entries in _several(titles):
            for group in self.by_work(entries, self.same_title):
                self.join(Reason.TITLE, group[0].get("title"), group)
        for one, other in _neighbours(list(titles)):
            pair = [titles[one][0], titles[other][0]]
            if self.part(pair[0]).fits(self.part(pair[1])) and self.one_store(*pair) and by_near_title(*pair):
                self.join(Reason.TITLE, pair[0].get("title"), pair, nearly=True)

    def by_work(self, entries: Sequence[Entry], same: Callable[[Entry, Entry], bool]) -> list[list[Entry]]:
        """The entries of one class by their works; each is compared with a few entries of a few works alone.

        One that says too little may be of either of two works: it is of none then. So those that say more come first.
        """
        groups: list[_Group] = []
        for entry in sorted(entries, key=_vagueness):
            part = self.part(entry)
            links = [(group, group.links(entry, same)) for group in groups]
            linked = [group for group, link in links if link]
            if any(link is None for _, link in links):
                for group, link in links:
                    group.certain = group.certain and link is not None
            elif not linked:
                if len(groups) < _MOST_WORKS:
                    groups.append(_Group([entry], set(part.dois), set(part.pmids)))
            elif all(same(linked[0].members[0], group.members[0]) for group in linked[1:]):
                home = next((group for group in linked if group.fits(part) and self.in_store(group, entry)), None)
                if home is not None:
                    home.take(_Part([entry], part.dois, part.pmids))
                elif len(groups) < _MOST_WORKS:
                    groups.append(_Group([entry], set(part.dois), set(part.pmids)))
        return [group.members for group in groups if group.certain]

    def in_store(self, group: _Part, entry: Entry) -> bool:
        return all(self.one_store(member, entry) for member in group.members[:_MOST_WITNESSES])

    def same_title(self, one: Entry, other: Entry) -> bool:
        return self.part(one).fits(self.part(other)) and by_title(one, other)

    def part(self, entry: Entry) -> _Part:
        """What an entry is part of, itself alone at first."""
        part = self.parts.get(id(entry))
        if part is None:
            dois, pmids = ({name} if name else set() for name in (doi_of(entry), pmid_of(entry)))
            part = self.parts[id(entry)] = _Part([entry], dois, pmids)
        return part

    def join(self, reason: Reason, name: str, entries: Sequence[Entry], *, nearly: bool = False) -> None:
        """Makes one part of those that entries are in; it is told with the best entry of each that had other keys."""
        sides = grouped((id(self.part(entry)), entry) for entry in entries)
        if len(sides) == 1:
            return
        best = {entry.key: entry for entry in (min(side, key=self.rank) for side in sides.values())}
        if len(best) > 1:
            self.found.append(_Found(reason, name, list(best.values()), nearly))
        largest, *others = sorted((self.part(side[0]) for side in sides.values()), key=lambda part: -len(part.members))
        for other in others:
            largest.take(other)
            self.parts |= {id(member): largest for member in other.members}

    def rank(self, entry: Entry) -> tuple[int, int, int]:
        """The best entry has the lowest: most citations, then most that is said, then the first place."""
        return -self.cited(entry.key), -fields_filled(entry), self.position(entry)

    def position(self, entry: Entry) -> int:
        """The place of an entry in the store."""
        if not self.order:
            self.order.update((id(other), index) for index, other in enumerate(self.works.entries))
        return self.order[id(entry)]

    def result(self) -> Duplicates:
        works: dict[int, Work] = {}
        ties = []
        for reason, name, entries, nearly in self.found:
            part = self.part(entries[0])
            if id(part) not in works:
                members = sorted(part.members, key=self.position)
                firsts = tuple({entry.key: entry for entry in reversed(members)}.values())[::-1]
                works[id(part)] = Work(tuple(members), firsts, min(firsts, key=self.rank))
            ordered = tuple(sorted(entries, key=self.position))
            ties.append(Tie(reason, name, ordered, works[id(part)], nearly))
        found = tuple(sorted(works.values(), key=lambda work: self.position(work.entries[0])))
        return Duplicates(found, tuple(ties), tuple(self.clashes))


def _between(
    reason: Reason, group: Sequence[Entry], other_group: Sequence[Entry]
) -> tuple[Reason, Verdict, list[Entry]]:
    """What two works that share a DOI or a PMID contradict each other in, and the entries that say so."""
    one, other = group[0], other_group[0]
    if reason is Reason.DOI:
        verdict = by_doi(one, other)
        pair = [_with(pmid_of, own) for own in (group, other_group)]
        if verdict is Verdict.SAME:
            alike = first_author(pair[0]) == first_author(pair[1])
            return Reason.PMID, Verdict.TWO if alike else Verdict.PERHAPS_TWO, pair
        return Reason.TITLE, verdict, [one, other]
    pair = [_with(doi_of, own) for own in (group, other_group)]
    if dois_differ(*pair):
        return Reason.DOI, Verdict.UNSURE if are_versions(*pair) else Verdict.TWO, pair
    known = doi_of(one) == doi_of(other) != ""
    return Reason.TITLE, Verdict.UNSURE if known else by_pmid(one, other), [one, other]


def _vagueness(entry: Entry) -> int:
    return -sum(name in _TELLING and bool(value.strip()) for name, value, *_ in entry.fields)


def _with(name_of: Callable[[Entry], str], entries: Sequence[Entry]) -> Entry:
    """The first entry that has a name of a kind; the first of all if none has."""
    return next((entry for entry in entries if name_of(entry)), entries[0])


def _several(groups: Mapping[T, list[Entry]]) -> Iterator[tuple[T, list[Entry]]]:
    return ((name, entries) for name, entries in groups.items() if len(entries) > 1)


def _neighbours(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Titles that may differ by one letter: near each other in their order, read from either end, and half the same."""
    lengths = sorted(map(len, titles))
    if all(longer - shorter > 1 for shorter, longer in pairwise(lengths)):
        return  # as in nearly every class
    for forwards in (True, False):
        ordered = sorted(titles, key=None if forwards else lambda title: title[::-1])
        for index, one in enumerate(ordered):
            for other in ordered[index + 1 : index + 1 + _NEIGHBOURS]:
                if _half_same(one, other, begin=forwards):
                    yield one, other


def _half_same(one: str, other: str, *, begin: bool) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    half = (min(len(one), len(other)) - 1) // 2
    return one[:half] == other[:half] if begin else one[-half:] == other[-half:]
