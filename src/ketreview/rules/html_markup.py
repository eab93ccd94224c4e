"""A value has HTML in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ketreview.appraisal.markup import Piece, markup_in, without_entities, without_markup
from ketreview.diagnostics import Fix, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.parsing.bib_file import BibFile
from ketreview.patterns import regex
from ketreview.rule import STORE, Problem, problem_of, rule

_SEARCHED = (
    ("&", regex(r"&(?:amp;)*(?:\\?#[\dxX]|\w{2,31};)")),
    ("<", regex(r"</")),
    ("<", regex(r"<[bBhH][rR]")),
    ("\\", regex(r"\\textless")),
    ("\\", regex(r"\\less\$")),
)
_UNPRINTED = frozenset(["abstract", "url", "file", "pdf", "localfile", "keywords", "eprint", "timestamp"])


@rule("KR321", STORE, Severity.WARNING)
def html_markup(file: BibFile, corpus: Corpus) -> Iterator[Problem]:
    r"""A value has HTML in it: an entity such as `&amp;`, or tags such as `<sup>2</sup>` and `<i>E. coli</i>`.

    It comes from web pages and registries, and is printed as it stands, or breaks LaTeX. The fix writes LaTeX or plain
    text: `\&`, `\textsuperscript{2}`, `\textit{E. coli}`; letters with accents as themselves, or in LaTeX where the
    file has nothing but ASCII. What was escaped twice (`&amp;lt;i&amp;gt;`) or by a program (`$\less$i$\greater$`,
    `{\textless}i{\textgreater}`, `\&\#8217;`) is found too. No fix is there for links, MathML, and tags out of order.

    `p<0.05`, `<roe@example.org>`, a DOI with `<1661::AID-SIM968>` and a tag that does not end are no HTML. Abstracts,
    URLs, keywords and paths are not looked at; in a DOI an entity becomes its character.

    Bad:

    ```bib references.bib
    @article{roe2020, title = {CO<sub>2</sub> in <i>E. coli</i>}, journal = {Bugs &amp; Drugs}}
    ```

    Good:

    ```bib references.bib
    @article{roe2020, title = {CO\textsubscript{2} in \textit{E. coli}, p<0.05}, journal = {Bugs \& Drugs}}
    ```
    """
    del corpus
    told: set[int] = set()
    for offset in _candidates(file.source.text):
        value = file.value_at(offset)
        if value is None or value.name in _UNPRINTED or value.span.start in told:
            continue
        told.add(value.span.start)
        if pieces := markup_in(value.text):
            yield _problem(value, pieces, ascii_only=file.source.text.isascii())


def _candidates(text: str) -> Iterator[int]:
    """Where markup may be: an entity, or what every tag has in it; each is sought alone, which takes least time."""
    for needed, pattern in _SEARCHED:
        if needed in text:
            yield from (match.start() for match in pattern.finditer(text))


def _problem(value: Value, pieces: Sequence[Piece], *, ascii_only: bool) -> Problem:
    if value.name == "doi":
        meant, kind = without_entities(value.text), "DOI"
    else:
        meant, kind = without_markup(value.text, pieces, ascii_only=ascii_only), "text"
    first = shown(value.text[pieces[0].start : pieces[0].end])
    more = f" and {len(pieces) - 1} more" if len(pieces) > 1 else ""
    advice = f"as {kind} it is {shown(meant)}" if meant else "write it in LaTeX or plain text"
    fix = Fix(f"Write `{value.name}` without HTML", safe=True, edits=value.rewritten(meant)) if meant else None
    return problem_of(value, f"`{value.name}` has HTML in it, {first}{more}: {advice}", fix=fix)
