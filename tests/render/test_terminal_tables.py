"""How wide the columns of a table are on a terminal that it does not fit."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from ketreview.document import Column, Document, Table, line
from ketreview.render.documents import terminal


def shown(width: int, *rows: tuple[str, ...]) -> list[str]:
    table = Table(
        tuple(Column(f"C{index}") for index in range(len(rows[0]))), tuple(tuple(map(line, row)) for row in rows)
    )
    out = io.StringIO()
    terminal.show(Document("T", (table,)), Console(file=out, width=width))
    return [row.rstrip() for row in out.getvalue().splitlines()]


def test_a_column_that_lacks_little_stands_in_one_line() -> None:
    assert shown(60, ("± changed", "⊕○○○ very low", "because one small trial was added to the two"))[3:] == [
        "± changed  ⊕○○○ very low  because one small trial was added",
        "                          to the two",
    ]


def test_the_longest_words_are_broken_where_the_words_alone_do_not_fit() -> None:
    assert shown(40, ("± changed", "depression:cognition-ket-ect", "effect.control_per_1000: + 630"))[3:] == [
        "± changed  depression:co  effect.control",
        "           gnition-ket-e  _per_1000: +",
        "           ct             630",
    ]


@pytest.mark.parametrize("width", [20, 30, 60])
def test_what_is_too_much_to_lose_stands_below_where_there_is_no_room(width: int) -> None:
    columns = (Column("Outcome"), Column("Level"), Column("Comments", drop=1, below=True))
    rows = (
        (line("Response"), line("⊕⊕○○ low"), line("It may be so.")),
        (line("Relapse"), line("⊕⊕○○ low"), line("—")),
        (line("Sleep"), line("⊕⊕○○ low"), line("Nobody knows.")),
    )
    out = io.StringIO()
    terminal.show(Document("T", (Table(columns, rows),)), Console(file=out, width=width))
    found = [row.rstrip() for row in out.getvalue().splitlines()]
    if width == 60:
        assert found[1].split() == ["Outcome", "Level", "Comments"]
        assert len(found) == 6
    else:
        assert found[1].split() == ["Outcome", "Level"]
        told = " ".join(found[6:])
        assert told == " Comments • Response: It may be so. • Sleep: Nobody knows."


WORDS = st.text("ab ", max_size=60)


@pytest.mark.parametrize("width", [20, 40, 80])
@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=4))
def test_the_width_is_not_passed_and_no_letter_is_lost(width: int, rows: list[tuple[str, ...]]) -> None:
    found = shown(width, *rows)
    assert max(map(len, found)) <= width
    text = "".join(found[3:])
    assert sorted(text.replace(" ", "")) == sorted("".join("".join(row) for row in rows).replace(" ", ""))
