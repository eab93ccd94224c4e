"""Reports as parts of a book: what `--format typst` and `latex` give compiles where it is included."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from tests.projects import AS_OF, run
from tests.typesetters import latex, needs_latex

ROOT = Path(__file__).parents[2]
REPORTS = (
    ("status",),
    ("pending",),
    ("trials",),
    ("conflicts",),
    ("certainty",),
    ("certainty", "--sof"),
    ("refs", "list"),
    ("refs", "duplicates"),
    ("show", "depression"),
)
BOOK = r"""
\documentclass{book}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{textcomp,amssymb,array,longtable,hyperref}
\begin{document}
\chapter{Tables}
%s
\end{document}
"""

pytestmark = [pytest.mark.compiles, pytest.mark.parametrize("report", REPORTS, ids=" ".join)]


def written(report: tuple[str, ...], format_: str, as_of: tuple[str, ...] = AS_OF) -> str:
    done = run(ROOT, *report, *as_of, "--format", format_, "--no-cache")
    assert done.code == 0, done.talk
    return done.out


def test_typst(report: tuple[str, ...]) -> None:
    book = b'#set page(width: 15cm)\n= Tables\n#include "table.typ"\n= More\n'
    files = {"main.typ": book, "table.typ": written(report, "typst").encode()}
    pdf, warnings = typst.compile_with_warnings(files)  # type: ignore[call-overload]
    assert warnings == []
    assert pdf.startswith(b"%PDF")


@needs_latex
def test_latex(report: tuple[str, ...], tmp_path: Path) -> None:
    latex(tmp_path, BOOK % written(report, "latex"), "")


@pytest.mark.parametrize("format_", ["typst", "latex", "markdown"])
def test_it_changes_only_with_the_reviews(report: tuple[str, ...], format_: str) -> None:
    """The day is named only in the heading and the ages of `status`, which says so; `--as-of` fixes it."""
    first, later = (written(report, format_, ("--as-of", day)) for day in ("2026-11-21", "2026-11-22"))
    assert (first == later) == (report != ("status",))
