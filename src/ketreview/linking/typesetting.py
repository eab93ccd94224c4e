"""Which entries of a store LaTeX prints."""

from __future__ import annotations

from ketreview.linking.corpus import Corpus
from ketreview.model.entry import Entry
from ketreview.parsing.bib_file import BibFile

LATEX = "latex"


def printed_by_latex(file: BibFile, corpus: Corpus) -> tuple[Entry, ...]:
    """The entries of a store file that LaTeX prints.

    In a book whose chapters are all in LaTeX these may be all entries of its stores; where other chapters share a
    store, those that chapters in LaTeX cite.
    """
    languages = {chapter.source.path: chapter.language for chapter in corpus.chapters}
    if LATEX not in languages.values():
        return ()
    latex = {chapter.source.path: chapter for chapter in corpus.chapters if chapter.language == LATEX}
    keys: set[str] = set()
    for book in corpus.books:
        own = [latex[path] for path in book.chapters if path in latex]
        if not own or file.source.path not in book.paths:
            continue
        whole = all(languages.get(path, LATEX) == LATEX for path in book.chapters)
        if whole or any(chapter.cites_all or not chapter.whole for chapter in own):
            return file.entries
        keys.update(mention.key for chapter in own for mention in chapter.citations)
    return tuple(entry for entry in file.entries if entry.key in keys)
