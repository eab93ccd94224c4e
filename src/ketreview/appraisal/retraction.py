"""What the notices about a paper come to, and how an export of Retraction Watch writes them.

The columns are those that Crossref describes ("Retraction Watch", crossref.org/documentation/retrieve-metadata). A PMID
of `0` and a DOI of `unavailable` stand for none; a date is month/day/year with a time behind it; reasons are parted by
`;`, one stands behind the last, and older exports put a `+` before each. A row is about two papers: the original one,
which was retracted, and the notice.

A reinstatement takes back the retractions and concerns before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from ketreview.appraisal.same_work import doi_name, pmid_name
from ketreview.model.partial_date import PartialDate
from ketreview.model.retraction import Nature, Notice
from ketreview.patterns import regex

_DATE = regex(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)", re.ASCII)
_ISO_DAY = 10
_REPLACED = "retract and replace"


class Standing(Enum):
    """How a paper stands in the published record, the worst first. `REPLACED` is retracted and published anew."""

    RETRACTED = auto()
    REPLACED = auto()
    CONCERN = auto()
    CORRECTED = auto()
    REINSTATED = auto()


class Judged(NamedTuple):
    """How a paper stands, by which notice. It is not `sure` where dates leave open what came last."""

    standing: Standing
    notice: Notice
    sure: bool = True


def doi_cell(cell: str) -> str:
    """The DOI of a cell as it is compared; empty for `unavailable`, `0` and whatever else is none."""
    return doi_name(cell) if "10." in cell else ""


def pmid_cell(cell: str) -> str:
    """The PMID of a cell as it is compared; empty for `0` and whatever else is none."""
    return pmid_name(cell.removesuffix(".0"))  # a spreadsheet makes `222.0` of a column of numbers with gaps


def date_cell(cell: str) -> PartialDate | None:
    """The date of a cell: `8/16/2023 0:00` is 2023-08-16. Where that is no day, the month; where no month, the year."""
    found = _DATE.match(cell)
    if found is None:
        return PartialDate.parse(cell.strip()[:_ISO_DAY])
    month, day, year = (int(part) for part in found.groups())
    dates = (f"{year:04}-{month:02}-{day:02}", f"{year:04}-{month:02}", f"{year:04}")
    return next((parsed for text in dates if (parsed := PartialDate.parse(text))), None)


def reasons_cell(cell: str) -> tuple[str, ...]:
    """The reasons in a cell, in order."""
    return tuple(reason for part in cell.split(";") if (reason := part.strip(" +\t")))


def judged(notices: Iterable[Notice], as_of: date) -> Judged | None:
    """How a paper stands on a day, by its notices; None where there is none of that day or before.

    A notice without a date was always there.
    """
    known = [notice for notice in notices if notice.when is None or notice.when.earliest() <= as_of]
    backs = _of(known, Nature.REINSTATEMENT)
    for nature, standing in _BY_NATURE:
        left = [(notice, _taken_back(notice, backs)) for notice in _of(known, nature)]
        if standing is Standing.CORRECTED:
            left = [(notice, False) for notice, _ in left]
        if firm := [notice for notice, back in left if back is False]:
            return Judged(_replaced(firm[-1], standing), firm[-1])
        if unsure := [notice for notice, back in left if back is None]:
            return Judged(_replaced(unsure[-1], standing), unsure[-1], sure=False)
    return Judged(Standing.REINSTATED, backs[-1]) if backs else None


_BY_NATURE = (
    (Nature.RETRACTION, Standing.RETRACTED),
    (Nature.CONCERN, Standing.CONCERN),
    (Nature.CORRECTION, Standing.CORRECTED),
)


def _of(notices: Iterable[Notice], nature: Nature) -> Sequence[Notice]:
    """The notices of one nature, the newest last."""
    own = [notice for notice in notices if notice.nature is nature]
    return sorted(own, key=lambda notice: (notice.when is not None, notice.when or PartialDate(1)))


def _replaced(notice: Notice, standing: Standing) -> Standing:
    if standing is Standing.RETRACTED and any(_REPLACED in reason.casefold() for reason in notice.reasons):
        return Standing.REPLACED
    return standing


def _taken_back(notice: Notice, backs: Sequence[Notice]) -> bool | None:
    """Whether one of the reinstatements is later than a notice; None where the dates do not tell."""
    answers = [_is_later(back.when, notice.when) for back in backs]
    return True if True in answers else None if None in answers else False


def _is_later(one: PartialDate | None, other: PartialDate | None) -> bool | None:
    if one is None or other is None:
        return None
    if one.earliest() >= other.latest():  # on one day, a paper is reinstated after it was retracted
        return True
    return None if one.latest() >= other.earliest() else False
