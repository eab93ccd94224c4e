"""An entry has a field that belongs to works of another type."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.linking.shapes import Shape
from ketreview.model.entry import Entry
from ketreview.model.entry_types import misfits
from ketreview.rule import Problem, entries, rule


def _is_of_its_type(shape: Shape, _corpus: Corpus) -> bool:
    return misfits(shape.type).keys().isdisjoint(shape.names)


@rule("KR112", entries(shape=_is_of_its_type), Severity.WARNING)
def field_inconsistent_with_type(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """An entry has a field that says that the work is of another type, such as `booktitle` in an `@article`.

    Either the type is wrong, or the field: no style prints it. Only fields that name what a work is a part of are asked
    for (a journal, a book, a school), since stores keep much in entries that no style prints. A `booktitle` in a book
    or in proceedings is fine: BibTeX's manual puts it there for the entries that refer to it. `@misc` may have
    anything.

    Bad:

    ```bib references.bib
    @article{klein2020, author = {Klein, Anna}, title = {A}, booktitle = {Proceedings of B}, year = 2020}
    ```

    Good:

    ```bib references.bib
    @inproceedings{klein2020, author = {Klein, Anna}, title = {A}, booktitle = {Proceedings of B}, year = 2020}
    ```
    """
    del corpus
    strange = misfits(entry.type)
    for field in entry.fields:
        if field.name in strange and not field.is_empty:
            types = " or ".join(f"`@{kind}`" for kind in strange[field.name])
            yield Problem(
                f"`{field.name}` is a field of {types}, and is not printed in `@{entry.type}`; is the type right?",
                entry.name_span(field),
            )
