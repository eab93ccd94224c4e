"""A field has no value."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Fix, Severity
from ketreview.linking import Corpus
from ketreview.linking.inheritance import INHERITING
from ketreview.linking.shapes import Shape
from ketreview.model.entry import NOTHING, Entry
from ketreview.model.entry_types import CONTROL_TYPES
from ketreview.rule import Problem, entries, rule


def _has_no_empty(shape: Shape, _corpus: Corpus) -> bool:
    return shape.plain


@rule("KR105", entries(shape=_has_no_empty), Severity.WARNING)
def empty_field(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """A field of an entry has nothing in it.

    It looks as if somebody had seen to it; some styles print its punctuation, and others warn. The fix takes the field
    out, with its comma and line; nothing is offered where a comment stands beside it. In an entry that inherits
    (`crossref`, `xdata`) an empty field is left alone, since in BibTeX it keeps out what the parent has; and so is one
    in the settings of a style (`@control`, `@IEEEtranBSTCTL`), where it means something.

    Bad:

    ```bib references.bib
    @article{klein2020, title = {A}, pages = {}}
    ```

    Good:

    ```bib references.bib
    @article{klein2020, title = {A}}
    @inproceedings{a, title = {A}, editor = {}, crossref = {b}}
    @proceedings{b, title = {B}, editor = {Klein, Anna}}
    ```
    """
    del corpus
    if entry.type in CONTROL_TYPES:
        return
    for index, field in enumerate(entry.fields):
        if not field.value.strip(NOTHING) and not any(entry.field(name) for name in INHERITING):
            edits = entry.without(index)
            fix = Fix(f"Remove the empty `{field.name}`", safe=True, edits=edits) if edits else None
            yield Problem(f"`{field.name}` is empty; give it a value, or take it out", entry.name_span(field), fix=fix)
