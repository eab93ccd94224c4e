"""An entry of the store that nothing cites."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.entry import Entry
from ketreview.rule import UNCITED, Problem, rule


@rule("KR204", UNCITED, Severity.INFO)
def uncited_entry(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """No review and no chapter cites an entry.

    It was read and never integrated, or it is left over. Nothing is said in a project that has neither a review nor a
    chapter that cites anything, in one whose reviews and chapters could not all be read, of a key that a record left
    out cites, or where a chapter cites all entries (`\\nocite{*}`).

    Bad:

    ```yaml reviews/rett.yaml
    studies:
    - {id: picard-2019, cites: [picard2019], design: animal_experiment, state: read}
    ```

    ```bib references.bib
    @misc{picard2019, title = {A}}
    @misc{never2020, title = {B}}
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
    if not corpus.cites_anything or not corpus.reviews_complete or corpus.may_cite_more:
        return
    if entry.key not in corpus.broken_ids and corpus.entry(entry.key) is entry:
        yield Problem(f"`{entry.key}` is cited by no review and no chapter", entry.key_span)
