"""A good store, cut off at each byte, and with each byte taken out: what stood whole before and after is still there.

The oracle is the good file alone: the places of its entries say which of them no byte was taken from.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.bibtex import parse_bib

SEED = Path(__file__).parent.parent.parent / "bench" / "seeds" / "store.bib"
GOOD = SEED.read_bytes()
Written = tuple[str, str, tuple[tuple[str, bytes], ...]]


class Whole(NamedTuple):
    """An entry of a file: its bytes, and what is written in it, strings not put in."""

    start: int
    end: int
    written: Written


def entries(data: bytes) -> tuple[BibFile, list[Whole]]:
    file = parse_bib("a.bib", data)
    text = file.source.text

    def at(offset: int) -> int:
        return len(text[:offset].encode())

    return file, [
        Whole(
            at(entry.start),
            at(entry.end),
            (
                entry.type,
                entry.key,
                tuple((field.name, text[field.value_start : field.value_end].encode()) for field in entry.fields),
            ),
        )
        for entry in file.entries
    ]


FILE, WHOLE = entries(GOOD)
BLOCKS = sorted(
    [(one.start, one.end) for one in WHOLE]
    + [
        (len(FILE.source.text[: span.start].encode()), len(FILE.source.text[: span.end].encode()))
        for span in FILE.others
    ]
)


def damaged(at: int) -> tuple[int, int]:
    """The block that a byte is in, or the stretch between two."""
    before = max((end for _, end in BLOCKS if end <= at), default=0)
    after = min((start for start, _ in BLOCKS if start > at), default=len(GOOD))
    return next(((start, end) for start, end in BLOCKS if start <= at < end), (before, after))


def lines_of(file: BibFile) -> set[int]:
    return {finding.span.begin.line for finding in file.diagnostics}


def line(at: int) -> int:
    return GOOD.count(b"\n", 0, at) + 1


def test_the_good_file_is_good_and_has_all_that_can_be_written() -> None:
    assert FILE.diagnostics == ()
    assert [one.written[1] for one in WHOLE] == ["doe2020", "roe2019", "poe2021", "klein2018"]
    assert len(FILE.others) == 3
    assert not GOOD.isascii()


def test_cut_off_at_each_byte(record_property: Callable[[str, object], None]) -> None:
    for at in range(len(GOOD)):
        file, found = entries(GOOD[:at])
        kept = [one.written for one in WHOLE if one.end <= at]
        assert [one.written for one in found][: len(kept)] == kept, at
        more = found[len(kept) :]
        start, end = damaged(at)
        assert len(more) <= (start < at < end), at  # nothing is made of what is not there
        if more:  # the block that is cut off, or what stands in a comment that is
            assert start <= more[0].start, at
            assert b",%s" % more[0].written[1].encode() in GOOD[start:end].replace(b"{", b",").replace(b"(", b","), at
            # BibTeX reads what stands in a comment too, so that one without its end hides nothing.
            in_comment = GOOD[start:at].startswith(b"@comment")
            assert in_comment or any(line(start) <= number <= line(at) for number in lines_of(file)), at
        begun = re.match(rb"@(?!comment)\w+\s*[{(]", GOOD[start:at])
        if begun and at < end:  # a word alone is text; one with its brace is a block that does not end
            assert any(line(start) <= number <= line(at) for number in lines_of(file)), at
    record_property("inputs", len(GOOD))


HIDES = re.compile(rb"%[^\n]*@|[\w.-]@")
"""What makes a comment or an address of an entry: it begins behind a `%` on its line, or within a word."""


def _hidden(data: bytes, start: int) -> bool:
    row = data[data.rfind(b"\n", 0, start) + 1 : start + 1]
    return HIDES.search(row) is not None


@pytest.mark.parametrize("what", ["taken out", "made a blank", "doubled"])
def test_each_byte(what: str, record_property: Callable[[str, object], None]) -> None:
    for at in range(len(GOOD)):
        byte = GOOD[at : at + 1]
        data = GOOD[:at] + {"taken out": b"", "made a blank": b" ", "doubled": byte * 2}[what] + GOOD[at + 1 :]
        moved = len(data) - len(GOOD)
        file, found = entries(data)
        written = [one.written for one in found]
        start, end = damaged(at)
        before = [one.written for one in WHOLE if one.end <= start]
        assert written[: len(before)] == before, (at, GOOD[start:end])
        after = [one for one in WHOLE if one.start >= end and one.start > at]
        missing = [
            one.written[1] for one in after if one.written not in written and not _hidden(data, one.start + moved)
        ]
        assert not missing, (at, GOOD[start:end], file.diagnostics)
    record_property("inputs", len(GOOD))
