"""A source prints another DOI, author, title or place in print than the store has."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.as_listed import contradicted
from ketreview.linking.duplicate_words import listed
from ketreview.model.entry import Entry
from ketreview.model.source_document import Reference, SourceDocument
from ketreview.rule import SOURCE, Problem, as_printed, rule

_NAMES = {"doi": "DOI", "pmid": "PMID"}


@rule("KR410", SOURCE, Severity.WARNING)
def printed_otherwise(source: SourceDocument, corpus: Corpus) -> Iterator[Problem]:
    """A reference is printed with another DOI, PMID, author, title, journal, year, volume or pages than its entry has.

    Who follows the source is led to another work, or to none; or the reference is keyed to the wrong entry. The entry
    is taken to be the record that somebody looked up: nothing is asked of the network. Two ways of writing one thing
    are no difference: abbreviations, a DOI of another version or of the preprint, years next to each other, a
    translated title; names differ only where none of the entry's is named. That a source prints no DOI (`doi: ""`) is
    for information where the entry has one.

    Bad:

    ```yaml reviews/depression.yaml
    sources:
    - {id: cureus, title: A, references: [{label: "26", cites: lai2012, printed: {doi: 10.1159/000358098}}]}
    ```

    ```bib references.bib
    @article{lai2012, title = {Ketamine-associated urinary tract dysfunction}, doi = {10.1159/000338098}}
    ```

    Good:

    ```yaml reviews/depression.yaml
    sources:
    - {id: cureus, title: A, references: [{label: "26", cites: lai2012, printed: {doi: 10.1159/000338098}}]}
    ```

    ```bib references.bib
    @article{lai2012, title = {Ketamine-associated urinary tract dysfunction}, doi = {10.1159/000338098}}
    ```
    """
    for reference in source.references:
        entry = corpus.entry(reference.cites) if reference.printed else None
        if entry is not None:
            yield from _differing(source, reference, entry)
            yield from _without_doi(source, reference, entry)


def _differing(source: SourceDocument, reference: Reference, entry: Entry) -> Iterator[Problem]:
    found = list(contradicted(reference.printed, entry))
    if not found:
        return
    names = listed([_NAMES.get(field, field) for field, _ in found])
    has = "; ".join(f"{shown(reference.printed[field])}, in the store {shown(other)}" for field, other in found[:2])
    more = " …" if len(found) > 2 else ""  # noqa: PLR2004  two of them are told
    verb = "is not that" if len(found) == 1 and found[0][0] != "pages" else "are not those"
    message = f"{names} of reference {shown(reference.label)} {verb} of `{entry.key}`: {has}{more}"
    field = found[0][0]
    place = entry.field(field)
    related = Related(entry.value_span(place) if place else entry.key_span, "in the store")
    yield Problem(
        message + as_printed(source.id), reference.span(f"printed.{field}"), key=entry.key, related=(related,)
    )


def _without_doi(source: SourceDocument, reference: Reference, entry: Entry) -> Iterator[Problem]:
    if reference.printed.get("doi", "none").strip() or not entry.get("doi"):
        return
    message = f"reference {shown(reference.label)} has no DOI; `{entry.key}` has {shown(entry.get('doi'))}"
    place = reference.span("printed.doi")
    yield Problem(message + as_printed(source.id), place, key=entry.key, severity=Severity.INFO)
