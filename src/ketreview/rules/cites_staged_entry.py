"""A key is cited that only a staging file has."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus
from ketreview.model.citation import Citation
from ketreview.rule import UNRESOLVED, Problem, rule


@rule("KR207", UNRESOLVED, Severity.WARNING)
def cites_staged_entry(citation: Citation, corpus: Corpus) -> Iterator[Problem]:
    """A review or a chapter cites a key that no store file has, and that a file waiting to be merged has.

    The entry was written and never merged, so the citation does not resolve. `ketreview refs add` merges it. Files that
    wait are those of the setting `staging`.

    Bad:

    ```toml ketreview.toml
    chapters = ["chapters/*.typ"]
    staging = ["new/*.bib"]
    ```

    ```typ chapters/one.typ
    Ketamine acts within hours @zanos2018.
    ```

    ```bib new/zanos.bib
    @misc{zanos2018, title = {A}}
    ```

    ```bib references.bib
    @misc{klein2020, title = {B}}
    ```

    Good:

    ```toml ketreview.toml
    chapters = ["chapters/*.typ"]
    staging = ["new/*.bib"]
    ```

    ```typ chapters/one.typ
    Ketamine acts within hours @zanos2018.
    ```

    ```bib new/zanos.bib
    @misc{moda2023, title = {C}}
    ```

    ```bib references.bib
    @misc{klein2020, title = {B}}
    @misc{zanos2018, title = {A}}
    ```
    """
    waiting = corpus.staged_keys.get(citation.key)
    if not waiting or not all(book.complete and not book.keys_like(citation.key) for book in corpus.books_of(citation)):
        return
    path = waiting[0].source.path
    message = f"`{citation.key}` is only in {path}, which waits to be merged: `ketreview refs add {path}`"
    yield Problem(message, citation.span, related=(Related(waiting[0].key_span, "the staged entry"),))
