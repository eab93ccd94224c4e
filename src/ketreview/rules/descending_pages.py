"""A page range ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.identifiers import ascends, descending_range
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values


@rule("KR317", values("pages", usual={"pages": ascends}), Severity.WARNING)
def descending_pages(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """The last page of a range comes before its first.

    A digit was lost or swapped. Abbreviated ranges are written out first: `207-28` ends at 228 and is fine, `359-49`
    ends at 349 and is not. Roman numerals, article numbers, `284--284.e1` and ends with different letters before them
    cannot be compared, and are left alone. Pages that a source prints are judged the same way, as the source's own.

    Bad:

    ```bib references.bib
    @article{ekstrand2022, title = {A}, pages = {359--49}}
    ```

    Good:

    ```bib references.bib
    @article{ekstrand2022, title = {A}, pages = {339--49}}
    ```
    """
    del corpus
    if message := _fault(value.text):
        yield problem_of(value, message)


def _fault(value: str) -> str:
    found = descending_range(value)
    return f"the pages {shown(' '.join(value.split()))} run backwards, {found}" if found else ""
