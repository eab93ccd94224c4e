"""Hostile files of other programs: nothing raises, hangs, or becomes a command."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.parsing.bibtex import parse_bib
from ketreview.parsing.exchange import SUFFIXES, parse
from ketreview.parsing.exchange.dates import iso_date
from ketreview.parsing.exchange.values import address, inverted_name, latex, name, pages, plain
from tests.hanging import no_hang

MEGABYTE = 1_000_000
SLOW = {
    "deep JSON": ("a.json", b"[" * 50_000),
    "deep JSON in an item": ("a.json", b'[{"title": "T", "x": ' + b'{"a":' * 50_000),
    "deep XML": ("a.xml", b"<xml><record>" + b"<a>" * 100_000),
    "one line of RIS": ("a.ris", b"TY  - JOUR\nTI  - " + b"a " * MEGABYTE + b"\nER  - \n"),
    "continued lines": ("a.ris", b"TY  - JOUR\nTI  - a\n" + b"b\n" * 300_000 + b"ER  - \n"),
    "continued lines of MEDLINE": ("a.nbib", b"PMID- 1\nTI  - a\n" + b"      b\n" * 100_000),
    "many records without a title": ("a.ris", b"TY  - JOUR\nER  - \n" * 100_000),
    "many authors": ("a.ris", b"TY  - JOUR\nTI  - T\n" + b"AU  - A, B\n" * 100_000 + b"ER  - \n"),
    "many beginnings of markup": ("a.ris", b"TY  - JOUR\nTI  - " + b"<i>" * 300_000 + b"\nER  - \n"),
    "digits": ("a.ris", b"TY  - JOUR\nTI  - T\nSP  - " + b"1" * MEGABYTE + b"\nER  - \n"),
    "brackets of BibTeX": ("a.bib", b"@misc{a, title = " + b"{" * MEGABYTE),
    "attributes": ("a.xml", b"<xml>" + b"<record x='" * 10_000),
}


@pytest.mark.parametrize(("path", "data"), SLOW.values(), ids=SLOW)
def test_size_and_depth(path: str, data: bytes) -> None:
    with no_hang():
        parse(path, data)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SUFFIXES), st.binary(max_size=300))
def test_any_bytes(suffix: str, data: bytes) -> None:
    parse(f"a{suffix}", data)


TAGS = st.sampled_from(["TI", "AU", "PY", "SP", "EP", "DO", "UR", "KW", "T2", "ER", "TY", "A2", "XX", "C2", "SN"])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(TAGS, st.text(max_size=20)), max_size=12))
def test_any_tags(lines: list[tuple[str, str]]) -> None:
    text = "TY  - JOUR\n" + "".join(f"{tag}  - {value}\n" for tag, value in lines)
    data = text.encode("utf-8", "replace")
    for entry in parse("a.ris", data).entries:
        assert_one_entry(entry.fields)
    parse("a.nbib", text.replace("TY  -", "PMID-").encode("utf-8", "replace"))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(
    ["title", "author", "editor", "issued", "accessed", "DOI", "page", "type", "container-title", "x"]
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(NAMES, JSON), st.text(min_size=1, max_size=10))
def test_any_item_of_json(item: dict[str, object], title: str) -> None:
    read = parse("a.json", json.dumps([{"title": title, **item}]).encode())
    for entry in read.entries:
        assert_one_entry(entry.fields)


def assert_one_entry(fields: tuple[tuple[str, str], ...]) -> None:
    """Written between braces, the values are read back as they are, and nothing beside them."""
    text = "@misc{k,\n" + ",\n".join(f"  {name} = {{{value}}}" for name, value in fields) + "\n}\n"
    file = parse_bib("a.bib", text.encode())
    assert not file.diagnostics
    (entry,) = file.entries
    assert tuple((field.name, field.value) for field in entry.fields) == fields


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
@pytest.mark.parametrize("written", [latex, address, pages, inverted_name, plain])
def test_a_value_stays_within_its_braces(written: Callable[[str], str], text: str) -> None:
    value = written(text)
    assert value.isprintable() or not text.isprintable()
    assert not {"\x00", "\n", "\r", "\u202e"} & set(value)
    value.encode()
    if written is not plain:
        assert_one_entry((("title", value),))


def test_commands_become_text() -> None:
    assert latex(r"\input{/etc/passwd}") == r"\textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{}"
    assert latex("50% of #1_x $ ^ ~ & }{") == (
        r"50\% of \#1\_x \$ \textasciicircum{} \textasciitilde{} \& \textbraceright{}\textbraceleft{}"
    )
    assert latex("<i>\\x</i> <b>a <i>b</i></b>") == r"\textit{\textbackslash{}x} <b>a \textit{b}</b>"
    assert address("https://e.org/{}\\x y#a%20&b_c") == "https://e.org/%7B%7D%5Cx%20y#a%20&b_c"


@pytest.mark.parametrize(
    ("text", "date", "whole"),
    [
        ("2020", "2020", True),
        ("2020/05/04/", "2020-05-04", True),
        ("2020/05//spring", "2020", False),
        ("2020 May 4", "2020-05-04", True),
        ("2020 September", "2020-09", True),
        ("2020 Sept-Oct", "2020", False),
        ("2020-13", "2020", False),
        ("2020-02-40", "2020", False),
        ("May 2020", "", False),
        ("20201", "", False),
        ("", "", False),
    ],
)
def test_dates(text: str, date: str, whole: bool) -> None:
    assert iso_date(text) == (date, whole)


def test_names() -> None:
    assert name("Smith, Jones", "A and B") == "{Smith, Jones}, {A and B}"
    assert name("de la Cruz") == "{de la Cruz}"
    assert inverted_name("Plato") == "Plato"
    assert inverted_name("A, B, C, D") == "{A, B, C, D}"
    assert inverted_name(", ,") == ""


@pytest.mark.parametrize(
    ("place", "path", "data"),
    [
        ("rispy.RisParser.parse", "a.ris", b"TY  - JOUR\nTI  - T\nER  - \n"),
        ("nbib.read", "a.nbib", b"PMID- 1\nTI  - T\n"),
    ],
)
def test_what_a_library_raises_is_a_fault_of_the_record(
    monkeypatch: pytest.MonkeyPatch, place: str, path: str, data: bytes
) -> None:
    def fails(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr(place, fails)
    read = parse(path, data)
    assert not read.entries
    assert [finding.message for finding in read.diagnostics] == ["the record cannot be read: IndexError"]
