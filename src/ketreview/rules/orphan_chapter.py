"""A chapter that no book includes."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.linking.books import is_built
from ketreview.model.manuscript import Manuscript
from ketreview.rule import CHAPTER, Problem, rule
from ketreview.source import Span


@rule("KR209", CHAPTER, Severity.INFO)
def orphan_chapter(chapter: Manuscript, corpus: Corpus) -> Iterator[Problem]:
    """A file of the setting `chapters` is neither a root of a build nor included by one, at any depth.

    What was written there, no reader sees. Only files in a language that some build is written in are looked at, and
    nothing is said without builds, or where a build has no root that could be read.

    Bad:

    ```toml ketreview.toml
    chapters = ["book/**/*.typ"]

    [[builds]]
    name = "book"
    roots = ["book/main.typ"]
    ```

    ```typ book/main.typ
    #include "one.typ"
    ```

    ```typ book/one.typ
    One
    ```

    ```typ book/two.typ
    Two
    ```

    ```bib references.bib
    @misc{zanos2018, title = {A}}
    ```

    Good:

    ```toml ketreview.toml
    chapters = ["book/**/*.typ"]

    [[builds]]
    name = "book"
    roots = ["book/main.typ"]
    ```

    ```typ book/main.typ
    #include "one.typ"
    ```

    ```typ book/one.typ
    One
    ```

    ```bib references.bib
    @misc{zanos2018, title = {A}}
    ```
    """
    if corpus.book_languages and chapter.language in corpus.book_languages and not is_built(chapter, corpus.books):
        names = ", ".join(f"`{book.name}`" for book in corpus.books if book.build)
        yield Problem(f"no root of {names} includes this file", Span(chapter.source, 0, 0))
