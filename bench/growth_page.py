"""The section of the page on growth, as a table beside the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from growth import AGAIN, ANEW
from tables import table

if TYPE_CHECKING:
    from growth import Point, Series

_WORDS = """\
What `ketreview check` takes as a project grows in one respect and stays as it is in all others: entries of a store
alone; reviews of one store of 1,000 entries; Typst files of 10 KB beside 29 stores of 3,300 entries. *A further one* is
what each more of them costs, from the size in the line above to this one, so that starting up is not in it: where that
stays as it is from line to line, time and memory grow in proportion. That no rule grows faster is tested by counting
its work (`tests/checking/test_growth.py`).

![Time and memory of ketreview check against the number of entries, reviews and chapter files](growth.svg)
"""


def render(all_series: Sequence[Series]) -> str:
    """The section as Markdown."""
    header = ["", f"{ANEW}, s", "a further one, ms", f"{AGAIN}, s", "memory, MiB", "a further one, KiB"]
    rows = [row for series in all_series for row in _rows(series)]
    return f"## Growth\n\n{_WORDS}\n{table(header, rows)}"


def _rows(series: Series) -> Iterator[list[str]]:
    before: Point | None = None
    for point in series.points:
        further = ["", ""]
        if before is not None:
            more = point.size - before.size
            further = [
                f"{(point.anew.wall - before.anew.wall) / more * 1000:.3f}",
                f"{(point.anew.peak_mib - before.anew.peak_mib) / more * 1024:.1f}",
            ]
        yield [
            f"{point.size:,} {series.name}",
            f"{point.anew.wall:.3f}",
            further[0],
            f"{point.again.wall:.3f}",
            f"{point.anew.peak_mib:.0f}",
            further[1],
        ]
        before = point
