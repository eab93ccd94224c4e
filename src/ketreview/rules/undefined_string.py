"""A value names a string that nothing defines."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.data_model import MONTHS, PLAIN_STRINGS
from ketreview.nearest import did_you_mean
from ketreview.parsing.bib_file import BibFile
from ketreview.rule import STORE, Problem, rule

_MONTHS = frozenset(MONTHS.split())
_PLAIN = frozenset(PLAIN_STRINGS.split())


@rule("KR109", STORE, Severity.ERROR)
def undefined_string(file: BibFile, corpus: Corpus) -> Iterator[Problem]:
    """A value without braces or quotes is no number, and no `@string` of the store defines it.

    BibTeX leaves the value empty, Typst does not compile, and other readers print the abbreviation. The files of a
    store are read as one, so a string may stand in any of them; the months `jan` to `dec` are always defined. The
    journals that plain.bst and the styles made after it define (`cacm`, `jacm`, …) are reported only under
    `dialect = "biblatex"`, whose styles have none, and under `dialect = "bibtex"` all is a warning, since the style may
    define the string. Nothing is said while a file is not read that may define it.

    Bad:

    ```bib references.bib
    @string{jn = {Journal of Neuroscience}}
    @article{klein2020, author = {Klein, Anna}, title = {A}, journal = jns, year = 2020}
    ```

    Good:

    ```bib references.bib
    @string{jn = {Journal of Neuroscience}}
    @article{klein2020, author = {Klein, Anna}, title = {A}, journal = jn # { B}, year = 2020, month = feb}
    ```
    """
    style = frozenset[str]() if corpus.settings.dialect == "biblatex" else _PLAIN
    names = file.abbreviations - corpus.strings.defined - _MONTHS - style
    if not names or not corpus.strings.are_known:
        return
    severity = Severity.WARNING if corpus.settings.dialect == "bibtex" else None
    choices = sorted(corpus.strings.defined | _MONTHS)
    hints = {name: did_you_mean(name, choices) or "; a text stands in braces" for name in names}
    for word in file.words:
        name = word.text.lower()
        if name not in names or name.startswith("ieee_"):
            continue  # of IEEEabrv.bib, which TeX brings and LaTeX lists before the store
        value = file.value_at(word.start)
        message = f"{shown(word.text)} is neither a number nor defined by an `@string`{hints[name]}"
        key = value.entry.key if value is not None and value.entry is not None else ""
        yield Problem(message, word, key=key, severity=severity)
