"""Keys and values are those that bibtexparser reads, but for differences that are listed with their reason."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import RemoveEnclosingMiddleware, ResolveStringReferencesMiddleware

from ketreview.parsing.bibtex import parse_bib
from ketreview.parsing.bibtex_values import MONTHS

ROOT = Path(__file__).parent.parent.parent
STORES = sorted({ROOT / "references.bib", *ROOT.glob("tests/**/*.bib"), *ROOT.glob("bench/*.bib")})
Values = dict[str, list[tuple[str, str]]]


def theirs(text: str) -> Any:
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    return parse_string(
        text,
        parse_stack=[
            ResolveStringReferencesMiddleware(allow_inplace_modification=True),
            RemoveEnclosingMiddleware(allow_inplace_modification=True),
        ],
    )


def values(text: str) -> tuple[Values, Values]:
    """Ours and theirs: for each key its fields, names in lower case."""
    ours = {
        entry.key: [(field.name, field.value) for field in entry.fields]
        for entry in parse_bib("a.bib", text.encode()).entries
    }
    library = theirs(text)
    return ours, {
        entry.key: [(field.key.lower(), str(field.value)) for field in entry.fields] for entry in library.entries
    }


@pytest.mark.parametrize("path", STORES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_stores_of_this_repository(path: Path) -> None:
    text = path.read_text("utf-8")
    ours, others = values(text)
    assert parse_bib(path.name, text.encode()).diagnostics == ()
    months = {
        key: [(name, MONTHS.get(value, value) if name == "month" else value) for name, value in pairs]
        for key, pairs in others.items()
    }
    assert ours == months  # the one difference in these stores; see below
    assert [entry.key for entry in theirs(text).entries] == list(ours)


SAME = {
    "braces and quotes": '@article{a, title = {A {B} "C"}, journal = "J {"}K{"}", year = 2020}',
    "strings": '@string{j = "Journal"}\n@article{a, journal = j}',
    "strings of strings are joined": '@string{j = "J"}\n@article{a, journal = {j}}',
    "lines": "@article{a,\n  title = {A\n    B},\n  year = {2020},\n}\n\n@book{b}",
    "comments": "text\n@comment{x {y}}\n@preamble{{z}}\n@article{a, title = {T}}",
    "unicode": "@article{Müller, title = {Ä 😀 日本}}",
    "latex": "@article{a, title = {\\\"{U}ber $\\alpha$ \\& {\\'e}}}",
    "an empty value": '@article{a, title = {}, note = ""}',
    "no fields": "@misc{a,}",
    "parentheses": "@misc(a, title = {T})",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_same(text: str) -> None:
    ours, others = values(text)
    assert ours == others


DIFFERENT = {
    "months are resolved to their names, as every style does": (
        "@misc{a, month = jan}",
        {"a": [("month", "January")]},
        {"a": [("month", "jan")]},
    ),
    "strings are concatenated": (
        '@misc{a, title = "A" # {B}}',
        {"a": [("title", "AB")]},
        {"a": [("title", '"A" # {B}')]},
    ),
    "an entry behind a percent sign is none": (
        "% @misc{a, title = {T}}",
        {},
        {"a": [("title", "T")]},
    ),
    "a repeated field is kept, and the entry with it": (
        "@misc{a, note = {1}, note = {2}}",
        {"a": [("note", "1"), ("note", "2")]},
        {},
    ),
    "a comment in an entry is skipped": (
        "@misc{a, % first\n title = {T}}",
        {"a": [("title", "T")]},
        {"a": [("% first\n title", "T")]},
    ),
    "a missing comma is a fault, not a part of the value": (
        "@misc{a, title = {T}\n year = {2020}}",
        {"a": [("title", "T"), ("year", "2020")]},
        {"a": [("title", "{T}\n year = {2020}")]},
    ),
    "an entry without a key is a fault": ("@misc{, title = {T}}", {}, {"": [("title", "T")]}),
    "a key that is repeated is two entries, of which the last is shown here": (
        "@misc{a, title = {1}}\n@misc{a, title = {2}}",
        {"a": [("title", "2")]},
        {"a": [("title", "1")]},
    ),
}


@pytest.mark.parametrize(("text", "ours", "others"), DIFFERENT.values(), ids=DIFFERENT)
def test_different(text: str, ours: Values, others: Values) -> None:
    assert values(text) == (ours, others)
