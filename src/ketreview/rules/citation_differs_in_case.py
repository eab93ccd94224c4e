"""A review or a chapter cites a key that the store writes in another case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ketreview.diagnostics import Fix, Related, Severity
from ketreview.edits import Edit
from ketreview.linking import Corpus
from ketreview.linking.books import Book
from ketreview.model.citation import Citation
from ketreview.rule import CITATION, Problem, rule
from ketreview.source import Span


@rule("KR203", CITATION, Severity.ERROR)
def citation_differs_in_case(citation: Citation, corpus: Corpus) -> Iterator[Problem]:
    """A review or a chapter cites a key that differs from one of the store in upper and lower case alone.

    BibTeX finds the entry all the same; biber, Typst and Pandoc do not. The fix writes the key as the store does,
    unless the store has several that differ in case alone. Nothing is said while a store file could not be read whole,
    since the key may be in it.

    Bad:

    ```yaml reviews/rett.yaml
    studies:
    - {id: picard-2019, cites: [Picard2019], design: animal_experiment, state: read}
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
    if corpus.resolves(citation):
        return
    alike = next((keys for book in corpus.books_of(citation) if (keys := _in_another_case(book, citation))), ())
    if not alike:
        return
    names = " and ".join(f"`{key}`" for key in alike)
    related = tuple(
        Related(entry.key_span, "written like this in the store")
        for key in alike
        for entry in corpus.entries_with(key)[:1]
    )
    fix = _rewriting(citation, alike[0]) if len(alike) == 1 else None
    yield Problem(
        f"`{citation.key}` is {names} in the store; keys are compared with case",
        citation.span,
        related=related,
        fix=fix,
    )


def _in_another_case(book: Book, citation: Citation) -> Sequence[str]:
    """The keys of a book that a citation may mean, where the book lacks the very key."""
    alike = book.keys_like(citation.key) if book.complete else ()
    return () if citation.key in alike else alike


def _rewriting(citation: Citation, key: str) -> Fix | None:
    """Replaces the key alone, so that quotes and an anchor stay; None where it is written with escapes."""
    start = citation.span.text.rfind(citation.key)
    if start < 0:
        return None
    begin = citation.span.start + start
    span = Span(citation.span.source, begin, begin + len(citation.key))
    return Fix(f"Write `{key}`", safe=True, edits=(Edit(span, key),))
