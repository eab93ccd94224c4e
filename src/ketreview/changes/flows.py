"""The figures of a PRISMA flow set in a review."""

from __future__ import annotations

from collections.abc import Mapping

from ketreview.changes.review_edits import ReviewEdits
from ketreview.changes.yaml_values import Value
from ketreview.edits import Edit
from ketreview.model.flow import Flow
from ketreview.model.review import Review
from ketreview.parsing.exchange.prisma_flow import Part

Figures = Mapping[str, int | tuple[Part, ...]]


def changed(review: Review, figures: Figures) -> Figures:
    """The figures that the review's flow does not have yet, or has otherwise."""
    return {name: value for name, value in figures.items() if review.flow is None or _has(review.flow, name) != value}


def edits(review: Review, figures: Figures) -> tuple[Edit, ...]:
    """The edits that set figures; what else the flow says stays.

    Raises:
        ChangeError: the review is written in a way that is not edited.
    """
    found = ReviewEdits(review.where.source)
    found.root.merge("flow", {name: _written(value) for name, value in figures.items()}, Flow)
    return found.edits()


def _has(flow: Flow, name: str) -> int | tuple[Part, ...] | None:
    value: int | tuple[object, ...] | None = getattr(flow, name)
    if isinstance(value, tuple):
        return tuple((part.name, part.count) for part in getattr(flow, name))
    return value


def _written(value: int | tuple[Part, ...]) -> Value:
    return value if isinstance(value, int) else [{"name": name, "count": count} for name, count in value]
