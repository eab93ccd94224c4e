"""The entries of the store by the names of their works: DOI, PMID and title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from ketreview.appraisal.doi_urls import doi_in_url
from ketreview.appraisal.identifiers import USUAL_DOI
from ketreview.appraisal.same_work import doi_name, folded, pmid_name, title_name
from ketreview.frozen import frozen
from ketreview.linking.grouping import grouped
from ketreview.model.entry import Entry
from ketreview.model.stated import Identity
from ketreview.patterns import regex

N = TypeVar("N", bound=Hashable)
_AND = regex(r"(?<!\s)\s+and\s+")


def doi_of(entry: Entry) -> str:
    """An entry's DOI as it is compared, also one that only its URL has; empty if it has none."""
    doi = entry.texts.get("doi", "")
    if USUAL_DOI.fullmatch(doi):
        return doi.lower()  # nearly every DOI of a store
    if doi := entry.get("doi"):
        return doi_name(doi)
    named = doi_in_url(entry.get("url"))
    return doi_name(named.doi) if named and named.resolved else ""  # a publisher's page may be of a part of the work


def pmid_of(entry: Entry) -> str:
    """An entry's PMID as it is compared, also where `eprint` holds it; empty if it has none."""
    if pmid := entry.get("pmid"):
        return pmid_name(pmid)
    is_pubmed = "eprint" in entry.texts and entry.get("eprinttype").casefold() == "pubmed"
    return pmid_name(entry.get("eprint")) if is_pubmed else ""


def title_of(entry: Entry) -> str:
    """An entry's title as it is compared; empty if it has none, or one too short to tell works apart."""
    return title_name(entry.texts.get("title", ""))


def first_author(entry: Entry) -> str:
    """The first author's last name, letters alone, as a key has it."""
    names = entry.texts.get("author", entry.texts.get("editor", ""))
    first = names.partition(" and ")[0]
    if "and" in first:
        first = _AND.split(first, maxsplit=1)[0]
    first = first.strip()
    last = first.partition(",")[0] if "," in first else first.rsplit(None, 1)[-1] if first else ""
    return last.casefold() if last.isascii() and last.isalpha() else folded(last)


def fields_filled(entry: Entry) -> int:
    """How much an entry says: its fields that are not empty."""
    return sum(bool(field.value.strip()) for field in entry.fields)


def names_of(identity: Identity) -> Iterator[tuple[str, str]]:
    """The DOIs, PMIDs and titles of an identity as they are compared, each with what it is."""
    for kind, stated, name_of in (
        ("doi", identity.dois, doi_name),
        ("pmid", identity.pmids, pmid_name),
        ("title", identity.titles, title_name),
    ):
        yield from ((kind, name) for item in stated if (name := name_of(item.value)))


@frozen(slots=False)
class Works:
    """Entries, found by what names their work."""

    entries: tuple[Entry, ...]

    @cached_property
    def by_doi(self) -> dict[str, list[Entry]]:
        """The entries of each DOI."""
        return _named(doi_of, self.entries)

    @cached_property
    def by_pmid(self) -> dict[str, list[Entry]]:
        """The entries of each PMID."""
        return _named(pmid_of, self.entries)

    @cached_property
    def by_title(self) -> dict[str, list[Entry]]:
        """The entries of each title."""
        return _named(title_of, self.entries)

    @cached_property
    def _by_key(self) -> dict[str, list[Entry]]:
        return grouped((entry.key, entry) for entry in self.entries)

    @cached_property
    def _by_folded_key(self) -> dict[str, list[Entry]]:
        return grouped((entry.key.casefold(), entry) for entry in self.entries)

    def with_key(self, key: str) -> Sequence[Entry]:
        """The entries with exactly this key."""
        return self._by_key.get(key, ())

    def with_key_like(self, key: str) -> Sequence[Entry]:
        """The entries whose key differs from this one in case alone, or not at all."""
        return self._by_folded_key.get(key.casefold(), ())

    def same(self, identity: Identity) -> Sequence[Entry]:
        """The entries that an identity names: by a key, else by a DOI, a PMID, a title; each entry once."""
        for found in self._found(identity):
            if found:
                return tuple({entry.key: entry for entry in found}.values())
        return ()

    def _found(self, identity: Identity) -> Iterator[list[Entry]]:
        yield [entry for key in identity.keys for entry in self._by_key.get(key.value, ())]
        yield [entry for doi in identity.dois for entry in self.by_doi.get(doi_name(doi.value), ())]
        yield [entry for pmid in identity.pmids for entry in self.by_pmid.get(pmid_name(pmid.value), ())]
        yield [entry for title in identity.titles for entry in self.by_title.get(title_name(title.value), ())]


def sharing(names: Sequence[N], entries: Sequence[Entry]) -> dict[N, list[Entry]]:
    """The entries of each name that several have; `names` are those of the entries, in their order, some of them empty.

    Nearly every work of a store stands there once, and to gather each by itself takes longer than to count.
    """
    counts = Counter(names)
    if len(counts) == len(names):
        return {}
    return grouped((name, entry) for name, entry in zip(names, entries, strict=True) if name and counts[name] > 1)


def _named(name_of: Callable[[Entry], str], entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries of each name, those without one left out."""
    return grouped((name, entry) for entry in entries if (name := name_of(entry)))
