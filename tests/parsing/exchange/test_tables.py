"""Tables of assessments and of a flow, as other programs write them, and as anybody may break them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.prisma_boxes import BOXES
from ketreview.appraisal.risk_of_bias_tools import TOOLS
from ketreview.model.flow import PARTS, Flow
from ketreview.model.vocabulary import RiskOfBiasTool
from ketreview.parsing.exchange.csv_rows import read_rows
from ketreview.parsing.exchange.prisma_flow import ReadFlow, is_flow, read_flow
from ketreview.parsing.exchange.robvis import Assessed, Table, read_table

ROB2, ROBINS, AMSTAR = RiskOfBiasTool.ROB2, RiskOfBiasTool.ROBINS_I, RiskOfBiasTool.AMSTAR2
SYRCLE, JBI = RiskOfBiasTool.SYRCLE, RiskOfBiasTool.JBI


def table(text: str, tool: RiskOfBiasTool | None = None) -> Table:
    rows = read_rows("a.csv", text.encode())
    assert rows.problem == ""
    return read_table(rows, tool)


DATA_ROB2 = """\
Study,D1,D2,D3,D4,D5,Overall
Study 1,Low,Low,Low,Low,Low,Low
Study 2,Some concerns,Low,Low,Low,Low,Some concerns
Study 3,No information,Low,Some concerns,Low,Low,Some concerns
"""
"""The first rows of robvis's data_raw/data_rob2.csv."""
DATA_ROBINS = """\
Study,D1,D2,D3,D4,D5,D6,D7,Overall,Weight
Study 1,Critical,Low,Critical,Critical,Low,Low,Serious,Critical,33.33333333
Study 2,Moderate,Low,Low,Critical,Low,Moderate,Low,Low,33.33333333
"""
"""The first rows of robvis's data_raw/data_robins.csv."""


def test_robvis_rob2_has_a_word_that_the_tool_does_not_have() -> None:
    read = table(DATA_ROB2)
    assert read.tool is ROB2
    assert read.rows[0] == Assessed(2, "Study 1", dict.fromkeys(TOOLS[ROB2].domains, "low"), "low")
    assert read.rows[1].domains["randomisation"] == "some concerns"
    assert "randomisation" not in read.rows[2].domains
    assert read.left == ((4, "`No information` in `D1` is no word of RoB 2"),)


def test_robvis_robins_i_has_a_weight() -> None:
    read = table(DATA_ROBINS)
    assert read.tool is ROBINS
    assert (read.rows[0].domains["reporting"], read.rows[0].overall) == ("serious", "critical")
    assert read.left == ((1, "the column `Weight` is no domain of ROBINS-I"),)


@pytest.mark.parametrize(
    ("header", "words", "tool"),
    [
        ("Trial,D1,D2,D3,D4,D5,Overall Risk", "L,S,L,L,S,Some Concerns", ROB2),
        (
            "Author;Randomisation process;Deviations;missing data;Measurement;Reporting",
            "Low;High risk;low;low;low",
            ROB2,
        ),
        ("Study\tD1\tD2\tD3\tD4\tD5\tD6\tD7", "Low\tLow\tNI\tLow\tLow\tLow\tModerate", ROBINS),
        ("Study," + ",".join(f"Q{number}" for number in range(1, 17)), ",".join(["Y", "PY"] * 8), AMSTAR),
        ("Study," + ",".join(TOOLS[SYRCLE].domains), ",".join(["Low", "Unclear"] * 5), SYRCLE),
        ("Study," + ",".join(TOOLS[JBI].domains), ",".join(["yes", "N/A"] * 5), JBI),
        ("Study,D1,D2,D3,D4,D5,D6,D7,Overall", "Low,Some concerns,Low,Low,Low,Low,Low,Very high", None),
        ("Study,D1,D1b,D2,D3,D4,D5,Overall", "Low,Not applicable,Low,Low,Low,Low,Low", None),
        ("Study," + ",".join(f"D{number}" for number in range(1, 11)), ",".join(["Low"] * 10), None),
        ("Study,Random.sequence.generation,Allocation.concealment,Overall", "Low,Unclear,Unclear", None),
        ("Study", "", None),
    ],
)
def test_the_tool_is_told_by_columns_and_words(header: str, words: str, tool: RiskOfBiasTool | None) -> None:
    apart = next((sign for sign in ";\t" if sign in header), ",")
    assert table(f"{header}\nA 2020{apart}{words}\n").tool is tool


def test_a_tool_that_is_named_reads_the_words_of_generic() -> None:
    header = "Study," + ",".join(f"D{number}" for number in range(1, 11))
    read = table(f"{header},Overall\nA,Low,High,Unclear,Low risk of bias,,NA,yes,n,x,?,4/10\n", SYRCLE)
    assert list(read.rows[0].domains.values()) == ["yes", "no", "unclear", "yes", "yes", "no"]
    assert read.rows[0].overall == "4/10"
    assert read.left == ((2, "`?` in `D10` is no word of SYRCLE"),)
    items = ",".join(f"q{number}" for number in range(1, 17))
    read = table(f"S,{items}\nA,{','.join(['Some concerns', 'Not applicable'] * 8)}\n", AMSTAR)
    assert read.rows[0].domains == {f"q{n}": "partial yes" for n in range(1, 17, 2)} | {"q12": "no meta-analysis"}
    assert len(read.left) == 7


