"""Blanks stand at the end of a value, or of a line in it."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Fix, Severity
from ketreview.edits import Edit
from ketreview.linking import Corpus
from ketreview.linking.values import repeated_values
from ketreview.model.value import Value
from ketreview.parsing.bib_file import BibFile
from ketreview.patterns import regex
from ketreview.rule import STORE, Problem, problem_of, rule
from ketreview.source import Span

_BLANK = r"[ \t\f\v\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]"
_STRAY = regex(rf"\A{_BLANK}++(?=\S)|(?<!{_BLANK}){_BLANK}++(?=\r|\n)|(?<![\r\n])(?<!{_BLANK}){_BLANK}++\Z")
_UNSEEN = ("\u200b", "\u2060", "\ufeff")
_NAMES = {" ": "blank", "\t": "tab", "\u00a0": "no-break space", "\u200b": "zero-width space"}


@rule("KR325", STORE, Severity.INFO)
def stray_whitespace(file: BibFile, corpus: Corpus) -> Iterator[Problem]:
    """A value begins or ends with blanks, or a line in it ends with them: blanks, tabs, no-break and zero-width spaces.

    They are copied with the value, make equal values differ, and show in a list of references where a program does not
    take them away. A value that is wrapped, also one that begins on the line below its brace, is fine; so are a blank
    behind a backslash, which LaTeX prints, and a value of blanks alone, which is empty (KR105). The fix takes them out.

    Bad:

    ```bib references.bib
    @misc{klein2020, title = { Ketamine in the opioid system}}
    ```

    Good:

    ```bib references.bib
    @misc{klein2020, title = {Ketamine
      in the opioid system}}
    ```
    """
    del corpus
    unseen = any(sign in file.source.text for sign in _UNSEEN)
    for entry in file.entries:
        for name, text in entry.texts.items():
            if unseen or text.strip() != text or "\n" in text or "\r" in text:
                yield from _problems(Value(name, text, entry))
    for value in repeated_values(file.entries):
        yield from _problems(value)


def _problems(value: Value) -> Iterator[Problem]:
    inner = value.inner
    if inner is None or not value.text.strip("\u200b\u2060\ufeff \t\r\n\u00a0"):
        return
    if found := [(start, end) for start, end in _strays(value.text) if start < end]:
        edits = tuple(Edit(Span(inner.source, inner.start + start, inner.start + end), "") for start, end in found)
        fix = Fix(f"Take the stray blanks out of `{value.name}`", safe=True, edits=edits)
        yield problem_of(value, f"`{value.name}` {_listed([*_places(value.text, found)])}", fix=fix)


def _strays(text: str) -> Iterator[tuple[int, int]]:
    """Where blanks begin and end that are too much; the first of them stays where a backslash makes it one to print."""
    for match in _STRAY.finditer(text):
        before = text[max(0, match.start() - 100) : match.start()]
        escaped = (len(before) - len(before.rstrip("\\"))) % 2
        yield match.start() + escaped, match.end()


def _places(text: str, found: list[tuple[int, int]]) -> Iterator[str]:
    lines = 0
    for start, end in found:
        if start == 0 and not text.startswith(("\r", "\n"), end):
            yield f"begins with {_named(text[start:end])}"
        elif end == len(text):
            yield f"ends with {_named(text[start:end])}"
        else:
            lines += 1
    if lines:
        yield "has a line that ends with blanks" if lines == 1 else f"has {lines:,} lines that end with blanks"


def _named(blanks: str) -> str:
    kinds = {_NAMES.get(sign, f"U+{ord(sign):04X}") for sign in blanks}
    if len(kinds) > 1:
        return f"{len(blanks)} blanks of several kinds"
    return f"a {kinds.pop()}" if len(blanks) == 1 else f"{len(blanks)} {kinds.pop()}s"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
