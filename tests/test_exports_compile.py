"""The chapters of the shipped reviews, compiled with real typesetters."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from functools import cache
from pathlib import Path

import pypandoc
import pytest
import typst

from ketreview import pipeline
from ketreview.changes.drafts import stamped
from ketreview.config import Settings
from ketreview.document import Document
from ketreview.files import Files
from ketreview.linking import Corpus
from ketreview.render.documents.latex import render as to_latex
from ketreview.render.documents.markdown import render as to_markdown
from ketreview.render.documents.typst import render as to_typst
from ketreview.reports import chapter
from tests.typesetters import latex, needs_latex

ROOT = Path(__file__).parents[1]
REVIEWS = sorted(path.stem for path in (ROOT / "reviews").glob("*.yaml"))

pytestmark = [pytest.mark.compiles, pytest.mark.parametrize("review", REVIEWS)]


@cache
def corpus() -> Corpus:
    return pipeline.read(Files(ROOT), Settings(), date(2026, 11, 21)).corpus


def draft(name: str, folder: str = "") -> Document:
    review = corpus().review(name)
    assert review is not None
    return chapter.document(corpus(), review, folder)


def store() -> str:
    return (ROOT / "references.bib").read_text(encoding="utf-8")


def test_typst(review: str) -> None:
    files = {
        "chapters/main.typ": stamped(to_typst(draft(review, "chapters"))).encode(),
        "references.bib": store().encode(),
    }
    main = {"main.typ": b'#include "chapters/main.typ"'}
    pdf, warnings = typst.compile_with_warnings({**main, **files})  # type: ignore[call-overload]
    assert warnings == []
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize("target", ["html", "docx"])
def test_pandoc(review: str, target: str, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(stamped(to_markdown(draft(review))), encoding="utf-8")
    (tmp_path / "references.bib").write_text(store(), encoding="utf-8")
    command = [
        pypandoc.get_pandoc_path(),
        "draft.md",
        "--citeproc",
        "--standalone",
        "--fail-if-warnings",
        "-o",
        f"draft.{target}",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    if target == "html":
        assert 'data-cites=""' not in (tmp_path / "draft.html").read_text(encoding="utf-8")


@needs_latex
def test_latex(review: str, tmp_path: Path) -> None:
    latex(tmp_path, stamped(to_latex(draft(review))), store())
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "draft.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert "[?]" not in done.stdout
        assert "[U+" not in done.stdout
