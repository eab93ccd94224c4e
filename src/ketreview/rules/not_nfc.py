"""A value is not in Unicode's composed form."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import name

from ketreview.appraisal.composed import composed
from ketreview.diagnostics import Fix, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.entry import Entry, Field
from ketreview.model.value import Value
from ketreview.parsing.bib_file import BibFile
from ketreview.rule import STORE, Problem, problem_of, rule

_AS_ELSEWHERE = frozenset(["file", "pdf", "localfile", "url", "doi"])


@rule("KR324", STORE, Severity.INFO)
def not_nfc(file: BibFile, corpus: Corpus) -> Iterator[Problem]:
    """A value has letters and their accents as characters of their own, or others that Unicode composes (NFC).

    `é` written as `e` and a combining accent looks the same and is another text: searching, sorting and comparing fail,
    and some fonts print the accent beside its letter. It comes from names of files on a Mac and from PDFs. The fix
    writes the composed form. Paths of files, URLs and DOIs stay as they are, and so do ideographs for compatibility,
    which would change their form.

    Bad:

    ```bib references.bib
    @misc{andre2020, author = {Andre\u0301, M.}}
    ```

    Good:

    ```bib references.bib
    @misc{andre2020, author = {Andr\u00e9, M.}}
    ```
    """
    del corpus
    if file.source.text.isascii():
        return
    for entry in file.entries:
        for field in entry.fields:
            if not field.value.isascii() and field.name not in _AS_ELSEWHERE:
                yield from _problems(entry, field)


def _problems(entry: Entry, field: Field) -> Iterator[Problem]:
    meant = composed(field.value)
    if meant == field.value:
        return
    value = Value(field.name, field.value, entry, field)
    fix = Fix(f"Compose `{field.name}`", safe=True, edits=value.rewritten(meant))
    yield problem_of(value, _message(field.value, meant), fix=fix)


def _message(text: str, meant: str) -> str:
    """The first character that composing changes, in its word."""
    at = next(index for index, pair in enumerate(zip(text, meant + "\0", strict=False)) if pair[0] != pair[1])
    sign = text[at + 1] if composed(text[at]) == text[at] and at + 1 < len(text) else text[at]
    start = max((text.rfind(blank, 0, at) + 1 for blank in " \n"), default=0)
    word = (text[start:].split() or [sign])[0]
    return f"{shown(word)} has U+{ord(sign):04X} ({name(sign, 'without a name')}), which is not composed (NFC)"
