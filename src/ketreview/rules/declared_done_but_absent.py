"""What is declared as integrated is not seen where it should be."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.observing import observe, observe_folder
from ketreview.model.review import Review
from ketreview.model.stated import ReadingFolder
from ketreview.model.vocabulary import IntegrationKind, IntegrationState
from ketreview.rule import REVIEW_OR_FOLDER, Problem, rule

_MISSING = frozenset({"absent", "pending"})


@rule("KR704", REVIEW_OR_FOLDER, Severity.ERROR)
def declared_done_but_absent(record: Review | ReadingFolder, corpus: Corpus) -> Iterator[Problem]:
    """A review declares that its works are in the store, the appendix or a chapter, and they are not, or not all.

    A "done" that is not done is worse than a pending one: nobody looks again. Seen is that each key of the review is
    in the store file, annotated in the appendix, cited in the chapter that `target` is the path of, or in any chapter.
    What the status of a reading folder declares is a warning, as printed there; its work is told by the key, DOI, PMID
    or title that the folder states; in a folder of several works, a line on the store is of the one key that it names.
    Nothing is said of what cannot be seen: without the settings `appendix` and `chapters`, or where a store file could
    not be read. A file that is declared done is KR701.

    Bad:

    ```toml ketreview.toml
    chapters = ["chapters/*.typ"]
    ```

    ```yaml reviews/rett.yaml
    studies:
    - {id: picard-2019, cites: [picard2019], design: animal_experiment, state: integrated}
    integration:
    - {kind: chapter, target: chapters/rett.typ, state: done}
    ```

    ```typ chapters/rett.typ
    Ketamine was given to mice.
    ```

    ```bib references.bib
    @misc{picard2019, title = {A}}
    ```

    Good:

    ```toml ketreview.toml
    chapters = ["chapters/*.typ"]
    ```

    ```yaml reviews/rett.yaml
    studies:
    - {id: picard-2019, cites: [picard2019], design: animal_experiment, state: integrated}
    integration:
    - {kind: chapter, target: chapters/rett.typ, state: done}
    ```

    ```typ chapters/rett.typ
    Ketamine was given to mice @picard2019.
    ```

    ```bib references.bib
    @misc{picard2019, title = {A}}
    ```
    """
    if isinstance(record, Review):
        for item in record.integration:
            if item.state is not IntegrationState.DONE or item.kind is IntegrationKind.FILE:
                continue
            seen = observe(corpus, record, item)
            if seen.state in _MISSING:
                yield Problem(f"{shown(item.target)} is declared done, and {seen.words}", item.span("state"))
        return
    for line in record.declared:
        if line.state is IntegrationState.DONE and (seen := observe_folder(corpus, record, line)).state in _MISSING:
            related = (Related(seen.place, "what is seen"),) if seen.place else ()
            message = f"declared done, and {seen.words}"
            yield Problem(message, line.span, related=related, severity=Severity.WARNING)
