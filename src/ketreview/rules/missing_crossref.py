"""An entry names another one that the store does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.inheritance import keys_in, target
from ketreview.model.value import Value
from ketreview.patterns import regex
from ketreview.rule import Problem, rule, values
from ketreview.source import Span

_SINGLE = frozenset({"crossref", "xref"})
_NO_KEY = regex(r"\s|://|^10\.\d{4,9}/")
"""What stands in `related` where a program uses it for something else."""


@rule("KR111", values("crossref", "xref", "xdata", "related", "entryset"), Severity.ERROR)
def missing_crossref(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """An entry names another one, as its parent or as related, that the store does not have.

    What should be inherited from it is lost without an error: a chapter is printed without its book. `crossref` and
    `xref` hold one key, `xdata`, `related` and `entryset` a list. Keys are compared with case, as biber does; one of
    the `ids` of an entry counts. Without a dialect, a `crossref` to a key in another case is a warning, since BibTeX
    finds it; under `dialect = "bibtex"` that is fine, and the other fields name nothing. A `related` that holds texts
    or links is some program's own, and is left alone. Nothing is said while a store file could not be read whole, since
    the entry may be in it.

    Bad:

    ```bib references.bib
    @incollection{klein2020, author = {Klein, Anna}, title = {A}, crossref = {handbook2020}}
    ```

    Good:

    ```bib references.bib
    @incollection{klein2020, author = {Klein, Anna}, title = {A}, crossref = {handbook2020}}
    @collection{handbook2020, title = {Handbook}, editor = {Diaz, Ana}, date = {2020}}
    ```
    """
    entry = value.entry
    bibtex = corpus.settings.dialect == "bibtex"
    if entry is None or not corpus.store_complete or (bibtex and value.name != "crossref"):
        return
    named = [value.folded] if value.name in _SINGLE else list(keys_in(value.text))
    if value.name == "related" and any(_NO_KEY.search(key) for key in named):
        return
    for key in named:
        if key and target(key, entry, corpus) is None:
            alike = [other for other in corpus.keys_like(key) if other != key]
            if bibtex and alike:
                continue
            unsure = alike and value.name == "crossref" and not corpus.settings.dialect
            hint = _hint(value.name, key, alike, corpus)
            message = f"`{value.name}` names {shown(key)}, which is not in the store{hint}"
            yield Problem(message, _place(value, key), severity=Severity.WARNING if unsure else None)


def _hint(field: str, key: str, alike: Sequence[str], corpus: Corpus) -> str:
    if corpus.entries_with(key):
        return " of its build"
    if alike:
        found = "BibTeX finds it all the same, biber does not" if field == "crossref" else "keys are compared with case"
        return f", but {shown(alike[0])} is: {found}"
    return corpus.suggestions.hint(key)


def _place(value: Value, key: str) -> Span:
    """The key alone, where it stands as written."""
    whole = value.span
    start = whole.text.find(key)
    return Span(whole.source, whole.start + start, whole.start + start + len(key)) if start >= 0 else whole
