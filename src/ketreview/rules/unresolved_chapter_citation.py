"""A chapter cites a key that the store does not have."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus
from ketreview.linking.books import Book
from ketreview.model.citation import Citation
from ketreview.rule import CITATION, Problem, not_in_store, rule


@rule("KR202", CITATION, Severity.ERROR)
def unresolved_chapter_citation(citation: Citation, corpus: Corpus) -> Iterator[Problem]:
    """A chapter that the setting `chapters` names cites a key that no store file has.

    Chapters are read in Typst, LaTeX, Markdown (as Pandoc and MyST read it), Quarto, notebooks and reStructuredText.
    The chapter does not compile, or a reader finds a question mark. Labels and references to them are no citations, and
    neither is what stands in comments, raw text or code. A key that differs in case alone is KR203, one that waits in
    a staging file KR207. A chapter of a build has to find its keys in the build's own store files. Nothing is said
    while a store file could not be read whole, or where a book lists one that is there and not read, since the key may
    be in it.

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
    if not citation.in_chapter or corpus.resolves(citation) or citation.key in corpus.staged_keys:
        return
    for book in corpus.books_of(citation):
        if book.complete and not book.keys_like(citation.key):
            yield _not_in(book, citation, corpus)
            return


def _not_in(book: Book, citation: Citation, corpus: Corpus) -> Problem:
    """The problem of a citation whose key its book lacks; another file of the project may have it."""
    elsewhere = corpus.entry(citation.key)
    if elsewhere is None:
        return not_in_store(citation, corpus)
    message = f"`{citation.key}` is in {elsewhere.source.path}, which is no store of build `{book.name}`"
    related = (Related(elsewhere.key_span, "the entry"),)
    return Problem(message, citation.span, key=citation.key, related=related)
