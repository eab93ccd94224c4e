"""The report on entries of one work: its data, what it looks like, and that the rules say the same."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from ketreview import pipeline
from ketreview.checking import Selection
from ketreview.config import read_settings
from ketreview.document import Document
from ketreview.files import Files
from ketreview.render.data import as_csv, as_data
from ketreview.render.documents import terminal
from ketreview.reports import duplicates
from tests.projects import run, write

STORE = """\
@article{one, title = {Sleep of goats}, author = {Roe, B.}, year = {2020}, doi = {10.1000/1}, journal = {Pain}}
@article{two, title = {Sleep of goats}, author = {Roe, B. and Doe, C.}, date = {2021}, doi = {10.1000/1}, pmid = 9}
@article{three, title = {Sleep of goats}, pmid = 9}
@article{four, title = {A slip in the tretament of goats}, author = {Roe, B.}, year = 2020, journal = {Pain}, pages = 3}
@article{five, title = {A slip in the treatment of goats}, author = {Roe, B.}, year = 2020, journal = {Pain}, pages = 3}
@article{six, title = {Ketamine in the opioid system}, doi = {10.1000/2}}
@article{seven, title = {Sleep after anaesthesia}, doi = {10.1000/2}}
@article{eight, title = {Goats and their guts}, doi = {10.1000/3}, pmid = 8}
@article{nine, title = {Goats and their guts}, doi = {10.1000/4}, pmid = 8}
@article{ten, title = {Sheep in the hills}, doi = {10.1000/5}, pmid = 6}
@article{eleven, title = {Sheep in the hills}, author = {Doe, C.}, doi = {10.1000/5}, pmid = 7}
@article{twelve, title = {Alone}}
"""
FILES = {
    "ketreview.toml": 'chapters = ["*.typ"]\n',
    "a.typ": "@three @three @three @three\n@one @seven\n",
    "references.bib": STORE,
}


@pytest.fixture
def project(tmp_path: Path) -> pipeline.Project:
    settings, _ = read_settings("ketreview.toml", FILES["ketreview.toml"].encode())
    return pipeline.read(Files(write(tmp_path, FILES)), settings, date(2026, 11, 20))


def text(document: Document) -> str:
    out = io.StringIO()
    terminal.show(document, Console(file=out, width=120))
    rows = (row.rstrip() for row in out.getvalue().splitlines())
    return "".join(row + "\n" for row in rows if not row.startswith("──"))


def test_works(project: pipeline.Project) -> None:
    first, second = as_data(duplicates.answer(project.corpus))["works"]
    assert first["keys"] == [
        {
            "key": "one",
            "path": "references.bib",
            "line": 1,
            "cited": 1,
            "fields": 5,
            "places": [{"path": "a.typ", "line": 2, "column": 2}],
        },
        {"key": "two", "path": "references.bib", "line": 2, "cited": 0, "fields": 5, "places": []},
        {
            "key": "three",
            "path": "references.bib",
            "line": 3,
            "cited": 4,
            "fields": 2,
            "places": [{"path": "a.typ", "line": 1, "column": column} for column in (2, 9, 16, 23)],
        },
    ]
    assert {name: first[name] for name in ("title", "keep", "why", "command")} == {
        "title": "Sleep of goats",
        "keep": "three",
        "why": "which is cited most",
        "command": "ketreview refs merge three one two",
    }
    assert first["shared"] == [
        {"by": "doi", "name": "10.1000/1", "keys": ["one", "two"], "nearly": False},
        {"by": "pmid", "name": "9", "keys": ["two", "three"], "nearly": False},
    ]
    assert first["differences"] == [
        {
            "field": "author",
            "values": [{"key": "one", "value": "Roe, B."}, {"key": "two", "value": "Roe, B. and Doe, C."}],
        },
        {"field": "year", "values": [{"key": "one", "value": "2020"}, {"key": "two", "value": "2021"}]},
    ]
    assert [shared["nearly"] for shared in second["shared"]] == [True]
    assert (second["keep"], second["why"]) == ("four", "which stands first")


def test_conflicts(project: pipeline.Project) -> None:
    conflicts = as_data(duplicates.answer(project.corpus))["conflicts"]
    assert [(one["by"], one["name"], one["over"], one["certain"]) for one in conflicts] == [
        ("doi", "10.1000/2", "title", True),
        ("doi", "10.1000/5", "pmid", False),
        ("pmid", "8", "doi", True),
    ]
    assert [[tuple(side.values()) for side in one["sides"]] for one in conflicts] == [
        [("six", "Ketamine in the opioid system"), ("seven", "Sleep after anaesthesia")],
        [("ten", "6"), ("eleven", "7")],
        [("eight", "10.1000/3"), ("nine", "10.1000/4")],
    ]


def test_rows(project: pipeline.Project) -> None:
    rows = as_csv(duplicates.answer(project.corpus).rows).splitlines()
    assert rows[0] == "group,kind,by,key,keep,cited,path,line,differs"
    assert rows[1] == "1,work,doi; pmid,one,merge,1,references.bib,1,author; year"
    assert rows[3] == "1,work,doi; pmid,three,keep,4,references.bib,3,author; year"
    assert rows[-1] == "5,conflict,pmid,nine,,0,references.bib,9,doi"


def test_what_it_looks_like(project: pipeline.Project) -> None:
    shown = text(duplicates.document(duplicates.answer(project.corpus)))
    assert shown.split("\n\n")[:6] == [
        "\nSleep of goats\n"
        "Key    Cited  Fields  Entry             Cited at\n"
        "one        1       5  references.bib:1  a.typ:2\n"
        "two        0       5  references.bib:2\n"
        "three      4       2  references.bib:3  a.typ:1, a.typ:1, a.typ:1, 1 more",
        "one, two: the same DOI, 10.1000/1",
        "two, three: the same PMID, 9",
        "• author: Roe, B. (one); Roe, B. and Doe, C. (two)\n• year: 2020 (one); 2021 (two)",
        "Keep three, which is cited most: ketreview refs merge three one two",
        "A slip in the tretament of goats\n"
        "Key   Cited  Fields  Entry             Cited at\n"
        "four      0       5  references.bib:4\n"
        "five      0       5  references.bib:5",
    ]
    assert "DOI 10.1000/5: more than one PMID (there may be a reason)" in shown
    assert shown.endswith("2 works under 5 keys; 3 conflicts of identifiers.\n")


def test_the_rules_say_the_same(project: pipeline.Project) -> None:
    answer = duplicates.answer(project.corpus)
    told = {(shared.by, *shared.keys) for work in answer.works for shared in work.shared}
    told |= {(f"{one.by}/{one.over}", *(key.key for key in one.keys)) for one in answer.conflicts}
    codes = {
        "KR401": "doi",
        "KR402": "pmid",
        "KR403": "title",
        "KR404": "doi/title",
        "KR405": "",
    }
    found = set()
    for finding in pipeline.check(project, Selection(select=tuple(codes))):
        keys = [related.span.text for related in finding.related if related.message.startswith("the entry of")]
        by = codes[finding.code.id] or ("doi/pmid" if finding.message.startswith("one DOI") else "pmid/doi")
        found.add((by, *keys))
    assert found == told


def test_the_command(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    for format_ in ("table", "json", "csv", "markdown", "typst", "latex"):
        done = run(tmp_path, "refs", "duplicates", "--format", format_)
        assert (done.code, "10.1000/2" in done.out or format_ == "csv") == (0, True), done.talk
    assert json.loads(run(tmp_path, "refs", "duplicates", "--format", "json").raw)["version"] == 1


def test_a_store_without_any(tmp_path: Path) -> None:
    write(tmp_path, {"references.bib": "@misc{a, title = {A}}\n"})
    assert run(tmp_path, "refs", "duplicates").out == "No work has two keys.\n"
