"""`ketreview bias` and `ketreview flow`: at 80 columns, in a pipe, as data, in every format, and what is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from ketreview.cli.output import Format
from tests.projects import AS_OF, GOOD, HEAD, run, write

TABLES = (Path(__file__).parents[1] / "reports/tables.yaml").read_bytes()
COMMANDS = ("bias", "flow")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"reviews/tables.yaml": TABLES, "reviews/bare.yaml": HEAD.format(id="bare")})


@pytest.mark.parametrize("command", COMMANDS)
def test_it_looks_like_this(command: str, project: Path, golden: Callable[[str, str], None]) -> None:
    golden(f"{command}-80.txt", run(project, command, *AS_OF, COLUMNS="80").out)
    golden(f"{command}-pipe.txt", run(project, command, *AS_OF).out)
    golden(f"{command}.json", run(project, command, *AS_OF, "--format", "json").out)


@pytest.mark.parametrize("command", COMMANDS)
def test_80_columns_are_not_passed_and_words_stay_whole(command: str, project: Path) -> None:
    shown = run(project, command, *AS_OF, COLUMNS="80").out
    assert max(map(len, shown.splitlines())) <= 80
    assert "direito-2015" in shown or command == "flow"


@pytest.mark.parametrize("format_", Format)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_format_says_what_is_wrong(command: str, format_: Format, project: Path) -> None:
    done = run(project, command, "tables", *AS_OF, "--format", format_)
    assert done.code == 0
    assert ("critically low" if command == "bias" else "111 assessed less 64 excluded") in done.out


def test_as_csv_a_domain_is_a_column_and_a_figure_a_line(project: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(project, "bias", *AS_OF, "--format", "csv").out)))
    assert [(row["study"], row["domains.deviations"], row["agrees"]) for row in rows[:3]] == [
        ("direito-2015", "low", "true"),
        ("direito-2015", "low", "false"),
        ("fanning-2017", "some concerns", "true"),
    ]
    figures = list(csv.DictReader(io.StringIO(run(project, "flow", *AS_OF, "--format", "csv").out)))
    assert [(row["field"], row["part"], row["count"]) for row in figures[:3]] == [
        ("database_results", "", "384"),
        ("database_specific_results", "", "384"),
        ("database_specific_results", "'=one, with; signs", "200"),
    ]


def test_where_there_is_nothing_it_is_said(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert run(tmp_path, "bias").out == "Risk of bias\n0 of 0 studies are assessed.\n"
    assert "No review has a PRISMA flow." in run(tmp_path, "flow").out


@pytest.mark.parametrize("command", COMMANDS)
def test_a_review_that_is_not_there_is_refused(command: str, project: Path) -> None:
    done = run(project, command, "tabels")
    assert (done.code, done.raw) == (2, b"")
    assert "did you mean `tables`?" in done.talk


@pytest.mark.parametrize("command", COMMANDS)
def test_one_review_can_be_asked_for(command: str, project: Path) -> None:
    data = run(project, command, "bare", "--format", "json").json
    assert data["version"] == 1
    assert data.get("assessments", data.get("flows")) == []


def test_parts_that_could_not_be_read_are_not_added_up(tmp_path: Path) -> None:
    flow = "flow: {database_results: 9, database_specific_results: [{name: A, count: 3}, {name: B}]}\n"
    write(tmp_path, {"reviews/a.yaml": HEAD.format(id="a") + flow})
    done = run(tmp_path, "flow", "--format", "json")
    assert done.json["flows"][0]["mismatches"] == []
    assert "1 fault of reading in reviews/a.yaml" in done.talk


@pytest.mark.compiles
@pytest.mark.parametrize("command", COMMANDS)
def test_it_compiles_where_it_is_included(command: str, project: Path) -> None:
    table = run(project, command, *AS_OF, "--format", "typst").out.encode()
    files = {"main.typ": b'#set page(width: 15cm)\n= Tables\n#include "table.typ"\n', "table.typ": table}
    pdf, warnings = typst.compile_with_warnings(files)  # type: ignore[call-overload]
    assert warnings == []
    assert pdf.startswith(b"%PDF")
