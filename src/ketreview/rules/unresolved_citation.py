"""A review cites a key that the store does not have."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.citation import Citation
from ketreview.rule import UNRESOLVED, Problem, not_in_store, rule


@rule("KR201", UNRESOLVED, Severity.ERROR)
def unresolved_citation(citation: Citation, corpus: Corpus) -> Iterator[Problem]:
    """A review cites a key that no store file has.

    A reader cannot follow the citation, and a chapter drafted from the review does not compile. Keys are compared with
    case, as LaTeX, Typst and Pandoc do; a key that differs in case alone is KR203. Nothing is said while a store file
    could not be read whole, since the key may be in it.

    Bad:

    ```yaml reviews/rett.yaml
    studies:
    - {id: picard-2019, cites: [picard2018], design: animal_experiment, state: read}
    ```

    ```bib references.bib
    @misc{picard2019, title = {A}}
    ```

    Good:

    ```yaml reviews/rett.yaml
    studies:
    - {id: picard-2019, cites: [picard2019], design: animal_experiment, state: read}
    ```

    ```bib references.bib
    @misc{picard2019, title = {A}}
    ```
    """
    if citation.in_chapter or not corpus.store_complete or corpus.keys_like(citation.key):
        return
    if citation.key not in corpus.staged_keys:
        yield not_in_store(citation, corpus)
