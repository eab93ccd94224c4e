"""The `@string` abbreviations of a store, whose files are read as one: those defined, and those used."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.linking.corpus import Corpus
from ketreview.parsing.bib_file import BibFile


def are_known(corpus: Corpus) -> bool:
    """Whether every file that may define or use a string was read whole."""
    unread = (one for book in corpus.books for one in book.listed if one.path not in corpus.store.paths)
    return corpus.store_complete and all(file.complete for file in corpus.staged) and next(unread, None) is None


def defined(corpus: Corpus) -> frozenset[str]:
    """The strings that some file defines, in lower case."""
    return frozenset(name for file in _files(corpus) for name in file.strings)


def used(corpus: Corpus) -> frozenset[str]:
    """The words without delimiters that stand in values, in lower case."""
    return frozenset(name for file in _files(corpus) for name in file.abbreviations)


def _files(corpus: Corpus) -> Iterator[BibFile]:
    yield from corpus.bibliography
    yield from corpus.staged
