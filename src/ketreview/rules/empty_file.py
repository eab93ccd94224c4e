"""A file is there and holds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus, listed_path
from ketreview.model.review import Review
from ketreview.model.stated import ReadingFolder
from ketreview.model.vocabulary import IntegrationKind, IntegrationState
from ketreview.rule import REVIEW_OR_FOLDER, Problem, rule


@rule("KR703", REVIEW_OR_FOLDER, Severity.WARNING)
def empty_file(record: Review | ReadingFolder, corpus: Corpus) -> Iterator[Problem]:
    """A file that a source or a reading folder lists, or that a review declares as done, is empty.

    It was made and never filled, or its content was lost. A file declared as pending may be empty: that is what pending
    means.

    Bad:

    ```yaml reviews/mecfs.yaml
    sources:
    - {id: folder, title: A reading folder, folder: literature, files: [{path: a.md}]}
    ```

    ```markdown literature/a.md
    ```

    Good:

    ```yaml reviews/mecfs.yaml
    sources:
    - {id: folder, title: A reading folder, folder: literature, files: [{path: a.md}]}
    ```

    ```markdown literature/a.md
    A
    ```
    """
    if isinstance(record, ReadingFolder):
        for listed in record.listed:
            if corpus.sizes.get(listed.value) == 0:
                yield Problem(f"{shown(listed.value)}, which {listed.span.path} lists, is empty", listed.span)
    else:
        yield from _empty_in_review(record, corpus)


def _empty_in_review(review: Review, corpus: Corpus) -> Iterator[Problem]:
    for source in review.sources:
        for file in source.files:
            path = listed_path(source, file)
            if corpus.sizes.get(path) == 0:
                yield Problem(f"{shown(path)}, which {source.id} lists, is empty", file.span("path"), id=source.id)
    for item in review.integration:
        done = item.kind == IntegrationKind.FILE and item.state == IntegrationState.DONE
        if done and corpus.sizes.get(item.target) == 0:
            yield Problem(f"{shown(item.target)} is declared done, and the file is empty", item.span("target"))
