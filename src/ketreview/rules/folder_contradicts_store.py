"""A reading folder states another DOI or PMID than the store has for its work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ketreview.appraisal.same_work import doi_name, pmid_name, title_name
from ketreview.appraisal.standing import may_be_preprint
from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.works import doi_of, pmid_of
from ketreview.model.entry import Entry
from ketreview.model.stated import ReadingFolder, Stated
from ketreview.rule import FOLDER, Problem, rule
from ketreview.source import Span


@rule("KR710", FOLDER, Severity.WARNING)
def folder_contradicts_store(folder: ReadingFolder, corpus: Corpus) -> Iterator[Problem]:
    """The texts of a reading folder state a DOI or a PMID, and the entry of the same work has another.

    One of the two leads to another work, or to another version of this one: the DOI of a preprint is not that of the
    article. The same work is the entry whose key the folder names, else those that have its DOI or its PMID, else the
    one with its title.

    Bad:

    ```toml ketreview.toml
    literature = ["literature/**"]
    ```

    ```markdown literature/picard-2019/README.md
    # Ketamine in mice

    **BibTeX key:** `picard2019`
    **DOI:** 10.1000/mice.1
    ```

    ```bib references.bib
    @article{picard2019, title = {Ketamine in mice}, doi = {10.1000/mice.2}}
    ```

    Good:

    ```toml ketreview.toml
    literature = ["literature/**"]
    ```

    ```markdown literature/picard-2019/README.md
    # Ketamine in mice

    **BibTeX key:** `picard2019`
    **DOI:** https://doi.org/10.1000/MICE.2
    ```

    ```bib references.bib
    @article{picard2019, title = {Ketamine in mice}, doi = {10.1000/mice.2}}
    ```
    """
    dois = {doi_name(doi.value) for doi in folder.identity.dois} - {""}
    pmids = {pmid_name(pmid.value) for pmid in folder.identity.pmids} - {""}
    for entry in _entries(folder, corpus, dois, pmids):
        if dois and doi_of(entry) and doi_of(entry) not in dois:
            yield _problem("DOI", folder.identity.dois[0], entry, ("doi", "url"), doi_of(entry))
        if pmids and pmid_of(entry) and pmid_of(entry) not in pmids:
            yield _problem("PMID", folder.identity.pmids[0], entry, ("pmid", "eprint"), pmid_of(entry))


def _entries(folder: ReadingFolder, corpus: Corpus, dois: set[str], pmids: set[str]) -> Sequence[Entry]:
    """The entries of the folder's work, by its key, else by its DOI and PMID, else by its title."""
    named = [entry for key in folder.identity.keys if (entry := corpus.entry(key.value)) is not None]
    if named:
        return named
    works = corpus.works
    identified = [entry for doi in dois for entry in works.by_doi.get(doi, ())]
    identified += [entry for pmid in pmids for entry in works.by_pmid.get(pmid, ())]
    if identified:
        return list({entry.key: entry for entry in identified}.values())
    titles = {title_name(title.value) for title in folder.identity.titles} - {""}
    return [entry for title in titles for entry in works.by_title.get(title, ())]


def _problem(kind: str, stated: Stated, entry: Entry, names: tuple[str, str], other: str) -> Problem:
    field = next((found for name in names if (found := entry.field(name)) is not None), None)
    place = Span(entry.source, field.value_start, field.value_end) if field else entry.key_span
    preprint = any(map(may_be_preprint, (stated.value, other)))
    version = ": one of them is a preprint's" if kind == "DOI" and preprint else ""
    message = f"{shown(stated.value)} is the {kind} here, and `{entry.key}` has {shown(other)}{version}"
    return Problem(message, stated.span, key=entry.key, related=(Related(place, f"the {kind} in the store"),))
