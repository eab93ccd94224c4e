"""A work was read, and has not come into the store or any text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.entry import Entry
from ketreview.model.stated import Identity, ReadingFolder, Stated
from ketreview.rule import FOLDER, Problem, rule


@rule("KR711", FOLDER, Severity.INFO)
def read_never_integrated(folder: ReadingFolder, corpus: Corpus) -> Iterator[Problem]:
    """A reading folder's work is not in the store, or it is there and no review and no chapter cites it.

    The reading was done and nobody gains from it. The work is told by the key, DOI, PMID or title that the folder's
    texts state; a folder that states none, or is about several works, is passed over. Nothing is said while a file of
    the store could not be read, nor of citations in a project without any, where a review could not be read, or where a
    chapter cites all entries (`\\nocite{*}`).

    Bad:

    ```toml ketreview.toml
    literature = ["literature/**"]
    ```

    ```markdown literature/picard-2019/README.md
    # Ketamine in mice

    **DOI:** 10.1000/mice.2
    ```

    ```bib references.bib
    @article{never2020, title = {Another work}, doi = {10.1000/other}}
    ```

    Good:

    ```toml ketreview.toml
    literature = ["literature/**"]
    ```

    ```markdown literature/picard-2019/README.md
    # Ketamine in mice

    **DOI:** 10.1000/mice.2
    ```

    ```yaml reviews/rett.yaml
    studies:
    - {id: picard-2019, cites: [picard2019], design: animal_experiment, state: read}
    ```

    ```bib references.bib
    @article{picard2019, title = {Ketamine in mice}, doi = {10.1000/mice.2}}
    ```
    """
    name = _name(folder.identity)
    if name is None or not corpus.store_complete:
        return
    entries = corpus.same_work(folder.identity)
    if not entries:
        yield _not_in_store(folder.identity, name, corpus)
    elif _citations_are_known(corpus, entries) and not any(corpus.times_cited(entry.key) for entry in entries):
        related = tuple(Related(entry.key_span, "its entry") for entry in entries[:1])
        message = f"`{entries[0].key}` was read here, and no review and no chapter cites it"
        yield Problem(message, name.span, key=entries[0].key, related=related)


def _name(identity: Identity) -> Stated | None:
    """What the folder's work is called by here: its key, else the surest of its other names."""
    return next(iter((*identity.keys, *identity.dois, *identity.pmids, *identity.titles)), None)


def _not_in_store(identity: Identity, name: Stated, corpus: Corpus) -> Problem:
    waiting = next((entry for key in identity.keys for entry in corpus.staged_keys.get(key.value, ())), None)
    if waiting is not None:
        related = (Related(waiting.key_span, "where it waits"),)
        return Problem(f"{shown(name.value)} was read here, and waits to be merged", name.span, related=related)
    return Problem(f"{shown(name.value)} was read here, and the store has no entry of it", name.span)


def _citations_are_known(corpus: Corpus, entries: Sequence[Entry]) -> bool:
    """Whether all places that could cite an entry were read."""
    if (
        not corpus.cites_anything
        or not corpus.reviews_complete
        or any(chapter.cites_all for chapter in corpus.chapters)
    ):
        return False
    return not any(entry.key in corpus.broken_ids for entry in entries)