def test_what_is_left_out_is_said() -> None:
    read = table("Study,D1,Comment,Overall,randomisation\nA,Low,fine,Low,Low\n,Low,,,\nB,,,,\n\n", ROB2)
    assert [row.study for row in read.rows] == ["A"]
    assert read.left == (
        (1, "the column `Comment` is no domain of RoB 2"),
        (1, "the column `randomisation` is `randomisation`, which another column is already"),
        (3, "a row without a study"),
        (4, "`B` is not judged"),
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the file is empty"),
        (b"\n , \n", "the file is empty"),
        (b"\xff\xfe", "byte 0 (0xff) is not UTF-8"),
        (b"Study,D1,D1\nA,Low,High\n", "the column `D1` is there twice"),
        (b"Study,D1\n" + b'A,"' + b"x" * 200_000 + b'"\n', "line 2: field larger than field limit (131072)"),
        (b"a,b\n" * 300_000, "the file is larger than a table of studies can be"),
        (b"Study\n<<<<<<< ours\n", "git conflict marker of `ours`"),
    ],
)
def test_what_is_no_table_is_said(data: bytes, problem: str) -> None:
    assert read_rows("a.csv", data) == ((), (), problem)


def test_a_table_for_a_spreadsheet_is_read_as_it_was_meant() -> None:
    rows = read_rows("a.csv", "\ufeffStudy,D1\r\n\"'=A, B\",Low\r\n'plain,Low,more\r\nC\r\n".encode())
    assert [row.cells for row in rows.rows] == [
        {"Study": "=A, B", "D1": "Low"},
        {"Study": "'plain", "D1": "Low"},
        {"Study": "C"},
    ]
    assert [row.line for row in rows.rows] == [2, 3, 4]


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(data: bytes) -> None:
    rows = read_rows("a.csv", data)
    read_table(rows)
    for tool in RiskOfBiasTool:
        if rows.header:
            read_table(rows, tool)
    read_flow(rows)


FLOW_HEAD = "data,node,box,description,boxtext,tooltips,url,n\n"


def flow(**figures: str) -> ReadFlow:
    lines = [f'{name},node,box,a,b,c,d,"{value}"' for name, value in figures.items()]
    rows = read_rows("a.csv", (FLOW_HEAD + "\n".join(lines) + "\n").encode())
    assert is_flow(rows)
    return read_flow(rows)


def test_the_template_as_it_comes_says_nothing_but_noughts() -> None:
    empty = {box.field: "Reason1, xxx; Reason2, xxx; Reason3, xxx" if box.field in PARTS else "0" for box in BOXES}
    read = flow(NA="0", identification="0", **empty)
    assert set(read.figures.values()) == {0}
    assert "previous_studies" not in read.figures
    assert "website_results" not in read.figures
    assert "total_reports_ma" not in read.figures
    assert "records_screened" in read.figures
    assert read.left == ()


def test_figures_are_read_as_the_package_reads_them() -> None:
    read = flow(
        database_results="12,384",
        database_specific_results="Scopus, 200; PubMed, in process, 1,184",
        register_results="NA",
        duplicates="xxx",
        dbr_excluded="wrong design, no control, 5; another, 7;",
        other_excluded="88",
        new_studies="3",
        new_reports="0",
        citations_results="2",
        website_results="0",
    )
    assert read.figures == {
        "database_results": 12384,
        "database_specific_results": (("Scopus", 200), ("PubMed, in process", 1184)),
        "dbr_excluded": (("wrong design, no control", 5), ("another", 7)),
        "other_excluded": (("not stated", 88),),
        "new_studies": 3,
        "citations_results": 2,
        "website_results": 0,
    }
    assert read.left == ()


NO_FIGURES = b"""\
data,n
duplicates,many
duplicates,3
duplicates,4
dbr_excluded,"a, 3; b"
new_studies,-1
other_excluded,"a, 1234567890123"
"""


def test_what_is_no_figure_is_left() -> None:
    rows = read_rows("a.csv", NO_FIGURES)
    assert read_flow(rows) == (
        {"duplicates": 3},
        (
            (2, "`duplicates` is `many`, no count"),
            (4, "`duplicates` is there twice"),
            (5, "`dbr_excluded` is `a, 3; b`, no list of `name, count; …`"),
            (6, "`new_studies` is `-1`, no count"),
            (7, "`other_excluded` is `a, 1234567890123`, no list of `name, count; …`"),
        ),
    )


def test_the_boxes_are_the_figures_of_a_flow() -> None:
    figures = [
        name for name in Flow.__dataclass_fields__ if name not in {"where", "from_", "as_stated", "added", "note"}
    ]
    assert sorted(box.field for box in BOXES) == sorted(figures)
