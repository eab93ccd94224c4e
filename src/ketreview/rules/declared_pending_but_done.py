"""What is declared as still to be integrated has been."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Fix, Related, Severity, shown
from ketreview.edits import Edit
from ketreview.linking import Corpus
from ketreview.linking.observing import observe, observe_folder
from ketreview.model.review import Review
from ketreview.model.stated import ReadingFolder
from ketreview.model.vocabulary import IntegrationState
from ketreview.rule import REVIEW_OR_FOLDER, Problem, rule
from ketreview.source import Span


@rule("KR705", REVIEW_OR_FOLDER, Severity.WARNING)
def declared_pending_but_done(record: Review | ReadingFolder, corpus: Corpus) -> Iterator[Problem]:
    """A review or a reading folder says that something is still to be integrated, and it can be seen to be done.

    Such a note hides the ones that are really open. Seen is the same as for KR704, and all of it: each key of the
    review, the work of the folder. In a review the fix writes `done`.

    Bad:

    ```toml ketreview.toml
    chapters = ["chapters/*.typ"]
    ```

    ```yaml reviews/rett.yaml
    studies:
    - {id: picard-2019, cites: [picard2019], design: animal_experiment, state: integrated}
    integration:
    - {kind: chapter, target: Rett syndrome, state: pending}
    ```

    ```typ chapters/rett.typ
    Ketamine was given to mice @picard2019.
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
    - {kind: chapter, target: Rett syndrome, state: done}
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
            if item.state is not IntegrationState.DONE and (seen := observe(corpus, record, item)).state == "done":
                message = f"{shown(item.target)} is declared {item.state}, and {seen.words}"
                yield Problem(message, item.span("state"), fix=_writing_done(item.span("state"), item.state))
        return
    for line in record.declared:
        if line.state is not IntegrationState.DONE and (seen := observe_folder(corpus, record, line)).state == "done":
            related = (Related(seen.place, "what is seen"),) if seen.place else ()
            message = f"declared {line.state}, and {seen.words}"
            yield Problem(message, line.span, related=related)


def _writing_done(span: Span, state: IntegrationState) -> Fix | None:
    """Replaces the word alone, so that quotes stay; None where it has an anchor, and so other places may share it."""
    start = span.text.rfind(state.value)
    if start < 0 or "&" in span.text[:start]:
        return None
    place = Span(span.source, span.start + start, span.start + start + len(state.value))
    return Fix("Write `done`", safe=True, edits=(Edit(place, IntegrationState.DONE.value),))
