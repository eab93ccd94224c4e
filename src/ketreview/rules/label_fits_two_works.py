"""A source's label, an author and a year, fits two works that the project has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.grouping import grouped
from ketreview.linking.labels import labels_of, name_among, name_meant
from ketreview.model.entry import Entry
from ketreview.model.source_document import Reference, SourceDocument
from ketreview.rule import JOINED, Problem, as_printed, rule


class _Listed(NamedTuple):
    source: SourceDocument
    reference: Reference
    entry: Entry


@rule("KR408", JOINED, Severity.INFO)
def label_fits_two_works(corpus: Corpus, _: Corpus) -> Iterator[Problem]:
    """A source calls a work by an author and a year that are also those of another work that a source lists.

    Who meets the label elsewhere, or makes a key of it, takes one work for the other. Only labels with `et al.` and a
    year without a letter are looked at, and only works of three authors and more that reference lists of the project
    have. Two entries of one work (KR401 to KR403) are one.

    Bad:

    ```yaml reviews/a.yaml
    sources:
    - {id: overview, title: A, references: [{label: "Singh et al., 2016", cites: singh2016a}]}
    - {id: cureus, title: B, references: [{label: "30", cites: singh2016b}]}
    ```

    ```bib references.bib
    @article{singh2016a, author = {Singh, J. and others and Daly, E.}, title = {Esketamine by vein}, year = {2016}}
    @article{singh2016b, author = {Singh, J. and Fedgchin, M. and Daly, E.}, title = {Dose frequency}, year = {2016}}
    ```

    Good:

    ```yaml reviews/a.yaml
    sources:
    - {id: overview, title: A, references: [{label: "Singh et al., 2016a", cites: singh2016a}]}
    - {id: cureus, title: B, references: [{label: "30", cites: singh2016b}]}
    ```

    ```bib references.bib
    @article{singh2016a, author = {Singh, J. and others and Daly, E.}, title = {Esketamine by vein}, year = {2016}}
    @article{singh2016b, author = {Singh, J. and Fedgchin, M. and Daly, E.}, title = {Dose frequency}, year = {2016}}
    ```
    """
    labels = frozenset(label for review in corpus.reviews for label in labels_of(review))
    works = grouped((name_among(one.entry, labels), one) for one in _listed(corpus)) if labels else {}
    for name, alike in works.items():
        if name and len({one.entry.key for one in alike}) > 1:
            for one in alike:
                other = next((other for other in alike if _is_other(one.entry, other.entry, corpus)), None)
                if other is not None and name_meant(one.reference.label) == name:
                    yield _problem(one, other)


def _listed(corpus: Corpus) -> Iterator[_Listed]:
    """The references of all sources that have an entry; of one source that several reviews have, each once."""
    seen: set[tuple[str, str, str]] = set()
    for source in (source for review in corpus.reviews for source in review.sources):
        for reference in source.references:
            entry = corpus.entry(reference.cites)
            place = (source.id, reference.label, reference.cites)
            if entry is not None and place not in seen:
                seen.add(place)
                yield _Listed(source, reference, entry)


def _is_other(one: Entry, other: Entry, corpus: Corpus) -> bool:
    work, others = corpus.duplicates.work_of(one), corpus.duplicates.work_of(other)
    return one.key != other.key and (work is None or work is not others)


def _problem(one: _Listed, other: _Listed) -> Problem:
    label, key = shown(one.reference.label), shown(other.entry.key)
    where = f"reference {shown(other.reference.label)} of {other.source.id}"
    message = f"{label}, here `{one.entry.key}`, also fits {key} ({where}): another work of that author and year"
    related = (Related(other.reference.span("cites"), "the other work"),)
    place = one.reference.span("label")
    return Problem(message + as_printed(one.source.id), place, key=one.entry.key, related=related)
