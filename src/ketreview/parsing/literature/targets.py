"""The path or name of a place of integration, as a line writes it."""

from __future__ import annotations

import re
from posixpath import basename

from ketreview.model.vocabulary import IntegrationKind, IntegrationState
from ketreview.parsing.literature import status_words as words
from ketreview.patterns import regex

_PATH = regex(r"(?<![\w/~@.-])(?:[A-Za-z]:)?(?:~?/)?(?:[\w.@-]+[/\\])*[\w@-][\w.@-]*\.[A-Za-z]{2,8}(?![\w/])")
_SUFFIXES = {
    IntegrationKind.BIBLIOGRAPHY: (".bib",),
    IntegrationKind.APPENDIX: (".typ", ".tex", ".qmd", ".md"),
    IntegrationKind.CHAPTER: (".typ", ".tex", ".qmd", ".md"),
    IntegrationKind.FILE: (".md", ".txt", ".pdf", ".rst", ".markdown"),
}
_NAMES = {
    IntegrationKind.APPENDIX: regex(r"\bappendix[- ][A-Z]\b|\bannotated[- ]bibliography\b", re.IGNORECASE),
    IntegrationKind.CHAPTER: regex(
        r"\bchapters? \d{1,3}[a-z]?\b|\bch\d{1,3}[a-z]?\b[\w-]*|\bsection \d[\d.]*\d?"
        r"|(?<=into )(?:the )?(?:[\w-]+ ){1,3}chapter\b|(?<=in )the (?:[\w-]+ ){1,3}chapter\b"
        r"|\bchapter on [\w -]{3,40}",
        re.IGNORECASE,
    ),
}
_ABSOLUTE = regex(r"[/~\\]|[A-Za-z]:[/\\]")


def target_of(kind: IntegrationKind, text: str, state: IntegrationState) -> str:
    """The path or the name of a place of `kind` in the words of a line; empty if it names none.

    Of a path that begins at the root of somebody's machine only the file's name is kept. Where something is only
    prepared, the file that holds the draft is not the place.
    """
    if state is IntegrationState.PENDING:
        text = words.STAGED_IN.sub(" ", text)
    for found in _PATH.finditer(text):
        path = found[0]
        if path.casefold().endswith(_SUFFIXES[kind]):
            return basename(path.replace("\\", "/")) if _ABSOLUTE.match(path) else path
    name = _NAMES[kind].search(text) if kind in _NAMES else None
    return re.sub(r"^the ", "", name[0]) if name else ""
