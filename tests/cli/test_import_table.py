"""`ketreview import FILE.csv` and `ketreview export --to robvis|prisma`, as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import AS_OF, GOOD, HEAD, check, run, snapshot, write

TABLES = (Path(__file__).parents[1] / "reports/tables.yaml").read_text("utf-8")
ROB = """\
Study,D1,D2,D3,D4,D5,Overall,Weight
not-assessed,High,Low,Low,Low,Low,High,1
Nobody 1999,Low,Low,Low,Low,Low,Low,1
"""
ADDED = (
    ", risk_of_bias: [{tool: rob2, result: weight, domains: {randomisation: high, deviations: low, missing_data: low, "
    'measurement: low, reporting: low}, overall: high, note: "rob.csv, line 2"}]'
)
FLOW = "data,n\nduplicates,70\nnew_reports,47\nother_assessed,many\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"reviews/tables.yaml": TABLES, "rob.csv": ROB, "flow.csv": FLOW})


def test_assessments_are_shown_and_what_is_left(project: Path) -> None:
    before = snapshot(project)
    done = run(project, "import", "rob.csv")
    assert done.code == 0
    assert "+++ b/reviews/tables.yaml\n" in done.out
    assert 'overall: high, note: "rob.csv, line 2"' in done.out
    assert done.talk.splitlines() == [
        "rob.csv:1: not mapped: the column `Weight` is no domain of RoB 2",
        "rob.csv:3: not mapped: `tables` has no study `Nobody 1999`",
        "2 rows: 1 to add to `tables`",
        "nothing is written yet: --write changes reviews/tables.yaml",
    ]
    assert snapshot(project) == before


def test_assessments_are_written_once(project: Path) -> None:
    done = run(project, "import", "rob.csv", "--outcome", "weight", "--tool", "rob2", "--write")
    assert done.talk.endswith("wrote reviews/tables.yaml\n")
    text = (project / "reviews/tables.yaml").read_text("utf-8")
    assert text.replace(f"{ADDED},\n  ", ", ") == TABLES
    assert ADDED in text
    assert [found for found in check(project).findings if found["severity"] == "error"] == []
    again = run(project, "import", "rob.csv", "--write")
    assert (again.out, again.code) == ("", 0)
    assert "2 rows: 0 to add to `tables`, 1 there already" in again.talk
    assert (project / "reviews/tables.yaml").read_text("utf-8") == text


def test_a_flow_is_set(project: Path) -> None:
    done = run(project, "import", "flow.csv", "--write")
    assert "flow.csv:4: not mapped: `other_assessed` is `many`, no count" in done.talk
    assert "2 figures, of which 2 to set in `tables`" in done.talk
    text = (project / "reviews/tables.yaml").read_text("utf-8")
    assert text == TABLES.replace("  duplicates: 68\n", "  duplicates: 70\n").replace(
        "new_reports: 48", "new_reports: 47"
    )
    assert run(project, "import", "flow.csv", "--write").out == ""


def test_a_review_without_a_flow_gets_one(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/a.yaml": HEAD.format(id="a"), "reviews/b.yaml": HEAD.format(id="b"), "flow.csv": FLOW})
    assert run(tmp_path, "import", "flow.csv", "--into", "b", "--write").code == 0
    assert (tmp_path / "reviews/b.yaml").read_text("utf-8") == (
        HEAD.format(id="b") + "flow: {duplicates: 70, new_reports: 47}\n"
    )
    assert (tmp_path / "reviews/a.yaml").read_text("utf-8") == HEAD.format(id="a")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rob.csv", "--into", "tabels"), "there is no review `tabels`"),
        (("none.csv",), "none.csv cannot be read: there is no such file"),
        (("empty.csv",), "empty.csv cannot be read: the file is empty"),
        (("odd.csv",), "its columns and words do not tell the tool: say it with --tool (rob2, robins_i,"),
        (("rob.csv", "--outcome", "wieght"), "there is no outcome `wieght`"),
        (("flow.csv", "--tool", "rob2"), "flow.csv is a PRISMA flow"),
        (("flow.csv", "--outcome", "weight"), "flow.csv is a PRISMA flow"),
        (("rob.csv", "flow.csv"), "give it by itself"),
        (("rob.csv", "--id", "x"), "give it by itself"),
        (("rob.csv", "--to", "x.bib"), "give it by itself"),
        (("reviews", "--tool", "rob2"), "are for a table (.csv)"),
    ],
)
def test_what_cannot_be_done_is_refused(arguments: tuple[str, ...], words: str, project: Path) -> None:
    write(project, {"empty.csv": "", "odd.csv": "Study,D1\nA,Low\n"})
    before = snapshot(project)
    done = run(project, "import", *arguments, "--write")
    assert (done.code, done.raw) == (2, b"")
    assert words in done.talk
    assert snapshot(project) == before


def test_it_has_to_be_said_into_which_review(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "reviews/b.yaml": HEAD.format(id="b"), "rob.csv": ROB})
    done = run(tmp_path, "import", "rob.csv")
    assert "say into which review with --into: b, good" in done.talk
    (tmp_path / "reviews/b.yaml").unlink()
    assert "`good` has no study `not-assessed`" in run(tmp_path, "import", str(tmp_path / "rob.csv")).talk
    assert "there is no outcome `x`" in run(tmp_path, "import", "rob.csv", "--outcome", "x").talk
    (tmp_path / "reviews/good.yaml").unlink()
    assert "there is no review to import into" in run(tmp_path, "import", "rob.csv").talk


def test_what_is_not_safe_to_edit_is_not_edited(tmp_path: Path) -> None:
    odd = HEAD.format(id="a") + (
        "studies:\n- {id: s, design: cohort, state: read, risk_of_bias: &r [{tool: jbi}]}\n"
        "- {id: not-assessed, design: cohort, state: read, risk_of_bias: *r}\n"
    )
    write(tmp_path, {"reviews/a.yaml": odd, "rob.csv": ROB})
    done = run(tmp_path, "import", "rob.csv", "--write")
    assert (done.code, done.raw) == (2, b"")
    assert (
        "reviews/a.yaml:7: `risk_of_bias` is written in a way that is not edited here; change it by hand" in done.talk
    )


def export(root: Path, *arguments: str) -> tuple[int, str, str]:
    done = run(root, "export", *arguments, *AS_OF)
    return done.code, done.out, done.talk


def test_a_table_goes_to_stdout_or_to_a_file(project: Path) -> None:
    code, text, _ = export(project, "tables", "--to", "robvis", "--tool", "rob2")
    assert code == 0
    assert text.splitlines()[:3] == [
        "Study,D1,D2,D3,D4,D5,Overall",
        "direito-2015: activity,Low,Low,Low,Low,Low,Low",
        "direito-2015: weight,Low,Low,High,Low,Low,Some concerns",
    ]
    assert export(project, "tables", "--to", "robvis", "--tool", "rob2", "-o", "sub/rob.csv")[0] == 0
    assert (project / "sub/rob.csv").read_text("utf-8") == text
    assert export(project, "tables", "--to", "prisma", "-o", "flow.csv") == (0, "", "wrote flow.csv\n")
    assert "2 figures" not in run(project, "import", "flow.csv").talk
    assert "14 figures, of which 1 to set in `tables`" in run(project, "import", "flow.csv").talk


def test_several_tables_go_to_a_folder_and_are_looked_at(project: Path) -> None:
    code, _, talk = export(project, "tables", "--to", "robvis")
    assert code == 2
    names = ", ".join(f"tables-{tool}.csv" for tool in ("rob2", "robins_i", "syrcle", "amstar2", "jbi"))
    assert f"several files ({names}) need a folder" in talk
    assert "or one --tool" in talk
    assert export(project, "tables", "--to", "robvis", "-o", "out/")[0] == 0
    assert export(project, "tables", "--to", "robvis", "-o", "out", "--check") == (0, "", "")
    (project / "out/tables-jbi.csv").unlink()
    (project / "out/tables-rob2.csv").write_text("Study\n")
    code, text, _ = export(project, "tables", "--to", "robvis", "-o", "out", "--check")
    assert (code, len(text.splitlines())) == (1, 2)
    assert "tables-jbi.csv: is not what the reviews say now" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--to", "robvis"), "`good` has no assessment of the risk of bias"),
        (("--to", "robvis", "--tool", "jbi"), "`good` has no assessment of the risk of bias with jbi"),
        (("--to", "prisma"), "`good` has no `flow`"),
        (("--to", "typst", "--tool", "jbi"), "--tool is for --to robvis"),
        (("--to", "prisma", "--check"), "--check needs -o"),
    ],
)
def test_what_is_not_there_is_not_exported(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    code, text, talk = export(tmp_path, "good", *arguments)
    assert (code, text) == (2, "")
    assert words in talk


def test_where_nothing_can_be_written_it_is_said(project: Path) -> None:
    (project / "taken").write_text("a file")
    code, _, talk = export(project, "tables", "--to", "prisma", "-o", "taken/flow.csv")
    assert code == 2
    assert "cannot" in talk
