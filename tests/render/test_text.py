"""Findings for a person, as golden files."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from ketreview.diagnostics import RULES_PAGE, Code, Diagnostic, Fix, Related, Severity, Summary, fault
from ketreview.edits import Edit
from ketreview.render.diagnostics import statistics, text
from ketreview.source import Source, Span, whole_file
from tests.render.findings import shown

ERROR = Code("KR201", "unresolved-citation", Severity.ERROR, "")
WARNING = Code("KR205", "reference-without-key", Severity.WARNING, "")
INFO = Code("KR702", "unlisted-file", Severity.INFO, "")
SOURCE = Source(
    "reviews/a.yaml", "id: a\n  cites: [日本2020, \tb]\n" + "x" * 300 + " [bold]target[/bold] " + "y" * 300 + "\nlast"
)
ENTRY = Source(
    "references.bib",
    "@misc{a,\n  title = {One\n    two\n    three},\n  doi = {https://doi.org/10.1/x},\n  year = 2020,\n"
    "  year = 2020,\n  note = {1\n    2\n\n    4\n    5\n    6},\n}\n" + "\n" * 100_000 + "@misc{b}\n",
)


def at(piece: str, source: Source = SOURCE) -> Span:
    start = source.text.index(piece)
    return Span(source, start, start + len(piece))


def entry(piece: str) -> Span:
    return at(piece, ENTRY)


def fix(title: str, *edits: tuple[Span, str], safe: bool = True) -> Fix:
    return Fix(title, safe, tuple(Edit(span, text) for span, text in edits))


SECOND_YEAR = Span(ENTRY, ENTRY.text.rindex("  year"), ENTRY.text.rindex("  note"))
FINDINGS = (
    fault(ERROR, at("日本2020"), "`日本2020` is in no store\nfile"),
    fault(WARNING, at("target"), "a long line [red]x[/red]", related=(Related(at("id"), "first\x1b[31m here"),)),
    fault(INFO, Span(SOURCE, 3, 20), "over lines", fix=fix("Rename it", (at("id"), "x"))),
    fault(INFO, Span(SOURCE, len(SOURCE.text), len(SOURCE.text)), "at the end", fix=fix("Drop it", safe=False)),
    fault(ERROR, whole_file("references.bib"), "cannot be read"),
    fault(WARNING, entry("{One\n    two\n    three}"), "over three lines"),
    fault(WARNING, entry("{1\n    2\n\n    4\n    5\n    6}"), "over six lines"),
    fault(
        WARNING, entry("  year = 2020,\n"), "with its line break", related=(Related(entry("year"), "the same line"),)
    ),
    fault(
        ERROR, entry("b}"), "far down", related=(Related(entry("a,"), "`a,` is named"), Related(entry("year"), "seen"))
    ),
    fault(
        INFO,
        entry("a,"),
        "often",
        related=tuple(Related(entry(piece), "here") for piece in ("a,", "One", "year", "no")),
    ),
    fault(WARNING, entry("https://doi.org/"), "one line", fix=fix("Write it alone", (entry("https://doi.org/"), ""))),
    fault(WARNING, SECOND_YEAR, "a line goes", fix=fix("Remove the second", (SECOND_YEAR, ""))),
    fault(WARNING, entry("two"), "a line comes", fix=fix("Add", (entry("two"), "two\n    and a half"))),
    fault(WARNING, entry("One"), "two places", fix=fix("Both", (entry("One"), "1"), (entry("three"), "3"))),
    fault(WARNING, entry("One"), "far apart", fix=fix("Both", (entry("One"), "1"), (entry("b}"), "c}"))),
    fault(WARNING, at("target"), "in a long line", fix=fix("Aim", (at("target"), "goal"), safe=False)),
    fault(WARNING, entry("One"), "two files", fix=fix("Both", (entry("One"), "1"), (at("id"), "x"))),
)


@pytest.mark.parametrize("width", [80, 200])
def test_full(width: int, golden: Callable[[str, str], None]) -> None:
    golden(f"findings-{width}.txt", shown(FINDINGS, width))


def test_concise(golden: Callable[[str, str], None]) -> None:
    golden("findings-concise.txt", shown(FINDINGS, 80, concise=True))


def test_the_mark_stands_under_the_fault() -> None:
    rows = shown(FINDINGS[:1], 80).splitlines()
    line, mark = rows[2], rows[3]
    assert mark.count("^") == 8, "two wide letters and four digits"
    assert line.index("日") == mark.index("^")


def test_more_than_twenty_of_one_code_are_folded() -> None:
    findings = [fault(WARNING, whole_file(f"{number}.yaml"), "m") for number in range(25)]
    out = shown([*findings, *FINDINGS[:1]], 80, fold=True)
    assert out.count("reference-without-key") == 20
    assert "and 5 more KR205" in out
    assert "KR201" in out
    assert shown(findings, 80).count("reference-without-key") == 25


@pytest.mark.parametrize(
    ("summary", "line"),
    [
        (Summary(0, 0, 0, 1, 2, 3, 0), "No findings in 1 review, 2 entries, 3 citations.\n"),
        (
            Summary(1, 2, 1, 1, 2, 3, 2),
            "1 error, 2 warnings, 1 info in 1 review, 2 entries, 3 citations (2 unresolved).\n",
        ),
    ],
)
def test_summary(summary: Summary, line: str) -> None:
    out = io.StringIO()
    statistics.show_summary(summary, Console(file=out, width=200, highlight=False, markup=False))
    assert out.getvalue() == line


def in_terminal(
    findings: Sequence[Diagnostic] = FINDINGS, width: int = 80, *, concise: bool = False, links: bool = False
) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=True, color_system="standard", highlight=False, markup=False,
        legacy_windows=False, _environ={},
    )  # fmt: skip
    text.show(findings, console, concise=concise, fold=False, links=links)
    return out.getvalue()


def uncoloured(shown: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", shown)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_colour_changes_no_text(width: int) -> None:
    plain = uncoloured(in_terminal(width=width))
    assert [row for row in plain.splitlines() if "│" in row] == [
        row for row in shown(FINDINGS, width).splitlines() if "│" in row
    ]
    assert all(cell_len(row) <= width for row in plain.splitlines())
    assert "\x1b[" in in_terminal(width=width)


def test_what_does_not_fit_stands_further_in() -> None:
    message = "a message that is longer than a line of this terminal"
    rows = uncoloured(in_terminal([fault(ERROR, entry("One"), message)], 30)).splitlines()
    assert rows[:4] == [
        "error KR201 a message that",
        "  is longer than a line of",
        "  this terminal",
        "  → references.bib:2:12",
    ]


@pytest.mark.parametrize("concise", [True, False])
def test_the_code_is_a_link_where_links_are_shown(concise: bool) -> None:
    linked = in_terminal(concise=concise, links=True)
    page = "https://github.com/ketreview/ketreview/blob/main/docs/rules.md#kr201-unresolved-citation"
    assert re.search(rf"\x1b\]8;id=\d+;{re.escape(page)}\x1b\\\x1b\[1;31mKR201\x1b\[0m\x1b\]8;;\x1b\\", linked)
    without = re.sub(r"\x1b\]8;[^\x1b]*\x1b\\", "", linked)
    assert uncoloured(without) == uncoloured(in_terminal(concise=concise))
    assert "\x1b]8" not in in_terminal(concise=concise)


def counted(findings: Sequence[Diagnostic]) -> list[list[str]]:
    out = io.StringIO()
    statistics.show_statistics(findings, Console(file=out, width=80))
    rows = out.getvalue().splitlines()
    return [row.split("  ") for row in (re.sub(r" {2,}", "  ", row.strip()) for row in rows) if "─" not in row]


def test_statistics_say_how_many_can_be_fixed() -> None:
    safe, unsafe = fix("Do it", (entry("One"), "")), fix("Do it", (entry("One"), ""), safe=False)
    findings = [
        *(fault(WARNING, entry("One"), "m", fix=made) for made in (safe, safe, unsafe, None)),
        *(fault(INFO, entry("One"), "m", fix=unsafe) for _ in range(2)),
        fault(ERROR, entry("One"), "m"),
    ]
    assert counted(findings) == [
        ["Findings", "Fixable", "Code", "Name"],
        ["4", "2 + 1 unsafe", "KR205", "reference-without-key"],
        ["2", "2 unsafe", "KR702", "unlisted-file"],
        ["1", "KR201", "unresolved-citation"],
    ]
    assert counted(findings[-1:])[0] == ["Findings", "Code", "Name"]


def test_statistics_of_nothing_are_no_table() -> None:
    assert counted([]) == []


def test_statistics_count_a_code_once_whatever_its_severities() -> None:
    findings = [fault(WARNING, entry("One"), "m"), replace(fault(WARNING, entry("One"), "m"), severity=Severity.INFO)]
    assert counted(findings)[1:] == [["2", "KR205", "reference-without-key"]]


def test_a_page_of_a_rule_is_in_the_documentation_that_the_package_names() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["urls"]["Documentation"].replace("/tree/", "/blob/") + "/rules.md" == RULES_PAGE
    assert f"\n## {'KR201 unresolved-citation'}\n" in (Path(__file__).parents[2] / "docs/rules.md").read_text("utf-8")


def test_a_golden_file_is_where_it_should_be() -> None:
    assert (Path(__file__).parent.parent / "golden" / "findings-80.txt").is_file()
