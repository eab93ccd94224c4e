"""A PRISMA 2020 flow in the template of the R package PRISMA2020 (inst/extdata/PRISMA.csv): `data` names, `n` counts.

The template comes filled with noughts and `xxx`. A nought is a count, but for the parts of the diagram that a review
may not have: an earlier version, what was found otherwise, the whole, and reports where studies alone are counted. If
all of such a part is nought, it was left as it came.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ketreview.appraisal.prisma_boxes import BOXES
from ketreview.diagnostics import shown
from ketreview.model.flow import PARTS
from ketreview.parsing.exchange.csv_rows import Rows
from ketreview.parsing.exchange.robvis import Left
from ketreview.patterns import regex

Part = tuple[str, int]
NOT_STATED = "not stated"
"""The reason for a count of which the file gives none."""


class ReadFlow(NamedTuple):
    """The figures by their field, parts as names with their counts, and what was not taken over."""

    figures: Mapping[str, int | tuple[Part, ...]]
    left: tuple[Left, ...]


def is_flow(table: Rows) -> bool:
    """Whether a file is the template of a flow."""
    return {"data", "n"} <= set(table.header)


def read_flow(table: Rows) -> ReadFlow:
    """Reads the figures that are filled in."""
    figures: dict[str, int | tuple[Part, ...]] = {}
    left: list[Left] = []
    names = {box.field for box in BOXES}
    for row in table.rows:
        name, text = row.cells.get("data", ""), row.cells.get("n", "")
        if name not in names or _is_empty(text):
            continue
        value = _parts(text) if name in PARTS else _count(text)
        if value is None:
            what = "no list of `name, count; …`" if name in PARTS else "no count"
            left.append(Left(row.line, f"`{name}` is {shown(text)}, {what}"))
        elif name in figures:
            left.append(Left(row.line, f"`{name}` is there twice"))
        else:
            figures[name] = value
    return ReadFlow(_filled(figures), tuple(left))


_COUNT = regex(r"\d{1,3}(?:,\d{3})+|\d{1,12}", re.ASCII)
_PART = regex(r"(.*\S)\s*,\s*(\d+)", re.ASCII)
_THOUSANDS = regex(r"(.*\S)\s*,\s+(\d{1,3}(?:,\d{3})+)", re.ASCII)
_EMPTY = frozenset({"", "na", "n/a", "xxx"})
_OPTIONAL = (
    ("previous_studies", "previous_reports"),
    ("website_results", "organisation_results", "citations_results", "other_sought_reports", "other_assessed"),
    ("other_notretrieved_reports", "other_sought_reports", "other_assessed"),
    ("total_studies", "total_reports"),
    ("total_studies_ma", "total_reports_ma"),
)
_STUDIES = ("previous", "new", "total")


def _is_empty(text: str) -> bool:
    """Whether nothing was filled in; `Reason1, xxx; Reason2, xxx` is the template's own."""
    return all(part.rpartition(",")[2].strip().casefold() in _EMPTY for part in text.split(";"))


def _count(text: str) -> int | None:
    return int(text.replace(",", "")) if _COUNT.fullmatch(text) else None


def _parts(text: str) -> tuple[Part, ...] | None:
    """`name, count; name, count`; a single count says nothing of its reasons."""
    if (whole := _count(text.strip())) is not None:
        return ((NOT_STATED, whole),)
    parts: list[Part] = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        found = _THOUSANDS.fullmatch(part) or _PART.fullmatch(part)
        number = _count(found[2]) if found else None
        if found is None or number is None:
            return None
        parts.append((found[1].strip(), number))
    return tuple(parts)


def _filled(figures: Mapping[str, int | tuple[Part, ...]]) -> dict[str, int | tuple[Part, ...]]:
    """The figures without the noughts of parts that the review does not have."""
    left = {name for group in _OPTIONAL if not any(figures.get(name) for name in group) for name in group}
    left |= {
        f"{when}_reports" for when in _STUDIES if not figures.get(f"{when}_reports") and figures.get(f"{when}_studies")
    }
    return {name: value for name, value in figures.items() if name not in left}
