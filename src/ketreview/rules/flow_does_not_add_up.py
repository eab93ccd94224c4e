"""Figures of a PRISMA flow that do not add up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus, is_whole
from ketreview.model.flow import PARTS, Flow
from ketreview.model.review import Review
from ketreview.rule import REVIEW, Problem, as_printed, rule

if TYPE_CHECKING:
    from ketreview.appraisal.prisma import Mismatch


@rule("KR610", REVIEW, Severity.WARNING)
def flow_does_not_add_up(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """The figures of a PRISMA 2020 flow contradict one another.

    What was found less what was removed is what was screened, and so on to the studies included; the parts of a sum
    are the sum, and a review lists at least the studies that its flow includes. A figure that is left out is not known,
    and nothing is held against it. What may be in good order, as records, reports and studies are not the same, is an
    info that says why. The flow that a source prints is judged as the source's.

    Bad:

    ```yaml reviews/a.yaml
    flow: {database_results: 162, duplicates: 23, records_screened: 140}
    ```

    Good:

    ```yaml reviews/a.yaml
    flow: {database_results: 162, duplicates: 23, records_screened: 139}
    ```
    """
    del corpus
    if review.flow is not None:
        listed = len(review.studies) if review.studies and is_whole(review, "studies") else None
        yield from _problems(review.flow, listed, "")
    for source in review.sources:
        if source.flow is not None:
            yield from _problems(source.flow, None, as_printed(source.id))


def _problems(flow: Flow, listed: int | None, ending: str) -> Iterator[Problem]:
    """What does not add up; nothing if a part of a sum could not be read."""
    from ketreview.appraisal.prisma import mismatches  # noqa: PLC0415  few reviews have a flow

    if not all(is_whole(flow, name) for name in PARTS):
        return
    for mismatch in mismatches(flow, listed=listed):
        name, *others = mismatch.fields
        message, severity = f"`{name}` is {_said(mismatch)}", None
        if mismatch.doubt:
            message, severity = f"{message}; {mismatch.doubt}, so it may be in order", Severity.INFO
        related = tuple(Related(flow.span(other), other) for other in others)
        yield Problem(message + ending, flow.span(name), related=related, severity=severity)


def _said(mismatch: Mismatch) -> str:
    if mismatch.relation == "=":
        return f"{mismatch.stated}, but {mismatch.sum} make {mismatch.expected}"
    words = "more" if mismatch.relation == "<=" else "less"
    return f"{mismatch.stated}, {words} than {mismatch.sum} ({mismatch.expected})"
