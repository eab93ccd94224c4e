"""A value has a sign that LaTeX does not print."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.latex_text import Sign, own_signs
from ketreview.appraisal.markup import markup_in
from ketreview.diagnostics import Fix, Severity, shown
from ketreview.edits import Edit
from ketreview.linking import Corpus
from ketreview.linking.typesetting import printed_by_latex
from ketreview.model.entry import Entry, Field
from ketreview.model.value import Value
from ketreview.parsing.bib_file import BibFile
from ketreview.patterns import regex
from ketreview.rule import STORE, Problem, problem_of, rule
from ketreview.source import Span

_PRINTED = frozenset(
    [
        "title", "subtitle", "titleaddon", "shorttitle", "maintitle", "mainsubtitle", "booktitle",
        "booksubtitle", "booktitleaddon", "issuetitle", "eventtitle", "journal", "journaltitle", "shortjournal",
        "series", "author", "editor", "translator", "bookauthor", "shortauthor", "shorteditor", "publisher",
        "organization", "institution", "school", "address", "location", "venue", "edition", "volume", "number",
        "pages", "chapter", "part", "type", "howpublished", "version",
    ]
)  # fmt: skip
_SIGN = regex(r"[&%#_$]")
_AROUND = 12


@rule("KR322", STORE, Severity.WARNING)
def unescaped_special(file: BibFile, corpus: Corpus) -> Iterator[Problem]:
    r"""A value that LaTeX prints has `&`, `%`, `#` or `_` without a backslash, or a `$` that opens and does not close.

    LaTeX takes them for commands: `&` and `_` stop it, and behind a `%` the rest of the line is lost. The fix puts a
    backslash before each; a single `$` is mended where a number follows it.

    Only entries that LaTeX prints are looked at: all of a store whose book has its chapters in LaTeX, and those that
    chapters in LaTeX cite where others share the store; without any such chapter the rule is silent. Left alone are
    notes, abstracts, URLs, DOIs, paths and other fields that are not printed as text, mathematics (`$x_1$`), the
    arguments of `\url`, `\href`, `\ce` and the like, `\verb`, and HTML (`&amp;` is KR321's).

    Bad:

    ```toml ketreview.toml
    chapters = ["*.tex"]
    ```

    ```latex a.tex
    \cite{roe2020}
    ```

    ```bib references.bib
    @article{roe2020, title = {50% more sleep}, journal = {Muscle & Nerve}}
    ```

    Good:

    ```toml ketreview.toml
    chapters = ["*.tex"]
    ```

    ```latex a.tex
    \cite{roe2020}
    ```

    ```bib references.bib
    @article{roe2020, title = {50\% more sleep with Q$_{10}$}, journal = {Muscle \& Nerve}, note = {n = 5 & more}}
    ```
    """
    for entry in printed_by_latex(file, corpus):
        for field in entry.fields:
            if field.name in _PRINTED and _SIGN.search(field.value):
                yield from _problems(entry, field)


def _problems(entry: Entry, field: Field) -> Iterator[Problem]:
    value = Value(field.name, field.value, entry, field)
    html = {at for piece in markup_in(value.text) for at in range(piece.start, piece.end)}
    found = [sign for sign in own_signs(value.text) if sign.at not in html]
    if found:
        yield problem_of(value, _message(value, found), fix=_fix(value, found))


def _message(value: Value, found: list[Sign]) -> str:
    first = found[0]
    place = shown(" ".join(value.text[max(0, first.at - _AROUND) : first.at + _AROUND + 1].split()))
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    if first.sign == "$":
        return f"the `$` in {place} opens mathematics that do not end: write `\\$`, or end them{more}"
    return f"`{first.sign}` in {place} is a command to LaTeX: write `\\{first.sign}`{more}"


def _fix(value: Value, found: list[Sign]) -> Fix | None:
    """A backslash before each sign; nothing is offered for a `$` that may be meant to open mathematics."""
    inner = value.inner
    for at in (sign.at for sign in found if sign.sign == "$"):
        if value.text.count("$") > 1 or not value.text[at + 1 : at + 2].isdecimal():
            return None
    if inner is None:
        return None
    edits = [Edit(Span(inner.source, inner.start + at, inner.start + at), "\\") for at, _ in found]
    return Fix(f"Escape what LaTeX does not print in `{value.name}`", safe=True, edits=tuple(edits))
