"""A chapter cites a key that the store does not have."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.citation import Citation
from ketreview.rule import CITATION, Problem, not_in_store, rule


@rule("KR202", CITATION, Severity.ERROR)
def unresolved_chapter_citation(citation: Citation, corpus: Corpus) -> Iterator[Problem]:
    """A chapter that the setting `chapters` names cites a key that no store file has.

    Chapters are read in Typst, LaTeX, Markdown (as Pandoc and MyST read it), Quarto, notebooks and reStructuredText.
    The chapter does not compile, or a reader finds a question mark. Labels and references to them are no citations, and
    neither is what stands in comments, raw text or code. A key that differs in case alone is KR203. Nothing is said
    while a store file could not be read whole, since the key may be in it.

    Bad:

    ```toml ketreview.toml
    chapters = ["chapters/*.typ"]
    ```

    ```typ chapters/one.typ
    Ketamine acts within hours @zanos2017.
    ```

    ```bib references.bib
    @misc{zanos2018, title = {A}}
    ```

    Good:

    ```toml ketreview.toml
    chapters = ["chapters/*.typ"]
    ```

    ```typ chapters/one.typ
    Ketamine acts within hours @zanos2018. // and not @zanos2017
    ```

    ```bib references.bib
    @misc{zanos2018, title = {A}}
    ```
    """
    if not citation.in_chapter or not corpus.store_complete or corpus.keys_like(citation.key):
        return
    yield not_in_store(citation, corpus)
