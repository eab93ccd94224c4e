"""A page range ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.identifiers import descending_range
from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.entry import Entry
from ketreview.model.source_document import SourceDocument
from ketreview.parsing.text import shown
from ketreview.rule import ENTRY_OR_SOURCE, Problem, as_printed, rule


@rule("KR317", ENTRY_OR_SOURCE, Severity.WARNING)
def descending_pages(record: Entry | SourceDocument, corpus: Corpus) -> Iterator[Problem]:
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
    if isinstance(record, Entry):
        field = record.field("pages")
        if field and (message := _fault(field.value)):
            yield Problem(message, record.value_span(field))
        return
    for reference in record.references:
        if message := _fault(reference.printed.get("pages", "")):
            yield Problem(message + as_printed(record.id), reference.span("printed.pages"), severity=Severity.WARNING)


def _fault(value: str) -> str:
    found = descending_range(value)
    return f"the pages {shown(' '.join(value.split()))} run backwards, {found}" if found else ""
