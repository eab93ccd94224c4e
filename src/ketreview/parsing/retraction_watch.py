"""An export of Retraction Watch (CSV): which papers it names, and its rows one by one.

A row has a kilobyte, an export sixty thousand of them, and a project meets few: what is gathered is where the rows of
each DOI and PMID begin, and a row is read when somebody asks for it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ketreview.appraisal.retraction import date_cell, doi_cell, pmid_cell, reasons_cell
from ketreview.diagnostics import Diagnostic
from ketreview.frozen import frozen
from ketreview.model.partial_date import PartialDate
from ketreview.model.retraction import Nature, Notice
from ketreview.parsing.retraction_faults import MOST_ROWS, TOO_LONG, Faults
from ketreview.source import BYTE_ORDER_MARK

NEEDED = ("Title", "RetractionDate", "OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature")
"""The columns that an export must have; `Record ID` and `Reason` are shown where they are."""
_OPTIONAL = ("Record ID", "Reason")
_NATURES = {nature.value.casefold(): nature for nature in Nature}
_LONGEST = 1 << 20
"""The characters that one row may have; real ones have a thousandth of that."""


class Columns(NamedTuple):
    """Where the columns stand that are read, -1 for one that is not there, and how many columns have a name."""

    title: int
    date: int
    doi: int
    pmid: int
    nature: int
    record: int
    reason: int
    width: int


@frozen(slots=False)
class Export:
    """An export as it was gathered.

    `places` are the offsets, in bytes, at which the first row of each DOI and PMID begins, `more` those of further
    rows. `rows` is how many rows there are, `newest` the newest date of a notice; `read` gives the file's bytes again.
    """

    path: str
    places: Mapping[str, int]
    more: Mapping[str, Sequence[int]]
    rows: int
    newest: PartialDate | None
    read: Callable[[], bytes]
    diagnostics: tuple[Diagnostic, ...] = ()

    def notices(self, names: Iterable[str]) -> Iterator[Notice]:
        """The rows with these DOIs and PMIDs, as far as they still stand where they were."""
        wanted = sorted({offset for name in names for offset in (self.places[name], *self.more.get(name, ()))})
        data = self.read() if wanted else b""
        columns = columns_of(next(_Rows(data, 0), ()))
        for offset in wanted:
            row = next(_Rows(data, offset), ())
            if columns is not None and (notice := _notice(row, columns, self.path)) is not None:
                yield notice


def parse_export(path: str, data: bytes) -> Export:
    """Gathers an export. Never raises; what cannot be read is reported, and nothing is said of the papers in it."""
    faults = Faults(path, data)
    rows = _Rows(data, 0, faults)
    header = () if faults.of_file() else next(rows, ())
    columns = None if faults.found else columns_of(header)
    if columns is None:
        faults.no_export(header, NEEDED)
        return Export(path, {}, {}, 0, None, lambda: data, faults.found)
    places: dict[str, int] = {}
    more: dict[str, list[int]] = {}
    dates: set[str] = set()
    number = 0
    for row in rows:
        number += 1
        if number > MOST_ROWS:
            faults.too_many(rows.start)
            break
        if not _fits(row, columns):
            faults.misfit(rows.start, len(row), columns.width)
        elif (nature := row[columns.nature].strip()).casefold() not in _NATURES:
            faults.unknown_nature(rows.start, nature, tuple(Nature))
        else:
            dates.add(row[columns.date])
            for name in (doi_cell(row[columns.doi]), pmid_cell(row[columns.pmid])):
                if name and places.setdefault(name, rows.start) != rows.start:
                    more.setdefault(name, []).append(rows.start)
    if not number:
        faults.no_rows()
    newest = max(filter(None, map(date_cell, dates)), default=None)
    return Export(path, places, more, number, newest, lambda: data, faults.all())


def packed(export: Export) -> list[Any] | None:
    """What was gathered, as lists and scalars that can be kept; None for an export with faults, which are told anew."""
    if export.diagnostics:
        return None
    return [export.rows, str(export.newest or ""), "\n".join(export.places), list(export.places.values()), export.more]


def unpacked(path: str, kept: Sequence[Any], read: Callable[[], bytes]) -> Export:
    """The export that `packed` took apart.

    Raises:
        ValueError, TypeError: it was none.
    """
    rows, day, names, offsets, more = kept
    newest = PartialDate.parse(day)
    places = dict(zip(names.split("\n") if names else (), offsets, strict=True))
    return Export(path, places, more, rows, newest, read)


def columns_of(header: Sequence[str]) -> Columns | None:
    """Where the columns stand; None where one that is needed does not."""
    names = [name.strip().removeprefix(BYTE_ORDER_MARK.decode("latin-1")) for name in header]
    if not set(NEEDED) <= set(names):
        return None
    title, when, doi, pmid, nature = (names.index(name) for name in NEEDED)
    record, reason = (names.index(name) if name in names else -1 for name in _OPTIONAL)
    width = max(index for index, name in enumerate(names) if name) + 1
    return Columns(title, when, doi, pmid, nature, record, reason, width)


def _fits(row: Sequence[str], columns: Columns) -> bool:
    """Whether a row has a cell for each column, and nothing behind them: else its cells are not where they seem."""
    return len(row) >= columns.width and not any(row[columns.width :])


def _notice(row: Sequence[str], columns: Columns, path: str) -> Notice | None:
    if not _fits(row, columns):
        return None
    nature = _NATURES.get(row[columns.nature].strip().casefold())
    if nature is None:
        return None
    return Notice(
        nature,
        " ".join(_decoded(row[columns.title]).split()),
        doi_cell(row[columns.doi]),
        pmid_cell(row[columns.pmid]),
        date_cell(row[columns.date]),
        reasons_cell(_decoded(row[columns.reason])) if columns.reason >= 0 else (),
        row[columns.record].strip() if columns.record >= 0 else "",
        path,
    )


def _decoded(cell: str) -> str:
    """A cell in its own encoding: some exports are not UTF-8 throughout, and are read byte by byte first."""
    try:
        return cell.encode("latin-1").decode()
    except UnicodeDecodeError:
        return cell


class _Rows:
    """The rows from an offset on; `start` is where the last one began. Blank rows and bad ones are left out."""

    def __init__(self, data: bytes, offset: int, faults: Faults | None = None) -> None:
        self.start = offset
        self._faults = faults
        self._lines = _Lines(data, offset)
        self._reader = csv.reader(self._lines, strict=True)

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> list[str]:
        while True:
            self.start = self._lines.row = self._lines.at
            try:
                row = next(self._reader)
            except csv.Error as error:
                if self._faults is None or not self._faults.goes_on_after(self.start, str(error)):
                    raise StopIteration from None
            else:
                if row:
                    return row


class _Lines:
    """The lines of a file from an offset on, each byte as a character. `row` is where the row began."""

    def __init__(self, data: bytes, offset: int) -> None:
        self.at = self.row = offset
        self._data = data

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        begin = self.at
        if begin >= len(self._data):
            raise StopIteration
        self.at = self._data.find(b"\n", begin) + 1 or len(self._data)
        if self.at - self.row > _LONGEST:
            raise csv.Error(TOO_LONG)
        return self._data[begin : self.at].decode("latin-1")
