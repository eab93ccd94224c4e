"""Findings for a person, as golden files."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from rich.console import Console

from ketreview.diagnostics import Code, Diagnostic, Fix, Related, Severity, Summary, fault
from ketreview.edits import Edit
from ketreview.render.diagnostics import text
from ketreview.source import Source, Span, whole_file

ERROR = Code("KR201", "unresolved-citation", Severity.ERROR, "")
WARNING = Code("KR205", "reference-without-key", Severity.WARNING, "")
INFO = Code("KR702", "unlisted-file", Severity.INFO, "")
SOURCE = Source(
    "reviews/a.yaml", "id: a\n  cites: [日本2020, \tb]\n" + "x" * 300 + " [bold]target[/bold] " + "y" * 300 + "\nlast"
)


def at(piece: str) -> Span:
    start = SOURCE.text.index(piece)
    return Span(SOURCE, start, start + len(piece))


FINDINGS = (
    fault(ERROR, at("日本2020"), "`日本2020` is in no store\nfile"),
    fault(WARNING, at("target"), "a long line [red]x[/red]", related=(Related(at("id"), "first\x1b[31m here"),)),
    fault(INFO, Span(SOURCE, 3, 20), "over lines", fix=Fix("Rename it", safe=True, edits=(Edit(at("id"), "x"),))),
    fault(
        INFO, Span(SOURCE, len(SOURCE.text), len(SOURCE.text)), "at the end", fix=Fix("Drop it", safe=False, edits=())
    ),
    fault(ERROR, whole_file("references.bib"), "cannot be read"),
)


def shown(findings: Sequence[Diagnostic], width: int, *, concise: bool = False, fold: bool = False) -> str:
    out = io.StringIO()
    text.show(
        findings, Console(file=out, width=width, highlight=False, markup=False, emoji=False), concise=concise, fold=fold
    )
    return out.getvalue()


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
    text.show_summary(summary, Console(file=out, width=200, highlight=False, markup=False))
    assert out.getvalue() == line


def test_a_golden_file_is_where_it_should_be() -> None:
    assert (Path(__file__).parent.parent / "golden" / "findings-80.txt").is_file()
