"""An entry has one field twice."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Fix, Related, Severity, shown_apart
from ketreview.linking import Corpus
from ketreview.linking.shapes import Shape
from ketreview.model.entry import Entry, Field
from ketreview.rule import Problem, entries, rule


def _has_no_double(shape: Shape, _corpus: Corpus) -> bool:
    return shape.plain


@rule("KR104", entries(shape=_has_no_double), Severity.WARNING)
def duplicate_field(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """An entry has the same field twice.

    BibTeX takes the first, other readers the last, without a word. Where both values are the same, the second is
    removed by a safe fix, unless a comment stands beside it; where they differ, somebody has to say which one is right.
    Names are compared without case.

    Bad:

    ```bib references.bib
    @misc{klein2020, title = {A}, year = {2020}, year = {2021}}
    ```

    Good:

    ```bib references.bib
    @misc{klein2020, title = {A}, year = {2020}}
    ```
    """
    del corpus
    if not entry.repeats:
        return
    first: dict[str, Field] = {}
    for index, field in enumerate(entry.fields):
        other = first.setdefault(field.name, field)
        if other is field:
            continue
        one, two = " ".join(other.value.split()), " ".join(field.value.split())
        same = one == two
        how = "with the same value" if same else f"first as {shown_apart(one, two)}, here as {shown_apart(two, one)}"
        message = f"`{field.name}` is written twice, {how}"
        related = (Related(entry.name_span(other), "first written here"),)
        edits = entry.without(index) if same else ()
        fix = Fix(f"Remove the second `{field.name}`", safe=True, edits=edits) if edits else None
        yield Problem(message, entry.name_span(field), related=related, fix=fix)
