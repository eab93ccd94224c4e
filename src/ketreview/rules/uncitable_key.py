"""A key has characters that a language of the project cannot cite."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.manuscripts.citation_keys import LANGUAGES, is_plain, obstacles
from ketreview.patterns import regex
from ketreview.rule import STORE, Problem, rule

_ODD = regex(r"[^A-Za-z0-9_:.-]+")
_DOUBLED = regex(r"([-:.])[-:.]+")


@rule("KR103", STORE, Severity.WARNING)
def uncitable_key(file: BibFile, corpus: Corpus) -> Iterator[Problem]:
    """A key has characters that the languages of the project cannot cite as they cite others.

    Typst's `@` and `<…>` stop at `/`, `+`, `&` and most other marks; biber cannot read quotes and parentheses in a key,
    and LaTeX reads `~` and `\\` itself; characters that cannot be seen are cited by nobody. Only the languages of the
    chapters that the store is for are asked, or LaTeX, Typst and Pandoc where the project has no chapters. A language
    whose chapters cite the key already is left out. Where a language has another way that is as good (`@{…}` in
    Pandoc), or only BibTeX minds a letter beyond ASCII, it is information.

    Bad:

    ```bib references.bib
    @misc{Smith2015ME/CFS, title = {A}}
    ```

    Good:

    ```bib references.bib
    @misc{Smith2015ME-CFS, title = {A}}
    @misc{smith:2015, title = {B}}
    ```
    """
    odd = [entry for entry in file.entries if not is_plain(entry.key)]
    if not odd:
        return
    spoken = _languages(corpus)
    of_file = {spoken[path] for path in _chapters_of(file, corpus)}
    asked = sorted(of_file or {*spoken.values()} or LANGUAGES)
    ascii_only = corpus.settings.dialect != "biblatex"
    for entry in odd:
        citing = {spoken[cited.span.path] for cited in corpus.in_chapters(entry.key)}
        languages = [language for language in asked if language == "latex" or language not in citing]
        found = list(obstacles(entry.key, languages, ascii_only=ascii_only))
        if found:
            reasons = "; ".join(obstacle.reason for obstacle in found)
            severity = Severity.INFO if all(obstacle.passable for obstacle in found) else None
            message = f"{shown(entry.key)} cannot be cited everywhere: {reasons}{_hint(entry.key, corpus)}"
            yield Problem(message, entry.key_span, key=entry.key, severity=severity)


def _languages(corpus: Corpus) -> Mapping[str, str]:
    return {chapter.source.path: chapter.language for chapter in corpus.chapters}


def _chapters_of(file: BibFile, corpus: Corpus) -> Iterator[str]:
    """The chapters of the books that have this file."""
    return (path for book in corpus.books if file.source.path in book.paths for path in book.chapters)


def _hint(key: str, corpus: Corpus) -> str:
    """The nearest key that can be cited everywhere, if it is free."""
    letters = unicodedata.normalize("NFKD", key)
    plain = "".join(letter for letter in letters if letter.isprintable() and not unicodedata.combining(letter))
    meant = _DOUBLED.sub(r"\1", _ODD.sub("-", plain)).strip("-:.")
    return f"; {shown(meant)} can" if is_plain(meant) and corpus.entry(meant) is None else ""
