"""Offsets, lines and columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.source import Position, Source, Span, whole_file


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        pytest.param("", 0, 1, 1, id="empty text"),
        pytest.param("ab", 2, 1, 3, id="end of the text"),
        pytest.param("a\nb", 1, 1, 2, id="the line feed belongs to its line"),
        pytest.param("a\nb", 2, 2, 1, id="LF"),
        pytest.param("a\r\nb", 2, 1, 3, id="between CR and LF is the same line"),
        pytest.param("a\r\nb", 3, 2, 1, id="CRLF is one break"),
        pytest.param("a\rb", 2, 2, 1, id="lone CR"),
        pytest.param("a\n\rb", 3, 3, 1, id="LF CR are two"),
        pytest.param("a\u2028b\u0085c\x0bd\x0ce", 8, 1, 9, id="U+2028, NEL, VT and FF end no line"),
        pytest.param("😀é\u0301x", 3, 1, 4, id="columns count code points"),
        pytest.param("a\n", 2, 2, 1, id="after the last line feed"),
    ],
)
def test_position(text: str, offset: int, line: int, column: int) -> None:
    source = Source("x", text)
    assert source.position(offset) == (line, column)
    assert source.offset(Position(line, column)) == offset


@pytest.mark.parametrize(
    ("position", "offset"),
    [(Position(1, 1), 0), (Position(9, 1), 3), (Position(2, 99), 5), (Position(0, 1), 0)],
)
def test_offset_stays_inside(position: Position, offset: int) -> None:
    assert Source("x", "ab\ncd").offset(position) == offset


def test_lines_come_without_their_ends() -> None:
    source = Source("x", "a\r\nb\rc\n")
    assert [source.line(number) for number in (1, 2, 3, 4)] == ["a", "b", "c", ""]


@given(st.text(alphabet=st.sampled_from("ab\r\n\u2028😀")), st.integers(0, 50))
def test_positions_and_offsets_are_inverse(text: str, offset: int) -> None:
    source = Source("x", text)
    offset = min(offset, len(text))
    assert source.offset(source.position(offset)) == offset


@given(
    st.lists(st.sampled_from(["", "a", "ab", "😀", "\u2028"]), max_size=300),
    st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"]),
    st.lists(st.integers(0, 600), max_size=12),
    st.integers(-120, 120),
)
def test_a_place_of_a_large_text_is_the_same_counted_or_looked_up(
    lines: list[str], newline: str, offsets: list[int], far: int
) -> None:
    text = newline.join(lines)
    known, counting = Source("x", text), Source("x", text)
    assert known.line_starts
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ketreview.source._LARGE", 0)
        for offset in offsets:
            place = known.position(min(offset, len(text)))
            assert counting.position(min(offset, len(text))) == place
            number = max(1, min(place.line + far, len(known.line_starts)))
            assert counting.bounds(number) == known.bounds(number)


def test_few_places_of_a_large_text_are_counted() -> None:
    source = Source("x", "a\n" * 600_000)
    assert [source.position(offset) for offset in (3, 1_000_000, 3)] == [(2, 2), (500_001, 1), (2, 2)]
    assert [source.line(number) for number in (2, 500_000, 500_001, 500_050)] == ["a"] * 4
    short = Source("x", source.text)
    assert short.position(1_200_000) == (600_001, 1)
    with pytest.raises(IndexError):
        short.line(600_003)


def test_span() -> None:
    span = Span(Source("a.bib", "x\nkey = 1"), 2, 5)
    assert (span.path, span.text, span.begin, span.finish) == ("a.bib", "key", (2, 1), (2, 4))
    assert whole_file("b.bib").begin == (1, 1)
    assert repr(span.source) == "Source('a.bib', 9 characters)"
