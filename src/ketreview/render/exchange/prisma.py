"""A PRISMA flow as the template of the R package PRISMA2020; `parsing.exchange.prisma_flow` reads it again.

The template's columns are `data,node,box,description,boxtext,tooltips,url,n`. What is not known is `NA`.
"""

from __future__ import annotations

from ketreview.appraisal.prisma_boxes import BOXES, Box
from ketreview.model.flow import Flow, FlowPart
from ketreview.render.data import as_csv

_TITLES = (
    ("prevstud", "node4", "Previous studies"),
    ("newstud", "node6", "Identification of new studies via databases and registers"),
    ("othstud", "node16", "Identification of new studies via other methods"),
)
_SIDES = (
    ("identification", "node1", "Identification"),
    ("screening", "node2", "Screening"),
    ("included", "node3", "Included"),
)
_NOT_KNOWN = "NA"


def render(flow: Flow) -> str:
    """Every figure of the diagram on a line."""
    titles = [_row(_NOT_KNOWN, node, box, words, "0") for box, node, words in _TITLES]
    figures = [
        _row(box.field, box.node or _NOT_KNOWN, box.box or _NOT_KNOWN, box.label, _value(flow, box)) for box in BOXES
    ]
    sides = [_row(name, node, name, words, "0") for name, node, words in _SIDES]
    return as_csv([*titles, *figures, *sides])


def _row(name: str, node: str, box: str, words: str, value: str) -> dict[str, str]:
    row = {"data": name, "node": node, "box": box, "description": words, "boxtext": words}
    return row | {"tooltips": words, "url": _NOT_KNOWN, "n": value}


def _value(flow: Flow, box: Box) -> str:
    value: int | tuple[FlowPart, ...] | None = getattr(flow, box.field)
    if isinstance(value, tuple):
        return "; ".join(f"{_name(part.name)}, {part.count}" for part in value) or _NOT_KNOWN
    return _NOT_KNOWN if value is None else str(value)


def _name(name: str) -> str:
    """A name that holds none of the signs that part one from the next."""
    return " ".join(name.replace(";", " /").replace(",", " /").split())
