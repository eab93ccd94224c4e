"""Exports of Retraction Watch: what is gathered, what is told of broken and hostile ones, and what is kept."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.diagnostics import Severity
from ketreview.model.partial_date import PartialDate
from ketreview.model.retraction import Nature
from ketreview.parsing import retraction_faults, retraction_watch
from ketreview.parsing.retraction_watch import Export, packed, parse_export, unpacked
from tests.hanging import no_hang

HEADER = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,"
    "Reason,Paywalled,Notes,\n"  # with an empty column behind the last
)
NAMES = HEADER.rstrip(",\n").split(",")


def row(doi: str = "10.1000/inv.1", pmid: str = "0", **more: str) -> str:
    """A row as the real ones are, about a paper that nobody wrote."""
    cells = dict.fromkeys(NAMES, "")
    cells |= {
        "Record ID": "7",
        "Title": 'An invented study, "quoted", with a comma',
        "Institution": "Nowhere;",
        "ArticleType": "Research Article;",
        "RetractionDate": "8/16/2023 0:00",
        "RetractionDOI": "10.1000/notice.1",
        "RetractionPubMedID": "99999999",
        "OriginalPaperDate": "9/24/2021 0:00",
        "OriginalPaperDOI": doi,
        "OriginalPaperPubMedID": pmid,
        "RetractionNature": "Retraction",
        "Reason": "+Error in Data;+Investigation by Journal/Publisher;",
        "Paywalled": "No",
        **more,
    }
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([*cells.values(), ""])
    return out.getvalue()


def read(text: str | bytes) -> Export:
    return parse_export("data/r.csv", text if isinstance(text, bytes) else text.encode())


def told(export: Export) -> list[tuple[int, str, str]]:
    assert all(finding.code.id == "KR014" for finding in export.diagnostics)
    return [(finding.span.begin.line, finding.severity.value, finding.message) for finding in export.diagnostics]


def test_a_row_is_found_by_the_original_paper_alone() -> None:
    export = read(HEADER + row() + row("unavailable", "12345678") + row("Unavailable", "0"))
    assert told(export) == []
    assert (set(export.places), export.rows) == ({"10.1000/inv.1", "12345678"}, 3)
    assert export.newest == PartialDate(2023, 8, 16)
    first, second = export.notices(["10.1000/inv.1", "12345678"])
    assert first.nature is Nature.RETRACTION
    assert first.title == 'An invented study, "quoted", with a comma'
    assert (first.doi, first.pmid, first.record, first.path) == ("10.1000/inv.1", "", "7", "data/r.csv")
    assert first.reasons == ("Error in Data", "Investigation by Journal/Publisher")
    assert (second.doi, second.pmid) == ("", "12345678")


def test_several_rows_of_one_paper() -> None:
    rows = [row(pmid="5", RetractionNature=nature.value) for nature in Nature]
    export = read(HEADER + "".join(rows))
    assert [notice.nature for notice in export.notices(["10.1000/inv.1", "5"])] == list(Nature)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: (text + "\n\n").encode(),
        lambda text: text.replace(",\n", "\n").encode(),  # without the empty column
        lambda text: text.replace("Nowhere", "Universit\xe9").encode("latin-1"),  # a known fault of real exports
        lambda text: text.replace("Retraction,+", "RETRACTION ,+").encode(),
        lambda text: text.replace("Nowhere;", '"a\nline break; and ""quotes"""').encode(),
        lambda text: text.rstrip("\n").encode(),
    ],
    ids=[
        "crlf",
        "bom",
        "blank lines",
        "no last column",
        "latin-1",
        "case",
        "line break in a cell",
        "no last line break",
    ],
)
def test_forms_that_are_fine(change: object) -> None:
    assert callable(change)
    export = read(change(HEADER + row("10.1000/inv.0") + row()))
    assert told(export) == []
    (notice,) = export.notices(["10.1000/inv.1"])
    assert notice.doi == "10.1000/inv.1"


def test_titles_are_read_in_either_encoding() -> None:
    text = HEADER + row(Title="Étude inventée")
    for data in (text.encode(), text.encode("latin-1")):
        assert next(read(data).notices(["10.1000/inv.1"])).title == "Étude inventée"


