"""A book lists other store files than the project has."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename, dirname

from ketreview.diagnostics import Related, Severity, shown
from ketreview.globs import matches
from ketreview.linking import Corpus
from ketreview.linking.books import Book, ListedStore
from ketreview.linking.grouping import grouped
from ketreview.rule import BOOK, Problem, rule

_OF_TEX = frozenset({"IEEEabrv.bib", "IEEEfull.bib", "IEEEexample.bib", "mrabbrev.bib", "biblatex-examples.bib"})
"""Store files that TeX itself brings (CTAN: ieeetran, amsrefs, biblatex)."""


@rule("KR208", BOOK, Severity.WARNING)
def bibliography_list_drift(book: Book, corpus: Corpus) -> Iterator[Problem]:
    """The store files that a book lists (`#bibliography`, `\\addbibresource`, `bibliography:`) are not those it has.

    One that is not there stops the compiler or leaves citations open; one that is there and that no setting names is
    not read here, so nothing is said of what it may hold; one that the build is set to have and that no chapter of it
    lists leaves its citations without an entry. A store that is not BibTeX is information only.

    Bad:

    ```toml ketreview.toml
    chapters = ["book/*.typ"]
    ```

    ```typ book/main.typ
    Ketamine acts within hours @zanos2018.
    #bibliography(("../references.bib", "../moved.bib"))
    ```

    ```bib references.bib
    @misc{zanos2018, title = {A}}
    ```

    Good:

    ```toml ketreview.toml
    chapters = ["book/*.typ"]
    ```

    ```typ book/main.typ
    Ketamine acts within hours @zanos2018.
    #bibliography("../references.bib")
    ```

    ```bib references.bib
    @misc{zanos2018, title = {A}}
    ```
    """
    listed = [one for one in book.listed if "://" not in one.name and basename(one.name) not in _OF_TEX]
    missing = grouped(((one.span.path, dirname(one.name)), one) for one in listed if not one.path)
    for (_, folder), absent in missing.items():
        yield _missing(folder, absent)
    for one in listed:
        yield from _of_listed(one, book, corpus)
    if book.build and book.build.bibliography and book.listed:
        for path in sorted(book.paths - {listed.path for listed in book.listed}):
            message = f"build `{book.name}` has {shown(path)}, and none of its chapters lists it"
            yield Problem(message, book.listed[0].span)


def _missing(folder: str, absent: list[ListedStore]) -> Problem:
    """The files of one folder that a chapter lists in vain, in one finding."""
    if len(absent) == 1:
        return Problem(f"{shown(absent[0].name)} is listed, and there is no such file", absent[0].span)
    related = tuple(Related(one.span, "nor is this file there") for one in absent[1:])
    names = f"{shown(basename(absent[0].name))} and {len(absent) - 1} more are listed"
    place = f" in {shown(folder)}" if folder else ""
    return Problem(f"{names}{place}, and there are no such files", absent[0].span, related=related)


def _of_listed(listed: ListedStore, book: Book, corpus: Corpus) -> Iterator[Problem]:
    if not listed.path:
        return
    name = shown(listed.name)
    if not listed.path.endswith(".bib"):
        message = f"{name} is not BibTeX: it is not read, and nothing is said of keys that it may have"
        yield Problem(message, listed.span, severity=Severity.INFO)
    elif listed.path not in corpus.store.paths:
        message = f"{name} is listed, and no setting `bibliography` names {shown(listed.path)}: it is not read"
        yield Problem(message, listed.span)
    elif book.build and book.build.bibliography and not _is_declared(listed, book.build.bibliography):
        message = f"{name} is listed, and the setting `bibliography` of build `{book.name}` does not name it"
        yield Problem(message, listed.span)


def _is_declared(listed: ListedStore, patterns: tuple[str, ...]) -> bool:
    return any(matches(pattern, listed.path) for pattern in patterns)
