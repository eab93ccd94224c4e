"""An annotated bibliography annotates a work of the store without its key."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.same_work import doi_name, pmid_name
from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus
from ketreview.linking.works import doi_of, pmid_of
from ketreview.model.entry import Entry
from ketreview.model.stated import Annotation, Identity
from ketreview.rule import ANNOTATION, Problem, rule


@rule("KR709", ANNOTATION, Severity.WARNING)
def appendix_entry_without_key(annotation: Annotation, corpus: Corpus) -> Iterator[Problem]:
    """An annotation names no key, and the store has an entry of its work.

    Without a key nothing ties the two together: a reader cannot look the work up, and a changed entry is not noticed.
    The entry is found by the DOI, else the PMID, else the title. An annotation names a key where it states one under a
    label (`BibTeX key`), cites one in its heading or its reference, or has a line that does nothing but cite. Silent
    where the text of the annotation cites that key, where a DOI or PMID says that another work is meant, where the
    store has no such entry, and while a store file could not be read whole.

    Bad:

    ```toml ketreview.toml
    appendix = ["appendix.typ"]
    ```

    ```typ appendix.typ
    === Zanos et al. 2018

    *DOI:* 10.1000/182
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
    identity = annotation.identity
    if identity.keys or not corpus.store_complete:
        return
    entries = corpus.same_work(identity)
    cited = {key.value for key in annotation.cited}
    if not entries or any(entry.key in cited for entry in entries):
        return
    shared = _shared(entries[0], identity)
    if shared:
        related = tuple(Related(entry.key_span, "in the store") for entry in entries)
        names = " or ".join(f"`{entry.key}`" for entry in entries)
        message = f"the annotation names no key; by its {shared} it is of {names}"
        heading = annotation.heading
        peers = (heading.value, *(entry.key for entry in entries))
        yield Problem(message, heading.span, key=entries[0].key, related=related, peers=peers)


def _shared(entry: Entry, identity: Identity) -> str:
    """What an entry shares with the work; empty where an identifier of more weight says that it is another one."""
    dois = {doi_name(doi.value) for doi in identity.dois}
    pmids = {pmid_name(pmid.value) for pmid in identity.pmids}
    if doi_of(entry) in dois:
        return "DOI"
    if dois and doi_of(entry):
        return ""
    if pmid_of(entry) in pmids:
        return "PMID"
    return "" if pmids and pmid_of(entry) else "title"