def test_an_export_of_few_columns() -> None:
    text = (
        "Title,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature\nA,2023,10.1000/a,0,Correction\n"
    )
    (notice,) = read(text).notices(["10.1000/a"])
    assert (notice.nature, notice.record, notice.reasons) == (Nature.CORRECTION, "", ())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "this is no export of Retraction Watch: it is empty"),
        (b"\n\n", "it is empty"),
        (b"<!DOCTYPE html>\n<title>Sign in</title>\n", "its first line has no column `Title`"),
        (HEADER.replace("OriginalPaperDOI", "DOI").encode() + row().encode(), "has no column `OriginalPaperDOI`"),
        ((HEADER + row()).replace(",", ";").encode(), "its columns are not parted by commas"),
        ((HEADER + row()).replace(",", "\t").encode(), "its columns are not parted by commas"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "its first line has no column `Title`"),
        (HEADER.encode(), "the export has no rows"),
        (b"PK\x03\x04\x00\x00", "not a text file, and not read: byte 4 is NUL"),
        (HEADER.encode("utf-16"), "it is UTF-16"),
        (
            (HEADER + row()).replace("\n", "\r").encode(),
            "its first line cannot be read: its lines end with bare carriage",
        ),
        (b'"x"y\n' + HEADER.encode() + row().encode(), "its first line cannot be read: its quotes are broken"),
        (b'"x"y\n', "its first line cannot be read: its quotes are broken"),
    ],
)
def test_what_is_no_export_is_an_error(data: bytes, words: str) -> None:
    export = read(data)
    assert (export.places, list(export.notices([]))) == ({}, [])
    ((line, severity, message), *_) = [fault for fault in told(export) if fault[1] == "error"]
    assert (line, severity) == (1, "error")
    assert words in message


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("1,2,3\n", "this row has 3 cells where the header has 20"),
        (row().rstrip(",\n") + ",x,y,z\n", "cells where the header has 20"),
        (
            row(RetractionNature="Erratum"),
            "RetractionNature is `Erratum`, and the row is not read: it is one of Retraction",
        ),
        (row(RetractionNature=""), "RetractionNature is ``"),
        (row(Title="x").replace(",x,", ',"x"y,'), "this row cannot be read: its quotes are broken"),
        (row(Title="x" * 140_000), "a cell is longer than 131,072 characters"),
        (("x," * 600_000) + "\n", "it is longer than a megabyte"),
        (row(Title="x").replace(",x,", ",x\ry,"), "bare carriage returns"),
    ],
)
def test_a_row_that_is_broken_is_a_warning_and_the_others_are_read(bad: str, words: str) -> None:
    export = read(HEADER + row("10.1000/before") + bad + row("10.1000/after"))
    ((line, severity, message),) = told(export)
    assert (line, severity) == (3, "warning")
    assert words in message
    assert {"10.1000/before", "10.1000/after"} <= export.places.keys()
    assert [notice.doi for notice in export.notices(["10.1000/after"])] == ["10.1000/after"]


def test_quotes_that_are_not_closed() -> None:
    opened = row().replace('"An invented', '"An invented "', 1)
    export = read(HEADER + row("10.1000/before") + opened + row("10.1000/between") + row("10.1000/after"))
    assert told(export)[0][:2] == (3, "warning")
    assert "10.1000/before" in export.places
    last = read(HEADER + row("10.1000/before") + '8,"An invented')
    assert told(last) == [
        (3, "warning", "this row cannot be read: a quotation mark is not closed before the file ends")
    ]


def test_a_cell_may_not_swallow_what_follows() -> None:
    export = read(HEADER + '8,"x\n' + '","x\n' * 300_000)
    assert "it is longer than a megabyte" in told(export)[0][2]


def test_many_faults_are_counted() -> None:
    export = read(HEADER + "1,2\n" * 5 + row() + row(RetractionNature="Erratum") * 4)
    assert [line for line, _, _ in told(export)] == [2, 3, 4, 8, 9, 10]
    assert told(export)[2][2].endswith("; so are 2 more")
    assert told(export)[5][2].endswith("; so is 1 more")


def test_a_file_of_broken_rows_is_given_up() -> None:
    with no_hang():
        export = read(HEADER + '1,"x"y\n' * 200_000)
        assert told(export)[-1][2].endswith("; so are 997 more")


def test_a_file_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (retraction_faults, retraction_watch):
        monkeypatch.setattr(module, "MOST_ROWS", 2)
    export = read(HEADER + row("10.1000/a") + row("10.1000/b") + row("10.1000/c"))
    assert told(export) == [(4, "warning", "the export has more than 2 rows, and is not read from here on")]
    assert set(export.places) == {"10.1000/a", "10.1000/b"}


def test_what_is_gathered_can_be_kept() -> None:
    text = HEADER + row() + row(RetractionNature="Reinstatement") + row("10.1000/b", "5")
    export = read(text)
    kept = json.loads(json.dumps(packed(export)))
    again = unpacked("data/r.csv", kept, text.encode)
    assert (again.places, again.more, again.rows) == (export.places, export.more, 3)
    assert again.newest == export.newest
    assert list(again.notices(export.places)) == list(export.notices(export.places))
    empty = read(HEADER + row("unavailable", "0", RetractionDate=""))
    again = unpacked("data/r.csv", json.loads(json.dumps(packed(empty))), text.encode)
    assert (again.places, again.newest) == ({}, None)


def test_faults_are_not_kept() -> None:
    assert packed(read(HEADER + "1,2\n" + row())) is None


def test_rows_that_are_not_there_any_more_are_none() -> None:
    text = HEADER + row()
    export = read(text)
    for now in (b"", text[: len(HEADER) + 20].encode(), HEADER.encode(), b"x" * 2000, HEADER.encode() + b'1,"x"y\n'):
        gone = Export("data/r.csv", export.places, {}, 1, None, lambda now=now: now)  # type: ignore[misc]  # a default
        assert list(gone.notices(["10.1000/inv.1"])) == []
    other = HEADER + row(RetractionNature="Erratum")
    gone = Export("data/r.csv", export.places, {}, 1, None, other.encode)
    assert list(gone.notices(["10.1000/inv.1"])) == []


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    for content in (data, HEADER.encode() + data, HEADER.encode() + row().encode() + data):
        export = parse_export("r.csv", content)
        assert all(finding.severity in {Severity.ERROR, Severity.WARNING} for finding in export.diagnostics)
        assert all(finding.span.begin.line >= 1 for finding in export.diagnostics)
        list(export.notices(export.places))
