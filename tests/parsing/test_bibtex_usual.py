"""Entries of the usual form are read as the scanner reads them that takes every form."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.model.entry import Entry
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.bibtex import parse_bib
from ketreview.parsing.bibtex_usual import USUAL_ENTRY

ROOT = Path(__file__).parents[2]
STORES = [ROOT / "references.bib", *sorted((ROOT / "bench" / "faults").glob("*"))]
CASES = sorted((ROOT / "tests" / "rules" / "cases").glob("*.txt"))
_NO_ENTRY = re.compile(r"(?!)")


def everything(file: BibFile) -> tuple[object, ...]:
    """All that was read, in values that can be compared."""
    entries = [
        (entry.type, entry.key, entry.start, entry.end, entry.key_start, entry.fields, dict(entry.texts), entry.whole)
        for entry in file.entries
    ]
    words = [(word.start, word.end) for word in file.words]
    faults = [(fault.span.start, fault.span.end, fault.message) for fault in file.diagnostics]
    others = [(other.start, other.end) for other in file.others]
    return entries, words, file.abbreviations, file.strings, file.definitions, others, faults, file.complete


def read(text: str) -> BibFile:
    """Reads a text both ways, and holds the one against the other."""
    data = text.encode("utf-8", "replace")
    file = parse_bib("a.bib", data)
    with patch("ketreview.parsing.bibtex.USUAL_ENTRY", _NO_ENTRY):
        by_scanner = parse_bib("a.bib", data)
    assert everything(file) == everything(by_scanner)
    assert not any(entry.is_usual for entry in by_scanner.entries)
    return file


USUAL = {
    "braces": "@article{a2020, title = {T}, year = 2020}",
    "quotes": '@misc{a, title = "A T", note = " \n x"}',
    "words": "@misc{a, month = jan, journal = jn, volume = 12}",
    "braces in braces": '@misc{a, title = {The {BDNF} gene}, author = {M{\\"{u}}ller, A.}}',
    "doubled braces": "@misc{a, title = {{WHO}}, note = {{A} and {B}}}",
    "quotes in braces": '@misc{a, title = {A "B" C}}',
    "at signs and commas": "@misc{a, note = {a@b.org, year = 5}, year = 6}",
    "lines": "@misc{a,\r\n  TITLE = {A\r\n  B},\r\n  note={C},\r\n}\r\n",
    "no field": "@misc{a}",
    "commas at the end": "@ Misc {a.b:c/d+e-f , title = {T} ,, }",
    "names with signs": "@misc{a, author+an:orcid = {1=x}, a-b = {c}, 1a = {d}}",
    "letters beyond ASCII": "@misc{a, title = {Größe – ¿qué?\u2028}}",
}
OTHER = {
    "a field twice": "@misc{a, title = {T}, TITLE = {U}}",
    "an empty value": "@misc{a, title = {T}, note = { {} }}",
    "an empty text": '@misc{a, title = "", note = {x}}',
    "what is joined": "@misc{a, title = {T} # jan}",
    "a comment": "@misc{a, % why\n title = {T}}",
    "no comma": "@misc{a, title = {T}\n note = {U}}",
    "a brace too many": "@misc{a, title = {T}}, note = {U}}",
    "a brace too few": "@misc{a, title = {T {U}, note = {V}}",
    "a value that is not closed": "@misc{a, title = {T {x}\n@misc{b, title = {U}}",
    "an entry in a value": "@misc{a, title = {T\n@misc{b, note = {x}} }}",
    "an entry alone in a value": "@misc{a, title = {\n@misc{b, note = {x} }, year = 1}",
    "parentheses": "@misc(a, title = {T})",
    "a key of another script": "@misc{å2020, title = {T}}",
    "a blank of another script": "@misc{a\u00a0b, title = {T}}",
    "a string": "@string{a, title = {T}}",
    "a comment block": "@comment{a, title = {T}}",
}


@pytest.mark.parametrize("text", USUAL.values(), ids=USUAL)
def test_usual_entries(text: str) -> None:
    assert [entry.is_usual for entry in read(text).entries] == [True]


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_entries_of_other_forms(text: str) -> None:
    assert not any(entry.is_usual for entry in read(text).entries if entry.key == "a")


def test_a_string_counts_for_what_stands_behind_it() -> None:
    file = read("@misc{a, journal = jn}\n@string{jn = {Journal}}\n@misc{b, journal = jn}\n@misc{c, journal = JN}")
    assert [entry.get("journal") for entry in file.entries] == ["jn", "Journal", "Journal"]


@pytest.mark.parametrize("path", [*STORES, *CASES], ids=lambda path: path.name)
def test_stores_and_cases(path: Path) -> None:
    read(path.read_text(encoding="utf-8"))


def test_most_of_the_shipped_store_is_usual() -> None:
    entries = read(STORES[0].read_text(encoding="utf-8")).entries
    assert sum(map(_is_usual, entries)) > len(entries) * 0.9


def _is_usual(entry: Entry) -> bool:
    return entry.is_usual


class _Counted:
    """A pattern that counts how often it is tried."""

    def __init__(self) -> None:
        self.tried = 0

    def match(self, text: str, position: int) -> re.Match[str] | None:
        self.tried += 1
        return USUAL_ENTRY.match(text, position)


def test_a_store_of_faults_is_not_sought_to_its_end_for_each() -> None:
    counted = _Counted()
    with patch("ketreview.parsing.bibtex.USUAL_ENTRY", counted):
        file = parse_bib("a.bib", b", title = {\n@misc{a, note = {x}" * 500)
    assert len(file.diagnostics) > counted.tried * 5


_VALUES = st.sampled_from(
    ["{T}", "{}", "{ }", "{{A}}", "{A {B} C}", "{A {B {C}} D}", "{A {B {C {D}}}}", "{{}}", "{A, {B}}", "{{A}, B}", "{a}b}", "{a{b}", '"T"', '"A {B}"', '""', '" "', "jan", "j1", "12", "1a", "a-b", "{@b}", "{\n@misc{b, c = {d}}", "{x\n @misc{b,", "é", "{é}", "\"{\"}", "{a} # b", "{a} % c\n"]
)  # fmt: skip
_NAMES = st.sampled_from(["title", "TITLE", "note", "a:b", "1a", "é", "@x", "a b", ""])
_GAPS = st.sampled_from([",", " ,\n ", ", ,", "", "\n", "%x\n,", ",\r\n", "\u00a0,", "},", "}"])
_EQUALS = st.sampled_from(["=", " = ", "\n=\n", "==", " "])
_FIELDS = st.lists(st.tuples(_GAPS, _NAMES, _EQUALS, _VALUES).map("".join), max_size=5).map("".join)
_KEYS = st.sampled_from(["a", "a.b:c", "é", "", "a b", "@c", "a\u2003", "a=", "a'b"])
_HEADS = st.sampled_from(["@misc{", "@ Misc {", "@misc(", "@string{", "@comment{", "% @misc{", "x@misc{", "\n@misc{"])
_ENTRIES = st.lists(
    st.tuples(_HEADS, _KEYS, _FIELDS, _GAPS, st.sampled_from(["}", "}\n", ")", "", "},", "} ,x = {y}"])).map("".join),
    min_size=1,
    max_size=3,
).map("".join)


@settings(max_examples=500)
@given(_ENTRIES)
def test_whatever_stands_in_them(text: str) -> None:
    read(text)
