"""A file is listed and not there."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus, listed_path
from ketreview.model.review import Review
from ketreview.model.stated import ReadingFolder
from ketreview.model.vocabulary import IntegrationKind, IntegrationState
from ketreview.rule import REVIEW_OR_FOLDER, Problem, as_printed, rule


@rule("KR701", REVIEW_OR_FOLDER, Severity.ERROR)
def listed_file_missing(record: Review | ReadingFolder, corpus: Corpus) -> Iterator[Problem]:
    """A review declares a file as done, or a source or a reading folder lists a file, and it is not there.

    A "done" that is not done is worse than a pending one: nobody looks again. What the review declares is an error;
    what a source lists is a warning, as printed there. A file of a source is sought in the source's `folder`, else from
    the project's root. The texts of a reading folder (setting `literature`) are heard where they list its own files;
    a file that they call planned or optional, and a path that may be of another folder, is not sought.

    Bad:

    ```yaml reviews/mecfs.yaml
    integration:
    - {kind: file, target: literature/key-findings.md, state: done}
    ```

    Good:

    ```yaml reviews/mecfs.yaml
    integration:
    - {kind: file, target: literature/key-findings.md, state: pending}
    ```
    """
    if isinstance(record, ReadingFolder):
        yield from _missing_in_folder(record, corpus)
    else:
        yield from _missing_in_review(record, corpus)


def _missing_in_folder(folder: ReadingFolder, corpus: Corpus) -> Iterator[Problem]:
    for listed in folder.listed:
        if corpus.sizes.get(listed.value) is None:
            message = f"{shown(folder.short(listed.value))} is listed, and there is no such file"
            yield Problem(message, listed.span, severity=Severity.WARNING)


def _missing_in_review(review: Review, corpus: Corpus) -> Iterator[Problem]:
    for item in review.integration:
        done = item.kind == IntegrationKind.FILE and item.state == IntegrationState.DONE
        if done and corpus.sizes.get(item.target) is None:
            yield Problem(f"{shown(item.target)} is declared done, and there is no such file", item.span("target"))
    for source in review.sources:
        for file in source.files:
            path = listed_path(source, file)
            if corpus.sizes.get(path) is None:
                message = f"{shown(path)} is listed, and there is no such file{as_printed(source.id)}"
                yield Problem(message, file.span("path"), id=source.id, severity=Severity.WARNING)
