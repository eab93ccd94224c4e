"""Where the store has the works of staged entries."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ketreview import pipeline
from ketreview.config import read_settings
from ketreview.files import Files
from ketreview.reports.staging import StagedItem, staged_items
from tests.projects import write

SETTINGS = b'reviews = []\nbibliography = ["bib/*.bib"]\nstaging = ["new/*.bib"]\n'
STORE = """@article{one,
  author = {Adams, A.}, title = {A study of apples in the dark}, year = {2001}, doi = {10.1000/apples}}
@article{two, title = {A study of cherries in the dark}, pmid = {102}}
"""
STAGED = """@article{one, title = {A Study of Apples in the dark.}, url = {https://doi.org/10.1000/APPLES}}
@article{three, title = {A study of cherries}, pmid = {102}}
@article{two, title = {Ferries and their harbours in winter}}
@article{four, title = {X}, doi = {10.1000/apples}, pmid = {102}}
@article{five, title = {Something else altogether}}
"""


def items(root: Path) -> tuple[StagedItem, ...]:
    settings, _ = read_settings("ketreview.toml", SETTINGS)
    return staged_items(pipeline.read(Files(root), settings, date(2026, 11, 20)).corpus)


def test_every_state(tmp_path: Path) -> None:
    write(tmp_path, {"bib/a.bib": STORE, "new/a.bib": STAGED})
    found = items(tmp_path)
    assert [(item.key, item.state, item.other, item.path, item.line) for item in found] == [
        ("one", "merged", "one", "new/a.bib", 1),
        ("three", "under another key", "two", "new/a.bib", 2),
        ("two", "conflict", "two", "new/a.bib", 3),
        ("four", "conflict", "one", "new/a.bib", 4),
        ("five", "absent", "", "new/a.bib", 5),
    ]
    assert [item.reason for item in found] == [
        "`one` has the same DOI",
        "`two` has the same PMID",
        "`two` is there with another title",
        "its DOI is that of `one`, its PMID that of `two`",
        "no entry has its DOI, PMID or title",
    ]
    assert [item.span.text for item in found] == [item.key for item in found]


def test_nothing_staged(tmp_path: Path) -> None:
    write(tmp_path, {"bib/a.bib": STORE})
    assert items(tmp_path) == ()
