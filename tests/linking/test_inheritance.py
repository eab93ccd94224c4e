"""What an entry has from others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ketreview import pipeline
from ketreview.config import Settings
from ketreview.files import Files
from ketreview.linking.inheritance import inherited, keys_in


def inherited_of_first(root: Path, store: str) -> frozenset[str] | None:
    (root / "references.bib").write_text(store, "utf-8")
    corpus = pipeline.read(Files(root), Settings(), date(2026, 11, 20)).corpus
    return inherited(corpus.entries[0], corpus)


@pytest.mark.parametrize(
    ("store", "names"),
    [
        ("@misc{a, title = {A}}", set()),
        ("@misc{a, crossref = {b}} @misc{b, doi = {1}, note = {}, url = { }}", {"doi"}),
        ("@misc{a, crossref = {b}} @misc{b, author = {A}}", {"author", "bookauthor"}),
        (
            "@misc{a, xdata = {b,\n c}} @xdata{b, doi = {1}} @xdata{c, xdata = {d}} @xdata{d, pmid = 1}",
            {"doi", "xdata", "pmid"},
        ),
        ("@misc{a, crossref = {old}} @misc{b, doi = {1}, ids = {older, old}}", {"doi", "ids"}),
        ("@misc{a, crossref = {a}, doi = {1}}", {"crossref", "doi"}),
        ("@misc{a, xref = {b}, related = {b}} @misc{b, doi = {1}}", set()),
        ("@misc{a, crossref = {gone}}", None),
        ("@misc{a, crossref = {b}} @misc{b, xdata = {gone}}", None),
    ],
)
def test_names_of_inherited_fields(store: str, names: set[str] | None, tmp_path: Path) -> None:
    assert inherited_of_first(tmp_path, store) == names


def test_a_chain_that_nobody_writes_is_given_up(tmp_path: Path) -> None:
    chain = "\n".join(f"@xdata{{a{number}, xdata = {{a{number + 1}}}}}" for number in range(150))
    assert inherited_of_first(tmp_path, chain + "@xdata{a150, doi = {1}}") is None


def test_keys_in_a_value() -> None:
    assert list(keys_in(" a,b ,\n c d,, ")) == ["a", "b", "c d"]
