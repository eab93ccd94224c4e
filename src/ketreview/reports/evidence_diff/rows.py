"""What changed in the evidence as rows of one shape, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ketreview.frozen import frozen
from ketreview.reports.evidence_diff import DiffAnswer

KINDS: Mapping[str, str] = {
    "reviews": "review",
    "studies": "study",
    "claims": "claim",
    "certainty": "rating",
    "trials": "trial",
    "concerns": "concern",
}
"""What a record of each list is called."""


@frozen
class Row:
    """One change in a table of all: a field of a record, or a record as a whole."""

    kind: str
    review: str | None
    id: str
    change: str
    field: str | None
    before: str | None
    after: str | None
    text: str


def rows(answer: DiffAnswer) -> tuple[Row, ...]:
    """Every change as a row of one shape."""
    return tuple(_rows(answer))


def _rows(answer: DiffAnswer) -> Iterator[Row]:
    for name, kind in KINDS.items():
        for record in getattr(answer, name):
            about = (kind, record.review, record.id, record.change)
            changed = (*getattr(record, "why", ()), *record.fields)
            if not changed or record.before != record.after:
                yield Row(*about, None, record.before, record.after, record.title)
            yield from (Row(*about, one.field, one.before, one.after, record.title) for one in changed)
    for cited in answer.references:
        yield Row("reference", cited.review, cited.key, cited.change, None, None, None, "")
    for retracted in answer.retractions:
        yield Row("retraction", None, retracted.key, retracted.change, None, None, None, "")
    for found in answer.findings:
        place = f"{found.path}:{found.line}"
        yield Row("finding", None, found.code, found.change, None, None, None, f"{place}: {found.message}")
