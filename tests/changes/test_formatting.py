"""A store in one form: what it looks like, and that it says the same."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.changes import formatting
from ketreview.changes.change import ChangeError
from ketreview.changes.formatting import Layout, formatted
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.bibtex import parse_bib
from tests.hanging import no_hang
from tests.stores import stores

layouts = st.builds(
    Layout,
    newline=st.just("\n"),
    indent=st.integers(0, 8),
    align=st.booleans(),
    keep_order=st.booleans(),
    keep_fields=st.booleans(),
)


def entries(store: BibFile) -> list[object]:
    said: list[object] = []
    for entry in store.entries:
        fields: dict[str, list[str]] = {}
        for field in entry.fields:
            fields.setdefault(field.name, []).append(field.value)
        said.append((entry.key, entry.type, sorted(fields.items())))
    return sorted(said, key=str)


@settings(max_examples=300, deadline=None)
@given(stores(parents=True), layouts)
def test_a_store_says_the_same_and_is_formatted_once(data: bytes, layout: Layout) -> None:
    before = parse_bib("a.bib", data)
    text = formatted(before, layout)
    after = parse_bib("a.bib", text.encode())
    assert entries(after) == entries(before)
    assert after.strings == before.strings
    assert formatted(after, layout) == text


def of(text: str, **how: bool | int) -> str:
    return formatted(parse_bib("a.bib", text.encode()), Layout(**how))  # type: ignore[arg-type]


CASES: dict[str, tuple[str, str]] = {
    "case, indentation, commas": ("@MISC{a,Title={A},\n\t YEAR = 2020\n\t}", "@misc{a,\n  title = {A},\n  year = 2020,\n}\n"),
    "leading and doubled commas": ("@misc{a\n , title={A},,\n , year={1}\n}", "@misc{a,\n  title = {A},\n  year = {1},\n}\n"),
    "parentheses": ("@ misc (a, title = {A (b)})", "@misc{a,\n  title = {A (b)},\n}\n"),
    "quotes become braces": ('@misc{a, title = "A {"} b"}', '@misc{a,\n  title = {A {"} b},\n}\n'),
    "what is put together stays": ('@misc{a, title = "A" # x # {B}, month = jan}', '@misc{a,\n  title = "A" # x # {B},\n  month = jan,\n}\n'),
    "wrapping stays": ("@misc{a, title = {A\n\n      b  c\n}}", "@misc{a,\n  title = {A\n\n      b  c\n},\n}\n"),
    "no fields": ("@misc{ a ,\n}", "@misc{a}\n"),
    "fields in order, others behind, the long ones last": (
        "@misc{a, note = 1, zz = 2, doi = 3, xx = 4, title = 5, author = 6}",
        "@misc{a,\n  author = 6,\n  title = 5,\n  doi = 3,\n  zz = 2,\n  xx = 4,\n  note = 1,\n}\n",
    ),
    "a field twice": ("@misc{a, title = 1, author = 2, Title = 3}", "@misc{a,\n  author = 2,\n  title = 1,\n  title = 3,\n}\n"),
    "comments in an entry": (
        "@misc{a, % head\n  % of year\n  year = 2020 % behind\n  , % of title\n title = {A}, % t\n  % last\n\n % very last\n}",
        "@misc{a, % head\n  % of title\n  title = {A}, % t\n  % of year\n  year = 2020, % behind\n  % last\n  % very last\n}\n",
    ),
    "comments alone in an entry": ("@misc{a % c\n}", "@misc{a, % c\n}\n"),
    "a comment that looks like a field": ("@misc{a,\n% x = {1},\n y = 1}", "@misc{a,\n  % x = {1},\n  y = 1,\n}\n"),
    "by key, without regard to case": ("@misc{B}\n@misc{c}\n@misc{a}", "@misc{a}\n\n@misc{B}\n\n@misc{c}\n"),
    "entries of one key keep their order": ("@misc{b}\n@misc{A, x = 1}\n@misc{a, x = 2}", "@misc{A,\n  x = 1,\n}\n\n@misc{a,\n  x = 2,\n}\n\n@misc{b}\n"),
    "strings first": ('@misc{a}\n@STRING{x = "X"}\n@preamble{"p"}\n\n@string{y = x}\n', '@string{x = "X"}\n@preamble{"p"}\n@string{y = x}\n\n@misc{a}\n'),
    "parents behind their children": (
        "@book{a}\n@misc{b, crossref = {A}}\n@misc{c, crossref = d}\n@misc{d, crossref = {e}}\n@misc{e}\n@misc{z}",
        "@misc{b,\n  crossref = {A},\n}\n\n@misc{c,\n  crossref = d,\n}\n\n@misc{z}\n\n@book{a}\n\n@misc{d,\n  crossref = {e},\n}\n\n@misc{e}\n",
    ),
    "a ring": ("@misc{b, crossref = {a}}\n@misc{a, crossref = {b}}", "@misc{a,\n  crossref = {b},\n}\n\n@misc{b,\n  crossref = {a},\n}\n"),
    "text goes with the entry below": (
        "@misc{b}\n% of a\n  two\n\n% also of a\n@misc{a}\n",
        "% of a\n  two\n\n% also of a\n@misc{a}\n\n@misc{b}\n",
    ),
    "what opens and closes the file stays": (
        "% Encoding: UTF-8\n\n\n% of b\n@misc{b}\n@misc{a}\n% Local Variables:\n% End:\n\n",
        "% Encoding: UTF-8\n\n@misc{a}\n\n% of b\n@misc{b}\n\n% Local Variables:\n% End:\n",
    ),
    "a suppression does not open the file": (
        "% file\n\n% ketreview: ignore[KR101] x\n\n@misc{b}\n@misc{a}\n",
        "% file\n\n@misc{a}\n\n% ketreview: ignore[KR101] x\n\n@misc{b}\n",
    ),
    "an @comment goes with the entry below": (
        "@misc{b}\n@comment{c,\n  {d}}\n@misc{a}\n@Comment{jabref-meta: x;}",
        "@comment{c,\n  {d}}\n@misc{a}\n\n@misc{b}\n\n@Comment{jabref-meta: x;}\n",
    ),
    "an @comment with text behind it, and a blank line": ("@misc{b}\n@comment{c} d\n\n@misc{a}\n", "@comment{c}\nd\n\n@misc{a}\n\n@misc{b}\n"),
    "what stands behind an entry": (
        "@misc{b, x = 1}% of b\n@misc{a,\n x = 1} % of a\n@string{s = 1} % s\n",
        "@string{s = 1} % s\n\n@misc{a,\n  x = 1,\n} % of a\n\n% of b\n@misc{b,\n  x = 1,\n}\n",
    ),
    "entries on one line": ("@misc{b} @misc{a} text @misc{c}", "@misc{a}\n\n@misc{b}\n\ntext\n@misc{c}\n"),
    "text on the line of an entry": ("\ntext @misc{a}", "text\n@misc{a}\n"),
    "an entry that is commented out": ("@misc{b}\n% @misc{c,\n%  x = 1}\n@misc{a}", "% @misc{c,\n%  x = 1}\n@misc{a}\n\n@misc{b}\n"),
    "CRLF": ("@misc{b,\r\n x = {1\r\n2}, % c\r\n}\r\n% a\r\n@misc{a}", "% a\r\n@misc{a}\r\n\r\n@misc{b,\r\n  x = {1\r\n2}, % c\r\n}\r\n"),
    "lone carriage returns": ("@misc{b, x = 1}\r@misc{a}\r", "@misc{a}\r\r@misc{b,\r  x = 1,\r}\r"),
    "mixed line ends": ("@misc{b}\n@misc{a}\r\n", "@misc{a}\r\n\r\n@misc{b}\r\n"),
    "nothing": ("", ""),
    "no entry": ("  text \n\n\n% c", "  text \n\n\n% c"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_a_form(before: str, after: str) -> None:
    assert of(before) == after
    assert of(after) == after


def test_what_may_be_chosen() -> None:
    text = "@misc{b, title = {A}, author = {B}}\n@misc{a}\n"
    assert of(text, keep_order=True).startswith("@misc{b,\n  author = {B},\n")
    assert "title = {A},\n  author" in of(text, keep_fields=True)
    assert of(text, indent=4, align=True).endswith("    author = {B},\n    title  = {A},\n}\n")
    assert of("@string{x = 1}\n@misc{a}\n@string{y = 1}", keep_order=True).count("\n\n@") == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"@misc{a, x = 1\n@misc{b}\n", "a.bib:1:1: `@misc` is not closed"),
        (b"@misc{b}\n@comment{c\n@misc{a}\n", "a.bib:2:1: `@comment{` is never closed"),
        (b"@misc{a, x = {\xe9}}", "a.bib:1:15: byte 14"),
        (b"<<<<<<< HEAD\n@misc{a}\n", "a.bib:1:1: git conflict marker"),
        (b"@misc{a, x = s}\n@string{s = 1}\n", "a.bib:1:7: `a` would say something else: an `@string` is used above"),
        (b"@string{s = 1}\n@misc{a, x = s}\n@string{s = 2}\n", "a.bib:2:7: `a` would say something else"),
        (b"@misc{b} % x\r@misc{c}", "a.bib:1:7: `b` would be read otherwise"),
    ],
)
def test_what_cannot_be_formatted_is_refused(text: bytes, words: str) -> None:
    with pytest.raises(ChangeError) as caught:
        formatted(parse_bib("a.bib", text), Layout())
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "text", ["@misc{a", "@misc{a, x = 2} % c\n", "@misc{a, x = 1}\n", "@misc{a, x = 1} % c\n@misc{b}"]
)
def test_what_is_not_the_same_is_never_given(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formatting, "_text", lambda *_: text)
    with pytest.raises(ChangeError):
        of("@misc{a, x = 1} % c\n")


def test_where_nothing_moves_strings_may_stand_anywhere() -> None:
    assert of("@misc{a, x = s}\n@string{s = 1}\n", keep_order=True) == "@misc{a,\n  x = s,\n}\n\n@string{s = 1}\n"


def test_hostile_stores_take_no_longer_each() -> None:
    with no_hang():
        of("".join(f"@misc{{k{number}, crossref = {{k{(number + 1) % 5000}}}}}\n" for number in range(5000)))
        of("@misc{a,\n" + "% c\n" * 30_000 + "x = 1}\n" + "% y\n" * 30_000 + "@misc{b}")
        of("\n" * 100_000 + "@misc{a" + "," * 100_000 + "}" + " " * 100_000)
