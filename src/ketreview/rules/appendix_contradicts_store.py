"""An annotated bibliography has another DOI, PMID or certainty than the store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ketreview.appraisal.certainty_values import certainties_differ
from ketreview.appraisal.same_work import doi_name, folded, pmid_name
from ketreview.appraisal.standing import may_be_preprint
from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.works import doi_of, first_author, pmid_of
from ketreview.model.entry import Entry
from ketreview.model.stated import Annotation, Identity, Stated
from ketreview.patterns import regex
from ketreview.rule import ANNOTATION, Problem, rule

_VERSION = regex(r"[./]?v\d{1,2}$", re.ASCII)


@rule("KR706", ANNOTATION, Severity.WARNING)
def appendix_contradicts_store(annotation: Annotation, corpus: Corpus) -> Iterator[Problem]:
    """An annotation states another DOI, PMID or certainty than the store has for the same work.

    The entry is found by the key that the annotation names, else by its DOI, its PMID or its title. A certainty is
    compared where both are numbers, or both are words that mean a level; where several are stated, the first that rates
    the whole counts. Versions of one DOI are the same. Where nothing but the title is shared, the first author has to
    be the same too, and the DOI of a preprint contradicts nothing. Nothing is said while a store file could not be read
    whole.

    Bad:

    ```toml ketreview.toml
    appendix = ["appendix.typ"]
    ```

    ```typ appendix.typ
    === Zanos et al. 2018

    @zanos2018

    *DOI:* 10.1000/281
    ```

    ```bib references.bib
    @misc{zanos2018, title = {A}, doi = {10.1000/182}}
    ```

    Good:

    ```toml ketreview.toml
    appendix = ["appendix.typ"]
    ```

    ```typ appendix.typ
    === Zanos et al. 2018

    @zanos2018

    *DOI:* 10.1000/182
    ```

    ```bib references.bib
    @misc{zanos2018, title = {A}, doi = {10.1000/182}}
    ```
    """
    if not corpus.store_complete:
        return
    entries = [entry for entry in corpus.same_work(annotation.identity) if _may_be(entry, annotation.identity)]
    if entries:
        found = _Found(entries, _shared(entries[0], annotation.identity), corpus)
        yield from found.other_doi(annotation.identity.dois)
        yield from found.other_pmid(annotation.identity.pmids)
        yield from found.other_certainty(annotation.certainty)


def _may_be(entry: Entry, identity: Identity) -> bool:
    """Whether an entry is surely of the work: also where it shares nothing but the title."""
    if _shared(entry, identity) != "title":
        return True
    if any(map(may_be_preprint, (*(doi_name(doi.value) for doi in identity.dois), doi_of(entry)))):
        return False
    author = first_author(entry)
    return bool(author) and any(folded(citation.value).startswith(author) for citation in identity.citations)


def _shared(entry: Entry, identity: Identity) -> str:
    """What ties an entry to the work."""
    if any(entry.key == key.value for key in identity.keys):
        return "key"
    if any(doi_of(entry) == doi_name(doi.value) for doi in identity.dois):
        return "DOI"
    return "PMID" if any(pmid_of(entry) == pmid_name(pmid.value) for pmid in identity.pmids) else "title"


class _Found(NamedTuple):
    """The entries of a work, and by what they were found."""

    entries: Sequence[Entry]
    shared: str
    corpus: Corpus

    def other_doi(self, stated: Sequence[Stated]) -> Iterator[Problem]:
        known = [_VERSION.sub("", doi_of(entry)) for entry in self.entries]
        named = {_VERSION.sub("", doi_name(doi.value)) for doi in stated}
        if not named or not all(known) or named & set(known):
            return
        holders = (entry for doi in stated for entry in self.corpus.works.by_doi.get(doi_name(doi.value), ()))
        related = [Related(entry.key_span, f"`{entry.key}` has that DOI") for entry in holders]
        yield self.problem(stated[0], "DOI", known[0], ("doi", "url"), related[:1])

    def other_pmid(self, stated: Sequence[Stated]) -> Iterator[Problem]:
        known = [pmid_of(entry) for entry in self.entries]
        named = {pmid_name(pmid.value) for pmid in stated}
        if named and all(known) and not named & set(known):
            holders = (entry for pmid in stated for entry in self.corpus.works.by_pmid.get(pmid_name(pmid.value), ()))
            related = [Related(entry.key_span, f"`{entry.key}` has that PMID") for entry in holders]
            yield self.problem(stated[0], "PMID", known[0], ("pmid", "eprint"), related[:1])

    def other_certainty(self, stated: Sequence[Stated]) -> Iterator[Problem]:
        known = [entry.get("certainty") for entry in self.entries]
        if stated and all(
            certainties_differ(stated[0].value, certainty, self.corpus.settings.crosswalk) for certainty in known
        ):
            yield self.problem(stated[0], "certainty", known[0], ("certainty",))

    def problem(
        self, stated: Stated, name: str, value: str, fields: Sequence[str], related: Sequence[Related] = ()
    ) -> Problem:
        entry = self.entries[0]
        field = next((found for each in fields if (found := entry.field(each)) is not None), None)
        here = Related(entry.value_span(field) if field else entry.key_span, "in the store")
        how = f" (found by its {self.shared})" if self.shared != "key" else ""
        message = f"the {name} of `{entry.key}`{how} is {shown(value)} in the store, not {shown(stated.value)}"
        return Problem(message, stated.span, key=entry.key, related=(here, *related))
