"""An entry has a type that nothing knows."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.shapes import Shape
from ketreview.model.data_model import BIBLATEX, BIBTEX, TYPE_ALIASES
from ketreview.model.entry import Entry
from ketreview.model.entry_types import KNOWN_TYPES
from ketreview.nearest import nearest
from ketreview.rule import Problem, entries, rule

_SEVERAL = 3
"""From how many entries on a type is the project's own, and no slip."""
_ALIKE = 80


def _is_known(shape: Shape, _corpus: Corpus) -> bool:
    return shape.type in KNOWN_TYPES


@rule("KR106", entries(shape=_is_known), Severity.WARNING)
def unknown_entry_type(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """The type of an entry is not one of BibTeX or BibLaTeX, nor one that a known style or program adds.

    Such an entry is printed as `@misc`, or not at all, without a word about the fields that a style would have asked
    for. Aliases (`@conference`, `@www`, `@phdthesis`) are known, and so are the types of IEEEtran, REVTeX, apacite,
    ACM, biblatex-apa, biblatex-software, JabRef and BibDesk. A type that is like no known one and that three entries or
    more have may be the project's own, for a style of its own: that is information.

    Bad:

    ```bib references.bib
    @artcile{klein2020, title = {A}}
    ```

    Good:

    ```bib references.bib
    @article{klein2020, title = {A}, author = {Klein, Anna}, journal = {J}, year = 2020}
    @softwareversion{tool, title = {A}}
    ```
    """
    if entry.type in KNOWN_TYPES:
        return
    meant = nearest(entry.type, (*BIBTEX, *BIBLATEX, *TYPE_ALIASES), cutoff=_ALIKE)
    own = meant is None and corpus.store.types[entry.type] >= _SEVERAL
    hint = f"did you mean `@{meant}`?" if meant else "most styles print it as `@misc`"
    reason = ", unless it is of a style of your own" if own else ""
    yield Problem(
        f"{shown('@' + entry.type)} is no type of BibTeX or BibLaTeX; {hint}{reason}",
        entry.type_span,
        severity=Severity.INFO if own else None,
    )
