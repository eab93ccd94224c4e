"""A value has lost a character, or holds text that was read in a wrong encoding."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.mojibake import LOST, damages, repaired
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.file_faults import NOT_UTF8
from ketreview.rule import STORE, Problem, rule
from ketreview.source import Span

_PATHS = frozenset(["file", "pdf", "localfile"])


@rule("KR323", STORE, Severity.ERROR)
def replacement_character(file: BibFile, corpus: Corpus) -> Iterator[Problem]:
    """A value holds `�`, which stands for a character that was lost, or text in UTF-8 read as something else.

    `FranÃ§ois` and `patientâ€™s` were written in UTF-8 and read as Windows-1252; Latin-1, Mac Roman, code page 437 and
    Windows-1251 leave other traces, and what went wrong twice leaves longer ones. What was meant is told, but not put
    there: nobody knows what else was lost. `SÃO PAULO`, `10 Å²` and other text that says what it means is not reported,
    nor are paths of files. Where the file itself is not UTF-8, that is told instead (KR006). One finding a value.

    Bad:

    ```bib references.bib
    @misc{godard2020, author = {Godard, FranÃ§ois}, title = {Andr� in the clinic}}
    ```

    Good:

    ```bib references.bib
    @misc{godard2020, author = {Godard, François}, title = {André em São Paulo}}
    ```
    """
    del corpus
    text = file.source.text
    if text.isascii():
        return
    found = [(damage.start, damage.end) for damage in damages(text)]
    if LOST in text and all(finding.code is not NOT_UTF8 for finding in file.diagnostics):
        found += _lost(text)
    told: set[tuple[str, int]] = set()
    for start, end in sorted(found):
        value = file.value_at(start)
        if value is None or value.entry is None or value.name in _PATHS or (value.name, value.span.start) in told:
            continue
        told.add((value.name, value.span.start))
        span = _word(Span(file.source, start, end), value.span)
        yield Problem(_message(span.text), span, key=value.entry.key)


def _lost(text: str) -> Iterator[tuple[int, int]]:
    start = text.find(LOST)
    while start >= 0:
        yield start, start + 1
        start = text.find(LOST, start + 1)


def _word(span: Span, value: Span) -> Span:
    """The word that a stretch of a value is part of."""
    text = span.source.text
    start, end = span.start, span.end
    while start > value.start + 1 and not text[start - 1].isspace():
        start -= 1
    while end < value.end - 1 and not text[end].isspace():
        end += 1
    return Span(span.source, start, end)


def _message(word: str) -> str:
    meant = repaired(word)
    if not word.strip(LOST):
        return f"characters were lost here, for which {shown(word)} stands: look them up and write them anew"
    if meant == word or LOST in meant:
        return f"{shown(word)} has lost a character, for which `{LOST}` stands: look it up and write it anew"
    return f"{shown(word)} is UTF-8 that was read in another encoding; did you mean {shown(meant)}?"
