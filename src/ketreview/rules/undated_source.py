"""A source document has no date."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.source_document import SourceDocument
from ketreview.rule import SOURCE, Problem, rule


@rule("KR613", SOURCE, Severity.INFO)
def undated_source(source: SourceDocument, corpus: Corpus) -> Iterator[Problem]:
    """A document that content was taken from has no date.

    What it calls recent, ongoing or approved cannot be placed in time, and nobody can say what it cannot have known. If
    the document prints none, that is told as long as the review draws on it. The year of the entry that it `cites`
    counts; a folder (`folder`, `files`, or a `kind` that says so) grows, and has none.

    Bad:

    ```yaml reviews/rett.yaml
    sources:
    - {id: rett-news, title: Ketamine, kind: news article}
    ```

    Good:

    ```yaml reviews/rett.yaml
    sources:
    - {id: rett-news, title: Ketamine, kind: news article, date: 2019}
    ```
    """
    entry = corpus.entry(source.cites) if source.cites else None
    is_folder = source.folder or source.files or "folder" in source.kind.casefold()
    if source.date or is_folder or (source.cites and (entry is None or entry.year)):
        return
    yield Problem(f"`{source.id}` has no date: what it says cannot be placed in time", source.span("id"))
